package startups

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/web"
)

// overseen says which cohorts the actor looks after; nil is all. Errors: access.sign_in, access.needs_staff.
func overseen(e *core.RequestEvent) ([]string, error) {
	by, _, err := access.Of(e)
	if err != nil {
		return nil, err
	}
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	cohorts, err := cohortsOver(e.App, by, keepers...)
	if err == nil && cohorts != nil && len(cohorts) == 0 {
		return nil, fault.Forbidden("access.needs_staff")
	}
	return cohorts, err
}

// listStartups answers staff with the startups they look after: ?q= &sector= &status= &after= &limit= &format=csv.
func listStartups(e *core.RequestEvent) error {
	cohorts, err := overseen(e)
	if err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	var units []string
	if unit := query.Get("unit"); unit != "" {
		all, err := asked(e.App).Units(e.App)
		if err != nil {
			return err
		}
		units = append([]string{"-"}, lines(all, []string{unit})...) // never empty: that would be everybody
	}
	rows, err := startupsOver(e.Request.Context(), e.App, cohorts, p, query.Get("sector"), query.Get("status"), units)
	if err != nil {
		return err
	}
	page := PageOf(rows, p.Limit)
	if !p.CSV {
		return e.JSON(http.StatusOK, page)
	}
	table := make([][]any, 0, len(page.Rows))
	for _, r := range page.Rows {
		table = append(table, []any{
			r.Slug, r.Name, r.Sector, r.Stage, r.Status, r.Visibility, r.Headcount, r.Cohort, r.Enrolment, r.Period, r.Report,
			r.Alerts, strconv.FormatBool(r.Sample),
		})
	}
	return web.CSV(e, "startups.csv", []string{
		"slug", "name", "sector", "stage", "status", "visibility", "headcount", "cohort", "enrolment_status", "period_key", "report_status",
		"alerts", "sample",
	}, table)
}

func showStartup(q asking) (any, error) { return Read(q.app, q.by, q.id) }

func showHistory(q asking) (any, error) { return History(q.app, q.by, q.id) }

func editStartup(q asking, said Card) (any, error) {
	s, err := Edit(q.app, q.by, q.id, said, q.now)
	if err != nil {
		return nil, err
	}
	return done(s), nil
}

func editPrivate(q asking, said PrivateFields) (any, error) {
	p, err := EditPrivate(q.app, q.by, q.id, said, q.now)
	if err != nil {
		return nil, err
	}
	return p.view(), nil
}

func moveStartup(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	s, err := Move(e.App, by, id, e.Request.PathValue("verb"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": s.Id, "status": s.Status(), "rev": record.Rev(s)})
}

// listEnrolments answers staff with who is in which of their cohorts, who began last first: ?q= &cohort= &after= &limit=
// &format=csv or xlsx.
func listEnrolments(e *core.RequestEvent) error {
	cohorts, err := overseen(e)
	if err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	rows, err := enrolmentsIn(e.Request.Context(), e.App, cohorts, e.Request.URL.Query().Get("cohort"), p)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(n EnrolmentIn) string { return web.Cursor(n.JoinedOn, n.ID) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, 0, len(rows))
	for _, n := range rows {
		table = append(table, []any{n.Startup.Slug, n.Startup.Name, n.TitleVI, n.TitleEN, n.Status, web.Day(n.JoinedOn), web.Day(n.LeftOn)})
	}
	return web.CSV(e, "enrolments.csv", []string{"slug", "name", "cohort_vi", "cohort_en", "status", "joined_on", "left_on"}, table)
}

// addMember takes somebody with an account into a startup, by their address. Staff only: whether an address has an account is
// nothing a founder should be able to ask.
func addMember(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	if err := mayLookAfter(e.App, by, id); err != nil {
		return err
	}
	said, err := read[struct {
		Email string     `json:"email"`
		Role  MemberRole `json:"role"`
		Title string     `json:"title"`
		Admin bool       `json:"is_admin"`
	}](e)
	if err != nil {
		return err
	}
	user, err := asked(e.App).PersonAt(e.App, said.Email)
	switch {
	case err != nil:
		return err
	case user == "":
		return fault.Field("email", "member.unknown_person")
	}
	m, err := Join(e.App, by, id, Newcomer{User: user, Role: said.Role, Title: said.Title, Admin: said.Admin}, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": m.Id})
}

func moveMember(do func(core.App, access.Actor, string, time.Time) error) func(*core.RequestEvent) error {
	return giving(func(q asking) (any, error) { return map[string]string{"id": q.id}, do(q.app, q.by, q.id, q.now) })
}

func alterMember(q asking, p Part) (any, error) {
	m, err := Alter(q.app, q.by, q.id, p, q.now)
	if err != nil {
		return nil, err
	}
	return done(m), nil
}

func leaveTeam(q asking, said struct {
	LeftOn string `json:"left_on"`
},
) (any, error) {
	return map[string]string{"id": q.id}, Leave(q.app, q.by, q.id, said.LeftOn, q.now)
}
