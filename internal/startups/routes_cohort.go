package startups

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/web"
)

// cohortRoutes are those over what a cohort does together: of staff for the whole of it, and of a startup for its own part.
func cohortRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/cohorts/{id}/summary":        giving(showCohort),
		"GET /api/vuon/cohorts/{id}/workshops":      listWorkshops,
		"POST /api/vuon/cohorts/{id}/workshops":     taking(writing(PlanWorkshop)),
		"GET /api/vuon/workshops/{id}":              giving(showWorkshop),
		"PATCH /api/vuon/workshops/{id}":            taking(writing(ChangeWorkshop)),
		"POST /api/vuon/workshops/{id}/cancel":      taking(moving(CancelWorkshop)),
		"POST /api/vuon/workshops/{id}/hold":        taking(moving(HoldWorkshop)),
		"POST /api/vuon/workshops/{id}/reopen":      taking(moving(ReopenWorkshop)),
		"GET /api/vuon/workshops/{id}/attendances":  listSeats,
		"POST /api/vuon/workshops/{id}/mark":        taking(markSeat),
		"POST /api/vuon/workshops/{id}/answer":      taking(answerWorkshop),
		"GET /api/vuon/startups/{id}/workshops":     listOwnWorkshops,
		"GET /api/vuon/cohorts/{id}/announcements":  listAnnouncements,
		"POST /api/vuon/cohorts/{id}/announcements": taking(writing(DraftAnnouncement)),
		"PATCH /api/vuon/announcements/{id}":        taking(writing(RewriteAnnouncement)),
		"POST /api/vuon/announcements/{id}/send":    taking(moving(SendAnnouncement)),
		"POST /api/vuon/announcements/{id}/drop":    taking(moving(DropAnnouncement)),
		"POST /api/vuon/announcements/{id}/read":    giving(readAnnouncement),
		"GET /api/vuon/announcements/{id}/readers":  listReaders,
		"GET /api/vuon/startups/{id}/announcements": listOwnAnnouncements,
	}
}

func showCohort(q asking) (CohortSummary, error) {
	if err := mayLead(q.app, q.by, q.id); err != nil {
		return CohortSummary{}, err
	}
	s, err := summaryOf(q.app, q.id, q.now)
	if err != nil {
		return s, err
	}
	title, err := cohortTitle(q.app, q.id)
	s.ID, s.TitleVI, s.TitleEN = q.id, title.VI, title.EN
	return s, err
}

// tended is who asks for a list of a cohort they look after, and which part of it.
func tended(e *core.RequestEvent, places int) (id string, p page, err error) {
	by, id, _, err := actor(e)
	if err != nil {
		return "", p, err
	}
	if err := mayLead(e.App, by, id); err != nil {
		return "", p, err
	}
	p, err = paged(e, places)
	return id, p, err
}

func listWorkshops(e *core.RequestEvent) error {
	id, p, err := tended(e, 2)
	if err != nil {
		return err
	}
	rows, err := workshopsIn(e.Request.Context(), e.App, id, e.Request.URL.Query().Get("status"), p)
	if err != nil {
		return err
	}
	if !p.CSV {
		return answerWorkshops(e, rows, p)
	}
	table := make([][]string, 0, len(rows))
	for _, r := range rows {
		table = append(table, []string{
			r.TitleVI, r.StartsAt, itoa(r.Minutes), r.Place, r.Link, itoa(r.Capacity), r.Status, itoa(r.Coming), itoa(r.Present), itoa(r.Marked), itoa(r.Startups), itoa(r.Came),
		})
	}
	return web.CSV(e, "workshops.csv",
		[]string{"title", "starts_at", "minutes", "place", "link", "capacity", "status", "coming", "present", "marked", "startups", "came"}, table)
}

func answerWorkshops(e *core.RequestEvent, rows []workshopRow, p page) error {
	rows, next := web.Cut(rows, p.Limit, func(r workshopRow) string { return web.Cursor(r.Order, r.ID) })
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}

// workshopFor finds a workshop for staff over its cohort.
func workshopFor(app core.App, by access.Actor, id string) (*Workshop, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	w, err := Workshops.Find(app, id)
	if err != nil {
		return nil, err
	}
	return w, mayLead(app, by, w.CohortID())
}

func showWorkshop(q asking) (any, error) {
	w, err := workshopFor(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	title, err := cohortTitle(q.app, w.CohortID())
	if err != nil {
		return nil, err
	}
	answer := done(w)
	for name, value := range map[string]any{
		"cohort": w.CohortID(), "cohort_vi": title.VI, "cohort_en": title.EN, "title_vi": w.TitleVI(), "title_en": w.TitleEN(), "starts_at": w.StartsAt(),
		"ends_at": w.EndsAt(), "place": w.Place(), "link": w.Link(), "capacity": w.Capacity(), "status": w.Status(), "reason": w.Reason(),
		"open": w.Status() == WorkshopSet && !q.now.Before(w.StartsAt().Add(-doorsOpen)), "begun": !q.now.Before(w.StartsAt()),
	} {
		answer[name] = value
	}
	return answer, nil
}

// listSeats answers staff with the startups that are asked to a workshop: ?q= &mark= &after= &limit= &format=csv.
func listSeats(e *core.RequestEvent) error {
	by, id, _, err := actor(e)
	if err != nil {
		return err
	}
	w, err := workshopFor(e.App, by, id)
	if err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	rows, err := seatsAt(e.Request.Context(), e.App, w, e.Request.URL.Query().Get("mark"), p)
	if err != nil {
		return err
	}
	if !p.CSV {
		rows, next := web.Cut(rows, p.Limit, func(r seatRow) string { return web.Cursor(r.SortKey, r.ID) })
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]string, 0, len(rows))
	for _, r := range rows {
		table = append(table, []string{r.Name, r.Status, strconv.FormatBool(r.Answered), itoa(r.Coming), r.Mark, itoa(r.Came)})
	}
	return web.CSV(e, "attendance.csv", []string{"startup", "enrolment", "answered", "coming", "mark", "came"}, table)
}

func markSeat(q asking, said Marking) (any, error) {
	a, err := MarkAttendance(q.app, q.by, q.id, said, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"startup": a.StartupID(), "mark": a.Mark(), "came": a.Came()}, nil
}

func answerWorkshop(q asking, said struct {
	Startup string `json:"startup"`
	Coming  *int   `json:"coming"`
},
) (any, error) {
	if said.Coming == nil {
		return nil, fault.Field("coming", "attendance.many")
	}
	a, err := AnswerWorkshop(q.app, q.by, q.id, said.Startup, *said.Coming, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"startup": a.StartupID(), "coming": a.Coming()}, nil
}

// ownPart is who asks for what the cohorts of a startup do, and which part of it: its people and who looks after it.
func ownPart(e *core.RequestEvent) (by access.Actor, id string, p page, err error) {
	by, id, _, err = actor(e)
	if err != nil {
		return by, id, p, err
	}
	if err := access.MaySignedIn(by); err != nil {
		return by, id, p, err
	}
	if err := maySee(e.App, by, id); err != nil {
		return by, id, p, err
	}
	p, err = paged(e, 2)
	return by, id, p, err
}

func listOwnWorkshops(e *core.RequestEvent) error {
	_, id, p, err := ownPart(e)
	if err != nil {
		return err
	}
	rows, err := workshopsOf(e.Request.Context(), e.App, id, p)
	if err != nil {
		return err
	}
	return answerWorkshops(e, rows, p)
}
