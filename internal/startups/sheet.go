package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
)

// ReportSheet is a report as the form on a phone needs it: what is asked, what was answered, and what stood there last time.
type ReportSheet struct {
	Request  ReportHead `json:"request"`
	Startup  Named      `json:"startup"`
	KPIs     []Question `json:"kpis"`
	Readings []Told     `json:"readings"`
	Previous []Told     `json:"previous"`

	Questions []OpenQuestion    `json:"questions"` // in words
	Answers   map[string]string `json:"answers"`   // by the key of their question

	Corrections []Correction `json:"corrections"` // of an accepted report, the latest first
}

// ReportHead is a report without its answers.
type ReportHead struct {
	ID              string     `json:"id"`
	TitleVI         string     `json:"title_vi"`
	TitleEN         string     `json:"title_en"`
	Period          string     `json:"period_key"`
	Kind            string     `json:"kind"` // baseline or month
	Status          string     `json:"status"`
	OpensAt         time.Time  `json:"opens_at"`
	DueOn           string     `json:"due_on"`
	MissedOn        string     `json:"missed_on"` // the first local day on which it counts as missing
	SubmittedAt     *time.Time `json:"submitted_at"`
	Late            bool       `json:"late"`
	ReturnedBecause string     `json:"returned_because"`
	Rev             int        `json:"rev"`
	Mine            bool       `json:"mine"`       // whoever asks may fill it in
	LinkUntil       *time.Time `json:"link_until"` // when its secret link ends or ended; null where there is none
}

// Named is a startup by its name.
type Named struct {
	ID   string `json:"id"`
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// Question is one figure that is asked for.
type Question struct {
	ID        string `json:"id"`
	Key       string `json:"key"`
	LabelVI   string `json:"label_vi"`
	LabelEN   string `json:"label_en"`
	HelpVI    string `json:"help_vi"`
	HelpEN    string `json:"help_en"`
	Unit      string `json:"unit"`
	Direction string `json:"direction"`
	Agg       string `json:"agg"`
}

// Into is where a row of a query is read into, column by column.
func (q *Question) Into() []any {
	return []any{&q.ID, &q.Key, &q.LabelVI, &q.LabelEN, &q.HelpVI, &q.HelpEN, &q.Unit, &q.Direction, &q.Agg}
}

// Sheet reads one report. The startup's people, staff of the cohort, and whoever holds its link.
// Errors: access.sign_in, record.not_found.
func Sheet(app core.App, by access.Actor, id string) (*ReportSheet, error) {
	q, err := Requests.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := maySeeReport(app, by, q); err != nil {
		return nil, err
	}
	s, err := Startups.Find(app, q.StartupID())
	if err != nil {
		return nil, err
	}
	t, err := Templates.Find(app, q.TemplateID())
	if err != nil {
		return nil, err
	}
	asks, err := questions(app, t)
	if err != nil {
		return nil, err
	}
	sheet := &ReportSheet{Request: head(q, t), Startup: Named{s.Id, s.Slug(), s.Name()}, KPIs: []Question{}}
	sheet.Request.Mine = mayFill(app, by, q) == nil
	for _, k := range asks {
		sheet.KPIs = append(sheet.KPIs, question(k))
	}
	if sheet.Questions, err = t.Questions(); err != nil {
		return nil, err
	}
	sheet.Questions = inOrder(sheet.Questions) // none is an empty list
	if sheet.Answers, err = q.Answers(); err != nil {
		return nil, err
	}
	if sheet.Readings, err = told(app, q.Id); err != nil {
		return nil, err
	}
	if sheet.Corrections, err = corrections(app, q.Id, sheet.Readings, sheet.Answers); err != nil {
		return nil, err
	}
	sheet.Previous, err = lastTold(app, q)
	return sheet, err
}

func question(k *KPI) Question {
	return Question{k.Id, k.Key(), k.Label().VI, k.Label().EN, k.Help().VI, k.Help().EN, k.Unit(), k.Direction(), k.agg()}
}

func head(q *Request, t *Template) ReportHead {
	h := ReportHead{
		ID: q.Id, TitleVI: t.Title().VI, TitleEN: t.Title().EN, Period: q.Period(), Kind: t.kind(), Status: string(q.Status()),
		OpensAt: q.OpensAt(), DueOn: q.DueOn(), MissedOn: daysAfter(q.DueOn(), t.GraceDays()+1), Late: q.Late(),
		ReturnedBecause: q.ReturnedBecause(), Rev: record.Rev(q),
	}
	if at := q.SubmittedAt(); !at.IsZero() {
		h.SubmittedAt = &at
	}
	if until := q.LinkUntil(); !until.IsZero() {
		h.LinkUntil = &until
	}
	return h
}

// lastTold are the answers of the last report that was handed in before q; none before the first.
func lastTold(app core.App, q *Request) ([]Told, error) {
	last, err := reportsBefore(app, q, 1)
	if err != nil || len(last) == 0 {
		return []Told{}, err
	}
	list, err := told(app, last[0].Id)
	for i := range list {
		list[i].Period = last[0].Period()
	}
	return list, err
}
