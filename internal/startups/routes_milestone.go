package startups

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
	"vuon/internal/web"
)

// milestoneRoutes are those over what startups set out to reach.
func milestoneRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/milestones":                listAllMilestones,
		"GET /api/vuon/startups/{id}/milestones":  giving(listMilestones),
		"POST /api/vuon/startups/{id}/milestones": taking(writing(PlanMilestone)),
		"PATCH /api/vuon/milestones/{id}":         taking(writing(EditMilestone)),
		"POST /api/vuon/milestones/{id}/begin":    giving(beginMilestone),
		"POST /api/vuon/milestones/{id}/submit":   taking(writing(SubmitMilestone)),
		"POST /api/vuon/milestones/{id}/return":   taking(moving(ReturnMilestone)),
		"POST /api/vuon/milestones/{id}/verify":   taking(moving(VerifyMilestone)),
		"POST /api/vuon/milestones/{id}/drop":     taking(moving(DropMilestone)),
		"POST /api/vuon/milestones/{id}/reopen":   taking(reopenMilestone),
	}
}

// MilestoneView is a milestone as its people and the centre read it.
type MilestoneView struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	DueOn       string     `json:"due_on"`
	Weight      int        `json:"weight"`
	Owner       Somebody   `json:"owner"`
	Document    string     `json:"document"`
	Paper       string     `json:"paper"` // the name of the document
	Link        string     `json:"link"`
	Note        string     `json:"note"`
	SubmittedAt *time.Time `json:"submitted_at"`
	DecidedAt   *time.Time `json:"decided_at"`
	Reason      string     `json:"reason"`
	Status      string     `json:"status"`
	DaysLate    int        `json:"days_late"`
	Rev         int        `json:"rev"`
}

func listMilestones(q asking) (any, error) {
	if err := maySee(q.app, q.by, q.id); err != nil {
		return nil, err
	}
	all, err := milestonesOf(q.app, q.id)
	if err != nil {
		return nil, err
	}
	rows, reached, whole := make([]MilestoneView, 0, len(all)), 0, 0
	for _, m := range all {
		v, err := m.view(q.app, q.now)
		if err != nil {
			return nil, err
		}
		if m.Status() == MilestoneVerified {
			reached += m.Weight()
		}
		if m.Status() != MilestoneDropped {
			whole += m.Weight()
		}
		rows = append(rows, v)
	}
	return map[string]any{
		"rows": rows, "next": "", "reached": reached, "whole": whole,
		"may_plan": mayTend(q.app, q.by, q.id) == nil, "may_check": mayVerify(q.app, q.by, q.id) == nil, "may_move": mayLookAfter(q.app, q.by, q.id) == nil,
	}, nil
}

func beginMilestone(q asking) (any, error) {
	return moved(BeginMilestone(q.app, q.by, q.id, q.now))
}

func reopenMilestone(q asking, said struct {
	DueOn  string `json:"due_on"`
	Reason string `json:"reason"`
},
) (any, error) {
	return moved(ReopenMilestone(q.app, q.by, q.id, said.DueOn, said.Reason, q.now))
}

// listAllMilestones answers staff with the milestones of the startups they look after, the soonest due first:
// ?q= &cohort= &status= (late: what is overdue) &after= &limit= &format=csv or xlsx.
func listAllMilestones(e *core.RequestEvent) error {
	cohorts, err := overseen(e)
	if err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	rows, err := milestonesOver(e.Request.Context(), e.App, cohorts, query.Get("cohort"), p, query.Get("status"), access.Now(e))
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r milestoneRow) string { return web.Cursor(r.DueOn, r.ID) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]string, 0, len(rows))
	for _, r := range rows {
		table = append(table, []string{r.Name, r.Title, r.DueOn, strconv.Itoa(r.Weight), r.OwnerName, r.SubmittedAt, r.Status, strconv.FormatBool(r.Late)})
	}
	return web.CSV(e, "milestones.csv", []string{"startup", "title", "due_on", "weight", "owner", "submitted_at", "status", "late"}, table)
}

// whenever is an instant, or nil where there is none.
func whenever(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// view is a milestone as it is read at now.
func (m *Milestone) view(app core.App, now time.Time) (v MilestoneView, err error) {
	v = MilestoneView{
		ID: m.Id, Title: m.Title(), Description: m.Description(), DueOn: m.DueOn(), Weight: m.Weight(), Owner: Somebody{ID: m.Owner()},
		Document: m.DocumentID(), Link: m.Link(), Note: m.Note(), SubmittedAt: whenever(m.SubmittedAt()), DecidedAt: whenever(m.DecidedAt()),
		Reason: m.Reason(), Status: string(m.Status()), DaysLate: m.DaysLate(now), Rev: record.Rev(m),
	}
	if m.Owner() != "" {
		if v.Owner.Name, err = asked(app).Person(app, m.Owner()); err != nil {
			return v, err
		}
	}
	if m.DocumentID() != "" {
		d, err := Documents.Find(app, m.DocumentID())
		if err != nil {
			return v, err
		}
		v.Paper = d.Name()
	}
	return v, nil
}
