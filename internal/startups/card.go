package startups

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// WholeCard is a startup as its people and the centre's staff read it.
type WholeCard struct {
	ID         string `json:"id"`
	Slug       string `json:"slug"`
	Name       string `json:"name"`
	OneLinerVI string `json:"one_liner_vi"`
	OneLinerEN string `json:"one_liner_en"`
	StoryVI    string `json:"story_vi"`
	StoryEN    string `json:"story_en"`
	Logo       string `json:"logo"`
	Sector     string `json:"sector"`
	Stage      string `json:"stage"`
	FoundedOn  string `json:"founded_on"`
	Area       string `json:"area"`
	AdminUnit  string `json:"admin_unit"`
	// Unit is the administrative unit that it declared, by its name; null where it declares none.
	Unit       *UnitName `json:"unit"`
	Website    string    `json:"website"`
	Clusters   []string  `json:"clusters"`
	Headcount  int       `json:"headcount"`
	Visibility string    `json:"visibility"`
	Sample     bool      `json:"sample"`
	Status     string    `json:"status"`
	Rev        int       `json:"rev"`

	Private    PrivateView   `json:"private"`
	Members    []Person      `json:"members"`
	Former     []Person      `json:"former"` // who left, the last first
	Enrolments []EnrolmentIn `json:"enrolments"`
	Requests   []ReportHead  `json:"requests"` // the latest first
	MayEdit    bool          `json:"may_edit"`
	MayReport  bool          `json:"may_report"`
	MayManage  bool          `json:"may_manage"` // its enrolments and its end
	MayHold    bool          `json:"may_hold"`   // read who owns it and where its money goes
	MayAdmin   bool          `json:"may_admin"`  // say so, and what investors are shown
}

// PrivateView is the private card as it is read.
type PrivateView struct {
	LegalName string `json:"legal_name"`
	LegalForm string `json:"legal_form"`
	TaxCode   string `json:"tax_code"`
	RegNo     string `json:"reg_no"`
	Address   string `json:"address"`
	Phone     string `json:"phone"`
	Notes     string `json:"notes"`
	Rev       int    `json:"rev"`
}

// EnrolmentIn is a startup's time in a cohort, with the cohort's title.
type EnrolmentIn struct {
	ID       string `json:"id"`
	Startup  Named  `json:"startup"`
	Cohort   string `json:"cohort"`
	TitleVI  string `json:"title_vi"`
	TitleEN  string `json:"title_en"`
	Status   string `json:"status"`
	JoinedOn string `json:"joined_on"`
	LeftOn   string `json:"left_on"`
	Rev      int    `json:"rev"`
}

// Read gathers what its people and staff may know of a startup. Errors: access.sign_in, record.not_found.
func Read(app core.App, by access.Actor, id string) (*WholeCard, error) {
	s, err := Startups.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := maySee(app, by, id); err != nil {
		return nil, err
	}
	c := whole(s)
	if c.Private, err = privateOf(app, id); err != nil {
		return nil, err
	}
	if c.Members, c.Former, err = peopleOf(app, id); err != nil {
		return nil, err
	}
	if c.Enrolments, err = enrolmentsOf(app, dbx.HashExp{"startup": id}); err != nil {
		return nil, err
	}
	if c.Requests, err = headsOf(app, id); err != nil {
		return nil, err
	}
	if s.AdminUnit() != "" {
		units, err := asked(app).Units(app)
		if err != nil {
			return nil, err
		}
		name := nameOf(units, s.AdminUnit())
		c.Unit = &name
	}
	m, err := seat(app, by, id)
	if err != nil {
		return nil, err
	}
	path, err := pathOf(app, id)
	if err != nil {
		return nil, err
	}
	c.MayEdit, c.MayReport = mayEdit(app, by, id) == nil, m != nil && m.Reports()
	c.MayManage = access.MayDecide(by, path...) == nil
	c.MayHold, c.MayAdmin = mayHold(app, by, id) == nil, m != nil && m.Admin()
	return c, nil
}

func whole(s *Startup) *WholeCard {
	return &WholeCard{
		ID: s.Id, Slug: s.Slug(), Name: s.Name(), OneLinerVI: s.OneLiner().VI, OneLinerEN: s.OneLiner().EN,
		StoryVI: s.Story().VI, StoryEN: s.Story().EN, Logo: s.Logo(), Sector: s.Sector(), Stage: s.Stage(), FoundedOn: s.FoundedOn(),
		Area: s.Area(), AdminUnit: s.AdminUnit(), Website: s.Website(), Clusters: slices.Concat([]string{}, s.Clusters()), Headcount: s.Headcount(),
		Visibility: string(s.Visibility()), Sample: s.Sample(), Status: string(s.Status()), Rev: record.Rev(s),
	}
}

func privateOf(app core.App, startup string) (PrivateView, error) {
	p, err := Privates.First(app, dbx.HashExp{"startup": startup})
	if err != nil {
		return PrivateView{}, err
	}
	return p.view(), nil
}

