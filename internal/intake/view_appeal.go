package intake

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// AppealLine is one appeal in a list of those who answer it.
type AppealLine struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Status  lifecycle.State `json:"status"`
	Paper   Handed          `json:"application"`
	Intake  Named           `json:"intake"`
	FiledAt time.Time       `json:"filed_at"`
	DueOn   string          `json:"due_on"`
	Hears   bool            `json:"hears"` // whether whoever asks is on its panel
}

// AppealView is one appeal with what it is against, as those see it who answer it.
type AppealView struct {
	AppealLine
	Words     string          `json:"words"`
	Applicant Person          `json:"applicant"`
	Panel     []Person        `json:"panel"`
	Able      []Person        `json:"able"`    // who could be named to hear it, while nobody is
	Part      bool            `json:"part"`    // whether whoever asks had part in what it is against
	Decided   *DecidedView    `json:"decided"` // what it is against; null where it is against being ruled out
	Reason    string          `json:"reason"`  // why the application was ruled out, where it was
	Form      Schema          `json:"form"`
	Answers   Answers         `json:"answers"` // what was handed in
	Files     []FileView      `json:"files"`   // and the files in it, which are fetched from below this appeal
	Sheets    Tally           `json:"sheets"`
	Comments  []string        `json:"comments"` // what the judges wrote, without their names
	Found     *FoundView      `json:"found"`
	May       map[string]bool `json:"may"` // verbs that whoever asks can do now
}

// DecidedView is what an appeal is against.
type DecidedView struct {
	Outcome   Outcome   `json:"outcome"`
	Rationale string    `json:"rationale"`
	Feedback  string    `json:"feedback"`
	By        Person    `json:"by"`
	At        time.Time `json:"at"`
}

// FoundView is what one of the panel proposes, or what was answered.
type FoundView struct {
	Finding
	By        Person     `json:"by"`
	Confirmed Person     `json:"confirmed_by"`
	At        *time.Time `json:"answered_at"`
	Mine      bool       `json:"mine"`
}

// AppealsFor lists the appeals that whoever asks works over or hears, the newest first. Those about applications of their own
// are not among them. Error: access.sign_in.
func AppealsFor(app core.App, by access.Actor, ask listAsk) (rows []AppealLine, next string, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, "", err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, "", err
	}
	found, err := appealsFor(app, by, r, ask)
	if err != nil {
		return nil, "", err
	}
	found, next = web.Cut(found, ask.Limit, func(p *Appeal) string { return p.Id })
	for _, p := range found {
		line, _, _, err := appealLine(app, by, p)
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, line)
	}
	return rows, next, nil
}

func appealLine(app core.App, by access.Actor, p *Appeal) (AppealLine, *Application, *Intake, error) {
	a, i, err := behindAppeal(app, p)
	if err != nil {
		return AppealLine{}, nil, nil, err
	}
	return AppealLine{
		p.Id, p.Kind(), p.Status(), handed(a), Named{i.Id, i.TitleVI(), i.TitleEN()}, p.FiledAt(), p.DueOn(), slices.Contains(p.Panel(), by.ID),
	}, a, i, nil
}

