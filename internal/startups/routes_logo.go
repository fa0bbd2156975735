package startups

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// fieldLogo is the part of a form that holds the picture.
const fieldLogo = "logo"

// putLogo takes a new picture of a startup, as a form with the part "logo"; a form without it takes the old one away.
// Admins of the startup and staff. Errors: as Edit, and what PocketBase finds wrong with the file.
func putLogo(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	if err := mayEdit(e.App, by, id); err != nil {
		return err
	}
	sent, err := e.FindUploadedFiles(fieldLogo)
	if err != nil && e.Request.MultipartForm == nil {
		return fault.Field(fieldLogo, "request.unreadable")
	}
	s, err := record.Change(e.App, Startups, id, func(tx core.App, s *Startup) error {
		s.setLogo(sent)
		if err := tx.Save(s); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Startups.Collection, s.Id, "logo")
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": s.Id, "logo": s.Logo(), "rev": record.Rev(s)})
}

// guardLogos refuses the picture of a startup that is not listed to everybody who may not see the startup: whoever knew its
// address while it was public must not learn that it is still there. A browser sends a file token in ?token=.
func guardLogos(app core.App) {
	app.OnFileDownloadRequest(Startups.Collection).Bind(&hook.Handler[*core.FileDownloadRequestEvent]{
		Id: "startups.logos", Priority: -1, // before the file is opened
		Func: func(e *core.FileDownloadRequestEvent) error {
			if Startups.From(e.Record).Listed() {
				return e.Next()
			}
			by, now, err := access.Of(e.RequestEvent)
			if err != nil {
				return err
			}
			if user, err := e.App.FindAuthRecordByToken(e.Request.URL.Query().Get("token"), core.TokenTypeFile); err == nil {
				if by, err = access.At(e.App, user, now); err != nil {
					return err
				}
			}
			if maySee(e.App, by, e.Record.Id) != nil {
				return fault.NotFound("record.not_found")
			}
			return e.Next()
		},
	})
}
