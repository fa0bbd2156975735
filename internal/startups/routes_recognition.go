package startups

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/web"
)

func listRecognitions(q asking) (any, error) {
	all, err := Recognised(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	list := make([]RecognitionView, 0, len(all))
	for _, r := range all {
		list = append(list, r.view())
	}
	return map[string]any{
		"rows": list, "next": "", "may_edit": mayEdit(q.app, q.by, q.id) == nil, "may_check": mayCheck(q.app, q.by, q.id) == nil,
	}, nil
}

func claimRecognition(q asking, f RecognitionFields) (any, error) {
	r, err := Claim(q.app, q.by, q.id, f, q.now)
	if err != nil {
		return nil, err
	}
	return done(r), nil
}

// listAllRecognitions answers staff with the recognitions of the startups they look after, those that run out first:
// ?q= &status= &type= &after= &limit= &format=csv.
func listAllRecognitions(e *core.RequestEvent) error {
	cohorts, err := overseen(e)
	if err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	rows, err := recognitionsOver(e.Request.Context(), e.App, cohorts, p, query.Get("status"), query.Get("type"))
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r recognitionRow) string { return web.Cursor(r.Order, r.ID) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]string, 0, len(rows))
	for _, r := range rows {
		table = append(table, []string{r.Name, r.Type, r.Title, r.Number, r.Issuer, r.IssuedOn, r.ExpiresOn, r.Status})
	}
	return web.CSV(e, "recognitions.csv", []string{"startup", "type", "title", "number", "issuer", "issued_on", "expires_on", "status"}, table)
}

func listFunding(q asking) (any, error) {
	standing, corrected, err := Raised(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	views := func(some []*Funding) []FundingView {
		list := make([]FundingView, 0, len(some))
		for _, f := range some {
			list = append(list, f.view())
		}
		return list
	}
	return map[string]any{"rows": views(standing), "corrected": views(corrected), "next": "", "may_edit": mayEdit(q.app, q.by, q.id) == nil}, nil
}

func writeFunding(q asking, said FundingFields) (any, error) {
	f, err := WriteFunding(q.app, q.by, q.id, said, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]string{"id": f.Id}, nil
}

func correctFunding(q asking, said FundingFields) (any, error) {
	f, err := CorrectFunding(q.app, q.by, q.id, said, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]string{"id": f.Id}, nil
}