// AppealAbout shows one appeal to the staff over its intake and to who hears it. To everybody else, and about an application
// of their own, it does not exist. Errors: access.sign_in, record.not_found.
func AppealAbout(app core.App, by access.Actor, id string, now time.Time) (*AppealView, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	p, err := Appeals.Find(app, id)
	if err != nil {
		return nil, err
	}
	line, a, i, err := appealLine(app, by, p)
	if err != nil {
		return nil, err
	}
	near, err := Related(app, by.ID, subjectType, a.Id)
	if err != nil || near != "" || !line.Hears && !staffing(by, i) {
		return nil, notThere(err)
	}
	v := &AppealView{AppealLine: line, Words: p.Words(), Panel: []Person{}, Able: []Person{}, Comments: []string{}, Files: []FileView{}}
	for _, part := range []func() error{
		func() error { return v.paper(app, by, a, i) },
		func() error { return v.against(app, p) },
		func() error { return v.heard(app, by, p, a, i, now) },
	} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// paper adds what was handed in, and what judges thought of it. Who hears it and is no staff reads what is for judges.
func (v *AppealView) paper(app core.App, by access.Actor, a *Application, i *Intake) error {
	schema, err := asked(app, a)
	if err != nil {
		return err
	}
	if !staffing(by, i) {
		schema = schema.ForJudges(false)
	}
	v.Form = schema
	last, err := latestSnapshot(app, a.Id)
	if err != nil {
		return err
	}
	if last != nil {
		if err := v.handedIn(last); err != nil {
			return err
		}
	}
	tallies, err := judging.Tallies(app, ownerType, i.Id)
	if err != nil {
		return err
	}
	v.Sheets = tallyOf(tallies[a.Id])
	seats, _, err := judging.Panel(app, subjectType, a.Id)
	if err != nil {
		return err
	}
	for _, s := range seats {
		if s.Sheet != nil && s.Sheet.Comment != "" && s.Excluded == "" {
			v.Comments = append(v.Comments, s.Sheet.Comment)
		}
	}
	who, err := names(app, []string{a.ApplicantID()})
	v.Applicant = Person{a.ApplicantID(), who[a.ApplicantID()]}
	return err
}

// handedIn adds the answers to the questions shown, and the files in them.
func (v *AppealView) handedIn(last *Snapshot) error {
	given, err := last.Answers()
	if err != nil {
		return err
	}
	sent, err := filesIn(last, "/appeals/"+v.ID)
	if err != nil {
		return err
	}
	v.Answers = Answers{}
	for _, q := range v.Form {
		if said, there := given[q.Key]; there {
			v.Answers[q.Key] = said
		}
	}
	for _, f := range sent {
		if _, shown := v.Answers[f.Question]; shown {
			v.Files = append(v.Files, f)
		}
	}
	return nil
}

// against adds what it is against.
func (v *AppealView) against(app core.App, p *Appeal) error {
	switch p.Kind() {
	case aboutRuleOut:
		e, err := lifecycle.Journal.First(app, dbx.HashExp{"id": p.About()})
		if err == nil {
			v.Reason = e.Reason()
		}
		return err
	case aboutAmendment:
		m, err := Amendments.Find(app, p.About())
		if err != nil {
			return err
		}
		who, err := names(app, []string{m.ConfirmedBy()})
		v.Decided = &DecidedView{m.Outcome(), m.Reason(), m.Feedback(), Person{m.ConfirmedBy(), who[m.ConfirmedBy()]}, m.SettledAt()}
		return err
	}
	d, err := Decisions.Find(app, p.About())
	if err != nil {
		return err
	}
	who, err := names(app, []string{d.DecidedBy()})
	v.Decided = &DecidedView{d.Outcome(), d.Rationale(), d.Feedback(), Person{d.DecidedBy(), who[d.DecidedBy()]}, d.DecidedAt()}
	return err
}

// heard adds who hears it, what they have found, and what whoever asks can do.
func (v *AppealView) heard(app core.App, by access.Actor, p *Appeal, a *Application, i *Intake, now time.Time) error {
	had, err := partIn(app, p)
	if err != nil {
		return err
	}
	v.Part = slices.Contains(had, by.ID)
	works := staffing(by, i) && !v.Part
	found := p.Found()
	v.May = map[string]bool{
		"admit": works && p.in(AppealFiled), "dismiss": works && p.in(AppealFiled), "hear": works && p.in(AppealAdmissible),
		"find":   v.Hears && p.in(AppealUnderReview),
		"settle": v.Hears && p.in(AppealUnderReview) && found.Finding != "" && !by.Is(p.FoundBy()),
	}
	able := []string{}
	if v.May["hear"] {
		if able, err = mayHear(app, p, a, i, now); err != nil {
			return err
		}
	}
	who, err := names(app, slices.Concat(p.Panel(), able, []string{p.FoundBy(), p.ConfirmedBy()}))
	if err != nil {
		return err
	}
	for _, id := range p.Panel() {
		v.Panel = append(v.Panel, Person{id, who[id]})
	}
	for _, id := range able {
		v.Able = append(v.Able, Person{id, who[id]})
	}
	if found.Answer != "" {
		v.Found = &FoundView{found, Person{p.FoundBy(), who[p.FoundBy()]}, Person{p.ConfirmedBy(), who[p.ConfirmedBy()]}, instant(p.SettledAt()), by.Is(p.FoundBy())}
	}
	return nil
}
