package startups

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// alumniRoutes are those over what startups are asked after they graduated.
func alumniRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/startups/{id}/alumni":         giving(listAlumni),
		"POST /api/vuon/alumni/{id}/link":            giving(linkAlumni),
		"GET /api/vuon/alumni-links/{token}":         showAlumni,
		"POST /api/vuon/alumni-links/{token}/answer": answerAlumni,
	}
}

// AlumniView is what a startup is asked in a year, and what it answered, as its people and the centre read it.
type AlumniView struct {
	ID         string     `json:"id"`
	Year       int        `json:"year"`
	DueOn      string     `json:"due_on"`
	Status     string     `json:"status"`
	AnsweredAt *time.Time `json:"answered_at"`
	AlumniAnswers
}

func listAlumni(q asking) (any, error) {
	if err := maySee(q.app, q.by, q.id); err != nil {
		return nil, err
	}
	all, err := alumniReportsOf(q.app, q.id)
	rows := make([]AlumniView, 0, len(all))
	for _, a := range all {
		rows = append(rows, a.view())
	}
	m, errSeat := seat(q.app, q.by, q.id)
	return map[string]any{"rows": rows, "next": "", "may_link": errSeat == nil && (m == nil || m.Reports())}, err
}

func (a *AlumniReport) view() AlumniView {
	return AlumniView{
		ID: a.Id, Year: a.Year(), DueOn: a.DueOn(), Status: string(a.Status()), AnsweredAt: whenever(a.AnsweredAt()),
		AlumniAnswers: a.told(),
	}
}

// linkAlumni answers with the link once; nobody can read it again.
func linkAlumni(q asking) (map[string]string, error) {
	token, err := MakeAlumniLink(q.app, q.by, q.id, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]string{"path": AlumniLinkPath(token)}, nil
}

// showAlumni tells whoever holds the link whom it is about, and nothing that was answered in other years.
func showAlumni(e *core.RequestEvent) error {
	a, err := linkedAlumni(e)
	if err != nil {
		return err
	}
	s, err := Startups.Find(e.App, a.StartupID())
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"startup": s.Name(), "year": a.Year(), "due_on": a.DueOn(), "fates": alumniFates})
}

// linkedAlumni finds what the token in the path opens, for visitors, people of its startup, and who looks after it.
func linkedAlumni(e *core.RequestEvent) (*AlumniReport, error) {
	by, now, err := access.Of(e)
	if err != nil {
		return nil, err
	}
	a, err := OpenedAlumni(e.App, e.Request.PathValue("token"), now)
	if err != nil {
		return nil, err
	}
	return a, notAnothers(e.App, by, a.StartupID(), "alumni.link_others")
}

func answerAlumni(e *core.RequestEvent) error {
	if _, err := linkedAlumni(e); err != nil {
		return err
	}
	said, err := read[AlumniAnswers](e)
	if err != nil {
		return err
	}
	a, err := AnswerAlumni(e.App, e.Request.PathValue("token"), said, access.Now(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"status": a.Status()})
}