// enrolmentsOf lists enrolments with the names of both sides, the newest cohort first.
func enrolmentsOf(app core.App, where ...dbx.Expression) ([]EnrolmentIn, error) {
	rows, err := Enrolments.All(app, where...)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(app, rows)
	if err != nil {
		return nil, err
	}
	list := make([]EnrolmentIn, 0, len(rows))
	for _, n := range rows {
		list = append(list, EnrolmentIn{
			ID: n.Id, Startup: names[n.StartupID()], Cohort: n.CohortID(), Status: string(n.Status()),
			JoinedOn: n.JoinedOn(), LeftOn: n.LeftOn(), Rev: record.Rev(n),
		})
	}
	slices.SortFunc(list, func(a, b EnrolmentIn) int { return strings.Compare(b.JoinedOn+b.ID, a.JoinedOn+a.ID) })
	return list, inNamed(app, list)
}

// inNamed puts the titles of their cohorts to enrolments.
func inNamed(app core.App, list []EnrolmentIn) error {
	cohorts, err := asked(app).Cohorts(app)
	if err != nil {
		return err
	}
	for i := range list {
		in := &list[i]
		if at := slices.IndexFunc(cohorts, func(c Cohort) bool { return c.ID == in.Cohort }); at >= 0 {
			in.TitleVI, in.TitleEN = cohorts[at].Title.VI, cohorts[at].Title.EN
		}
	}
	return nil
}

// headsOf lists the reports of a startup, the latest first.
func headsOf(app core.App, startup string) ([]ReportHead, error) {
	rows, err := requestsOf(app, startup)
	if err != nil {
		return nil, err
	}
	templates, err := Templates.All(app)
	if err != nil {
		return nil, err
	}
	heads := make([]ReportHead, 0, len(rows))
	for _, q := range rows {
		for _, t := range templates {
			if t.Id == q.TemplateID() {
				heads = append(heads, head(q, t))
			}
		}
	}
	return heads, nil
}

// Past is one figure of one startup in one period.
type Past struct {
	KPI    string `json:"kpi"`
	Period string `json:"period_key"`
	State  string `json:"state"`
	Value  *int64 `json:"value"`
	Grade  string `json:"grade"`
	Source string `json:"source"`
}

// Course is how the figures of a startup went: what was asked, and what was handed in, by period.
type Course struct {
	KPIs []Question `json:"kpis"`
	Rows []Past     `json:"rows"`
}

// History tells the course of a startup, for the drawings of its page. Errors: access.sign_in, record.not_found.
func History(app core.App, by access.Actor, id string) (Course, error) {
	c := Course{KPIs: []Question{}}
	if err := maySee(app, by, id); err != nil {
		return c, err
	}
	t, err := inUse(app, periodMonth)
	if err != nil {
		return c, err
	}
	if c.KPIs, err = asksOf(app, t); err != nil {
		return c, err
	}
	c.Rows, err = pastOf(app, id)
	return c, err
}

// CourseFrom makes the course of a startup of its rows.
func CourseFrom(asks []Question, lines []PastLine) Course { return Course{asks, pastFrom(lines)} }

// Edit writes the card. Admins of the startup and staff. Errors: access.sign_in, record.not_found, startup.needs_admin,
// record.stale, startup.headcount, startup.founded, startup.founded_later, startup.name_unseen, unit.unknown, unit.ward_only, unit.later.
func Edit(app core.App, by access.Actor, id string, c Card, now time.Time) (*Startup, error) {
	return record.Change(app, Startups, id, func(tx core.App, s *Startup) error {
		if err := mayEdit(tx, by, id); err != nil {
			return err
		}
		s.write(c)
		if err := s.plausible(now); err != nil {
			return err
		}
		if unit := s.AdminUnit(); c.AdminUnit != nil && unit != "" {
			if err := asked(tx).Declare(tx, unit, vn.DayOf(now).String()); err != nil {
				return err
			}
		}
		return edited(tx, by, Startups.Collection, s, now)
	})
}

// edited stores a card that was changed and notes who changed which fields of it. What stands in them is not the journal's.
func edited(tx core.App, by access.Actor, collection string, card core.RecordProxy, now time.Time) error {
	fields := record.Changed(card)
	if err := tx.Save(card.ProxyRecord()); err != nil || len(fields) == 0 {
		return err
	}
	return lifecycle.Note(tx, by, now, collection, card.ProxyRecord().Id, "edit", lifecycle.With(map[string][]string{"fields": fields}))
}

// EditPrivate writes the private card. Admins of the startup and staff. Errors: as Edit, and startup.tax_code.
func EditPrivate(app core.App, by access.Actor, startup string, f PrivateFields, now time.Time) (*PrivateCard, error) {
	p, err := Privates.First(app, dbx.HashExp{"startup": startup})
	if err != nil {
		return nil, err
	}
	return record.Change(app, Privates, p.Id, func(tx core.App, p *PrivateCard) error {
		if err := mayEdit(tx, by, startup); err != nil {
			return err
		}
		p.write(f)
		return edited(tx, by, Privates.Collection, p, now)
	})
}

// Move changes what becomes of a startup: rest, wake, close, acquire, merge, float. Managers over it only.
// Errors: access.sign_in, record.not_found, access.needs_manager, lifecycle.not_now.
func Move(app core.App, by access.Actor, id, verb string, now time.Time) (*Startup, error) {
	return record.Change(app, Startups, id, func(tx core.App, s *Startup) error {
		if err := maySee(tx, by, id); err != nil {
			return err
		}
		path, err := pathOf(tx, id)
		if err != nil {
			return err
		}
		if err := access.MayDecide(by, path...); err != nil {
			return err
		}
		return StartupLife.Fire(tx, s, verb, by, now)
	})
}
