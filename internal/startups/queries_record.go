package startups

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// documentBlobs are the names under which papers lie, of all that have bytes.
func documentBlobs(app core.App) (names []string, err error) {
	if err = app.DB().NewQuery("SELECT id || '/' || file FROM startup_documents WHERE removed_at = ''").Column(&names); err != nil {
		return nil, fmt.Errorf("list the papers of startups: %w", err)
	}
	return names, nil
}

// restOn says whether a paper is the deck of a deal, and whether a recognition, a milestone or a round of funding rests on it.
func restOn(app core.App, id string) (shown, rests bool, err error) {
	err = app.DB().NewQuery(`SELECT
		EXISTS (SELECT 1 FROM startup_deal WHERE deck = {:id}),
		EXISTS (SELECT 1 FROM recognitions WHERE document = {:id} AND status IN ('claimed', 'verified'))
			OR EXISTS (SELECT 1 FROM milestones WHERE document = {:id} AND status IN ('submitted', 'verified'))
			OR EXISTS (SELECT 1 FROM funding_rounds f WHERE f.document = {:id} AND NOT EXISTS (SELECT 1 FROM funding_rounds c WHERE c.corrects = f.id))`).
		Bind(dbx.Params{"id": id}).Row(&shown, &rests)
	if err != nil {
		return false, false, fmt.Errorf("look for what rests on paper %s: %w", id, err)
	}
	return shown, rests, nil
}

// sameNumber says whether a startup holds another recognition of the same type and number that was not revoked.
func sameNumber(app core.App, r *Recognition) (bool, error) {
	if r.Number() == "" {
		return false, nil
	}
	n, err := app.CountRecords(Recognitions.Collection,
		dbx.HashExp{"startup": r.StartupID(), "type": r.Type(), "number": r.Number()},
		dbx.NewExp("status != 'revoked' AND id != {:id}", dbx.Params{"id": r.Id}))
	return n > 0, err
}

// runOut are the recognitions that still stand although their last day has passed.
func runOut(app core.App, now time.Time) ([]*Recognition, error) {
	return Recognitions.Query(app.RecordQuery(Recognitions.Collection).
		AndWhere(dbx.HashExp{"status": []any{string(RecognitionClaimed), string(RecognitionVerified)}}).
		AndWhere(dbx.NewExp("expires_on != '' AND expires_on < {:today}", dbx.Params{"today": locale.Day(now)})).
		OrderBy("id"))
}

// offerRow is a deal in an investor's list.
type offerRow struct {
	ID        string `db:"id"             json:"id"`
	Slug      string `db:"slug"           json:"slug"`
	Name      string `db:"name"           json:"name"`
	LineVI    string `db:"one_liner_vi"   json:"one_liner_vi"`
	LineEN    string `db:"one_liner_en"   json:"one_liner_en"`
	Sector    string `db:"sector"         json:"sector"`
	Stage     string `db:"stage"          json:"stage"`
	Round     string `db:"round"          json:"round"`
	Target    int64  `db:"target_vnd"     json:"target_vnd"`
	MinTicket int64  `db:"min_ticket_vnd" json:"min_ticket_vnd"`
	Since     string `db:"opted_in_at"    json:"since"`
	SortKey   string `db:"sort_key"       json:"-"`
}

// offersTo lists the deals that one investor may read now, by the startups' Vietnamese names.
func offersTo(ctx context.Context, app core.App, investor string, p page, sector, round string) ([]offerRow, error) {
	q := app.DB().Select("s.id", "s.slug", "s.name", "s.one_liner_vi", "s.one_liner_en", "s.sector", "s.stage", "s.sort_key",
		"d.round", "d.target_vnd", "d.min_ticket_vnd", "d.opted_in_at").
		From("startup_deal d").InnerJoin("startups s", dbx.NewExp("s.id = d.startup AND s.status = 'active'")).
		Where(dbx.NewExp(`d.raising = 1 AND (d.audience = 'verified_investors'
			OR d.audience = 'selected' AND EXISTS (SELECT 1 FROM json_each(d.selected) x WHERE x.value = {:me}))`, dbx.Params{"me": investor})).
		OrderBy("s.sort_key", "s.id").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if sector != "" {
		q.AndWhere(dbx.HashExp{"s.sector": sector})
	}
	if round != "" {
		q.AndWhere(dbx.HashExp{"d.round": round})
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(s.sort_key, s.id) > ({:key}, {:id})", dbx.Params{"key": p.after[0], "id": p.after[1]}))
	}
	var rows []offerRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list deals: %w", err)
	}
	return rows, nil
}

// accountRow is an account with the startup it belongs to.
type accountRow struct {
	ID   string `db:"id"`
	Name string `db:"name"`
}

// accountsOver lists the living accounts of startups that were ever in some cohorts, nil being all, by the startups' names.
func accountsOver(ctx context.Context, app core.App, cohorts []string, search string) ([]accountRow, error) {
	q := app.DB().Select("b.id", "s.name").From("bank_accounts b").InnerJoin("startups s", dbx.NewExp("s.id = b.startup")).
		Where(dbx.HashExp{"b.removed_at": ""}).OrderBy("s.sort_key", "b.purpose", "b.id").Limit(500).WithContext(ctx)
	if cohorts != nil {
		q.AndWhere(dbx.NewExp("b.startup IN (SELECT n.startup FROM enrolments n WHERE n.cohort IN (SELECT value FROM json_each({:cohorts})))",
			dbx.Params{"cohorts": record.InJSON(cohorts)}))
	}
	if search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(search)))
	}
	var rows []accountRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	return rows, nil
}

// recognitionRow is a recognition in the staff's list.
type recognitionRow struct {
	ID        string `db:"id"         json:"id"`
	Startup   string `db:"startup"    json:"startup"`
	Name      string `db:"name"       json:"name"` // of the startup
	Type      string `db:"type"       json:"type"`
	Title     string `db:"title"      json:"title"`
	Number    string `db:"number"     json:"number"`
	Issuer    string `db:"issuer"     json:"issuer"`
	IssuedOn  string `db:"issued_on"  json:"issued_on"`
	ExpiresOn string `db:"expires_on" json:"expires_on"`
	Document  string `db:"document"   json:"document"`
	Status    string `db:"status"     json:"status"`
	Order     string `db:"place"      json:"-"`
}

// recognitionsOver lists the recognitions of startups that were ever in some cohorts, nil being all, those that run out first.
func recognitionsOver(ctx context.Context, app core.App, cohorts []string, p page, status, kind string) ([]recognitionRow, error) {
	const place = "coalesce(nullif(r.expires_on, ''), '9999-12-31')"
	q := app.DB().Select("r.id", "r.startup", "s.name", "r.type", "r.title", "r.number", "r.issuer", "r.issued_on", "r.expires_on",
		"r.document", "r.status", place+" AS place").
		From("recognitions r").InnerJoin("startups s", dbx.NewExp("s.id = r.startup")).
		OrderBy("place", "r.id").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if cohorts != nil {
		q.AndWhere(dbx.NewExp("r.startup IN (SELECT n.startup FROM enrolments n WHERE n.cohort IN (SELECT value FROM json_each({:cohorts})))",
			dbx.Params{"cohorts": record.InJSON(cohorts)}))
	}
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if status != "" {
		q.AndWhere(dbx.HashExp{"r.status": status})
	}
	if kind != "" {
		q.AndWhere(dbx.HashExp{"r.type": kind})
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("("+place+", r.id) > ({:place}, {:id})", dbx.Params{"place": p.after[0], "id": p.after[1]}))
	}
	var rows []recognitionRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list recognitions: %w", err)
	}
	return rows, nil
}
