package intake

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// formRoutes are those of forms, and of the rules of who may apply.
func formRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/forms":                       listForms,
		"POST /api/vuon/forms":                      addForm,
		"PATCH /api/vuon/forms/{id}":                on(nameForm),
		"POST /api/vuon/forms/{id}/archive":         on(archiveForm),
		"POST /api/vuon/forms/{id}/revive":          on(reviveForm),
		"POST /api/vuon/forms/{id}/versions":        on(nextForm),
		"GET /api/vuon/form-versions/{id}":          showForm,
		"PATCH /api/vuon/form-versions/{id}":        on(editForm),
		"POST /api/vuon/form-versions/{id}/publish": moved("publish", MoveForm),
		"POST /api/vuon/form-versions/{id}/retire":  moved("retire", MoveForm),
		"GET /api/vuon/intakes/{id}/rules":          showRules,
		"POST /api/vuon/intakes/{id}/waive":         on(waive),
	}
}

// FormLine is one version of a form.
type FormLine struct {
	standing
	Form     string  `json:"form"`
	FormRev  int     `json:"form_rev"`
	Code     string  `json:"code"`
	TitleVI  string  `json:"title_vi"`
	TitleEN  string  `json:"title_en"`
	Archived bool    `json:"archived"`
	Number   int     `json:"number"`
	Schema   Schema  `json:"schema"`
	Intakes  []Named `json:"intakes"` // those that ask it, the latest first
}

// FormView is one version as whoever writes it sees it: with what keeps it from being published.
type FormView struct {
	FormLine
	Faults []Mistake `json:"faults"`
}

// Mistake is one thing that is wrong with a draft: a field such as schema.2.options, and a code with its slots.
type Mistake struct {
	Field string            `json:"field"`
	Code  string            `json:"code"`
	Slots map[string]string `json:"slots,omitempty"`
}

// mistakes tells everything that an error refuses.
func mistakes(err error) []Mistake {
	all := []Mistake{}
	if f := fault.As(err); f != nil {
		for _, one := range append([]*fault.Fault{f}, f.Also...) {
			all = append(all, Mistake{one.Field, one.Code, one.Slots})
		}
	}
	return all
}

func listForms(e *core.RequestEvent) error {
	return listWhole(e, formLines, func(l FormLine) FormLine { return l })
}

// formLines are all versions of all forms with what they ask.
func formLines(app core.App) ([]FormLine, error) {
	versions, err := formVersions(app)
	if err != nil {
		return nil, err
	}
	asking, err := intakesAsking(app)
	if err != nil {
		return nil, err
	}
	lines := make([]FormLine, 0, len(versions))
	for _, v := range versions {
		line, err := formLine(app, v, asking[v.Id])
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func formLine(app core.App, v *FormVersion, asking []*Intake) (FormLine, error) {
	f, err := Forms.Find(app, v.FormID())
	if err != nil {
		return FormLine{}, err
	}
	schema, err := v.Schema()
	if err != nil {
		return FormLine{}, err
	}
	line := FormLine{standing{v.Id, v.Status(), v.Rev()}, f.Id, f.Rev(), f.Code(), f.TitleVI(), f.TitleEN(), f.Archived(), v.Number(), schema, []Named{}}
	for _, i := range asking {
		line.Intakes = append(line.Intakes, Named{i.Id, i.TitleVI(), i.TitleEN()})
	}
	return line, nil
}

func showForm(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	view, err := formView(e.App, by, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func formView(app core.App, by access.Actor, id string) (*FormView, error) {
	if err := mayPlan(by); err != nil {
		return nil, err
	}
	v, err := FormVersions.Find(app, id)
	if err != nil {
		return nil, err
	}
	asking, err := intakesAsking(app)
	if err != nil {
		return nil, err
	}
	line, err := formLine(app, v, asking[v.Id])
	if err != nil {
		return nil, err
	}
	return &FormView{line, mistakes(line.Schema.Check())}, nil
}

// questions are a form as it is written.
type questions struct {
	Code    string `json:"code"`
	TitleVI string `json:"title_vi"`
	TitleEN string `json:"title_en"`
	Schema  Schema `json:"schema"`
	From    string `json:"from"` // a version to copy the questions of
	Rev     int    `json:"rev"`
}

func addForm(e *core.RequestEvent) error {
	return made(e, func(app core.App, by access.Actor, q questions, now time.Time) (any, error) {
		if q.From != "" {
			if err := access.MayWork(by); err != nil {
				return nil, err
			}
			v, err := FormVersions.Find(app, q.From)
			if err != nil {
				return nil, fault.Field("from", "form.no_source")
			}
			if q.Schema, err = v.Schema(); err != nil {
				return nil, err
			}
		}
		return stateOf(NewForms(app, by, q.Code, q.TitleVI, q.TitleEN, q.Schema, now))
	})
}

func nameForm(q asking, f questions) (any, error) {
	return shelved(NameForm(q.app, q.by, q.id, f.TitleVI, f.TitleEN, f.Rev, q.now))
}

func archiveForm(q asking, _ said) (any, error) {
	return shelved(ArchiveForm(q.app, q.by, q.id, q.now))
}

func reviveForm(q asking, _ said) (any, error) {
	return shelved(ReviveForm(q.app, q.by, q.id, q.now))
}

func shelved(f *Form, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": f.Id, "rev": f.Rev(), "archived": f.Archived()}, nil
}

func nextForm(q asking, f questions) (any, error) {
	return stateOf(NextForm(q.app, q.by, q.id, f.From, q.now))
}

// editForm answers with what is still wrong, so that whoever writes sees it beside the question.
func editForm(q asking, f questions) (any, error) {
	v, err := EditForm(q.app, q.by, q.id, f.Schema, f.Rev, q.now)
	if err != nil {
		return nil, err
	}
	schema, err := v.Schema()
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"id": v.Id, "status": v.Status(), "rev": v.Rev(), "number": v.Number(), "saved_at": q.now, "faults": mistakes(schema.Check()),
	}, nil
}

// RulesView are the rules of an intake as staff write and keep them.
type RulesView struct {
	standing
	TitleVI string       `json:"title_vi"`
	TitleEN string       `json:"title_en"`
	Rules   Rules        `json:"rules"`
	Form    Schema       `json:"form"`
	Faults  []Mistake    `json:"faults"`
	Waivers []WaiverLine `json:"waivers"`
}

// WaiverLine is one exception, by the code of its application: a draft's title is its applicant's own.
type WaiverLine struct {
	Application string    `json:"application"`
	Code        string    `json:"code"`
	Rule        string    `json:"rule"`
	Reason      string    `json:"reason"`
	By          string    `json:"by"`
	At          time.Time `json:"at"`
}

func showRules(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	view, err := rulesView(e.App, by, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// rulesView shows the rules of an intake and the exceptions made from them, but for those of whoever asks. Staff over it.
// Error: record.not_found.
func rulesView(app core.App, by access.Actor, id string) (*RulesView, error) {
	i, err := intakeFor(app, by, id)
	if err != nil {
		return nil, err
	}
	c, err := call(app, i, i.OpensAt())
	if err != nil {
		return nil, err
	}
	v := &RulesView{standing{i.Id, i.Status(), i.Rev()}, c.TitleVI, c.TitleEN, c.Rules, c.Form, mistakes(c.Rules.Check(c.Form)), []WaiverLine{}}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	all, err := waiversIn(app, i.Id)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, w := range all {
		a, err := Applications.Find(app, w.ApplicationID())
		if err != nil {
			return nil, err
		}
		if r.near(a) {
			continue
		}
		v.Waivers, people = append(v.Waivers, WaiverLine{a.Id, a.Code(), w.Rule(), w.Reason(), w.By(), w.At()}), append(people, w.By())
	}
	called, err := names(app, people)
	for n := range v.Waivers {
		v.Waivers[n].By = called[v.Waivers[n].By]
	}
	return v, err
}

// exception is a wish for one.
type exception struct {
	Application string `json:"application"`
	Rule        string `json:"rule"`
	Reason      string `json:"reason"`
}

func waive(q asking, x exception) (any, error) {
	w, err := Waive(q.app, q.by, q.id, x.Application, x.Rule, x.Reason, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"application": w.ApplicationID(), "rule": w.Rule(), "at": w.At()}, nil
}
