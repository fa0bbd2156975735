package startups

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// kpiRoutes are those by which staff say what startups are asked for.
func kpiRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/kpis":                        listKPIs,
		"POST /api/vuon/kpis":                       taking(defineKPI),
		"PATCH /api/vuon/kpis/{id}":                 taking(amendKPI),
		"POST /api/vuon/kpis/{id}/follow":           taking(reviseKPI),
		"GET /api/vuon/report-templates":            listTemplates,
		"POST /api/vuon/report-templates":           taking(draftOne),
		"PATCH /api/vuon/report-templates/{id}":     taking(amendTemplate),
		"POST /api/vuon/report-templates/{id}/copy": giving(copyTemplate),
		"POST /api/vuon/report-templates/{id}/use":  giving(useTemplate),
	}
}

// KPIView is a figure as staff read it.
type KPIView struct {
	Question
	Sensitivity Sensitivity       `json:"sensitivity"`
	Map         map[string]string `json:"map"`
	Version     int               `json:"version"`
	Retired     bool              `json:"retired"`
	Used        bool              `json:"used"` // its meaning stays
	Rev         int               `json:"rev"`
}

// TemplateView is a template as staff read it.
type TemplateView struct {
	ID string `json:"id"`
	TemplateFields
	Asks   []Asked `json:"asks"` // the names of its figures, in their order
	Active bool    `json:"active"`
	Used   int     `json:"used"` // reports that were asked for by it: it stays as it is
}

// Asked is a figure as the list of templates names it.
type Asked struct {
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
}

// listKPIs answers staff with all figures, those that are asked for first: ?q= &after= &limit= &format=csv or xlsx.
func listKPIs(e *core.RequestEvent) error {
	by, p, err := defining(e)
	if err != nil {
		return err
	}
	all, err := KPIs.All(e.App)
	if err != nil {
		return err
	}
	used, err := kpisInUse(e.App, "")
	if err != nil {
		return err
	}
	place := func(k *KPI) string { return fmt.Sprintf("%06d", k.position()) }
	all, next := part(all, p, place, func(k *KPI) string { return k.Key() + " " + k.Label().VI + " " + k.Label().EN })
	rows := make([]KPIView, 0, len(all))
	for _, k := range all {
		names, err := k.Mapping()
		if err != nil {
			return err
		}
		rows = append(rows, KPIView{question(k), k.Sensitivity(), names, k.Version(), k.Retired(), slices.Contains(used, k.Id), record.Rev(k)})
	}
	if !p.CSV {
		return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": next, "may_edit": access.MayWork(by) == nil})
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{r.Key, r.LabelVI, r.LabelEN, r.HelpVI, r.HelpEN, r.Unit, r.Direction, r.Agg, string(r.Sensitivity), r.Map["nbia"], r.Map["ubi"], r.Map["icf"], r.Version})
	}
	return web.CSV(e, "kpis.csv", []string{
		"key", "label_vi", "label_en", "help_vi", "help_en", "unit", "direction", "agg", "sensitivity", "nbia", "ubi", "icf", "version",
	}, table)
}

// defining is who reads what startups are asked for, and which part of a list: whoever works anywhere in the house.
func defining(e *core.RequestEvent) (by access.Actor, p page, err error) {
	if by, _, err = access.Of(e); err != nil {
		return by, p, err
	}
	if err = access.MayWorkAnywhere(by); err != nil {
		return by, p, err
	}
	p, err = paged(e, 2)
	return by, p, err
}

// part is the page that is asked for of rows that are few, and where it ends: those with all words that are searched for in what is
// said of them, with marks or without, in the order of their places.
func part[P core.RecordProxy](all []P, p page, place, said func(P) string) (rows []P, next string) {
	key := func(row P) []string { return []string{place(row), row.ProxyRecord().Id} }
	slices.SortFunc(all, func(a, b P) int { return slices.Compare(key(a), key(b)) })
	words := strings.Fields(vn.Fold(p.Search))
	for _, row := range all {
		text := vn.Fold(said(row))
		if slices.Compare(key(row), p.after) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			rows = append(rows, row)
		}
	}
	return web.Cut(rows, p.Limit, func(row P) string { return web.Cursor(key(row)...) })
}

// listTemplates answers staff with all templates, those in use first: ?q= (of their names and of those of their figures) &after=
// &limit= &format=csv or xlsx.
func listTemplates(e *core.RequestEvent) error {
	by, p, err := defining(e)
	if err != nil {
		return err
	}
	all, err := Templates.All(e.App)
	if err != nil {
		return err
	}
	uses, err := templateUses(e.App)
	if err != nil {
		return err
	}
	kpis, err := KPIs.All(e.App)
	if err != nil {
		return err
	}
	slices.SortFunc(kpis, func(a, b *KPI) int { return a.position() - b.position() })
	place := func(t *Template) string { return map[bool]string{true: "0", false: "1"}[t.Active()] + t.kind() }
	all, next := part(all, p, place, func(t *Template) string {
		text := t.Title().VI + " " + t.Title().EN
		for _, k := range asks(t, kpis) {
			text += " " + k.Label().VI + " " + k.Label().EN + " " + k.Key()
		}
		return text
	})
	rows, table := make([]TemplateView, 0, len(all)), make([][]any, 0, len(all))
	for _, t := range all {
		f, err := t.fields()
		if err != nil {
			return err
		}
		f.Rev = record.Rev(t)
		view, keys := TemplateView{t.Id, f, []Asked{}, t.Active(), uses[t.Id]}, []string{}
		for _, k := range asks(t, kpis) {
			view.Asks = append(view.Asks, Asked{k.Label().VI, k.Label().EN})
			keys = append(keys, k.Key())
		}
		rows = append(rows, view)
		table = append(table, []any{f.TitleVI, f.TitleEN, f.Kind, strings.Join(keys, ", "), f.DueDay, f.GraceDays, strconv.FormatBool(view.Active), view.Used, len(f.Questions)})
	}
	if !p.CSV {
		return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": next, "may_edit": access.MayWork(by) == nil})
	}
	return web.CSV(e, "report-templates.csv", []string{"title_vi", "title_en", "kind", "kpis", "due_day", "grace_days", "active", "reports", "questions"}, table)
}

// asks are those of some figures that a template asks for, in their order.
func asks(t *Template, kpis []*KPI) (some []*KPI) {
	for _, k := range kpis {
		if slices.Contains(t.KPIs(), k.Id) {
			some = append(some, k)
		}
	}
	return some
}

func answer[P core.RecordProxy](row P, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return done(row), nil
}

func defineKPI(q asking, f KPIFields) (any, error) { return answer(DefineKPI(q.app, q.by, f, q.now)) }

func amendKPI(q asking, f KPIFields) (any, error) {
	return answer(AmendKPI(q.app, q.by, q.id, f, q.now))
}

func reviseKPI(q asking, f KPIFields) (any, error) {
	return answer(ReviseKPI(q.app, q.by, q.id, f, q.now))
}

func draftOne(q asking, f TemplateFields) (any, error) {
	return answer(DraftTemplate(q.app, q.by, f, q.now))
}

func amendTemplate(q asking, f TemplateFields) (any, error) {
	return answer(AmendTemplate(q.app, q.by, q.id, f, q.now))
}

func copyTemplate(q asking) (any, error) { return answer(CopyTemplate(q.app, q.by, q.id, q.now)) }

func useTemplate(q asking) (any, error) { return answer(UseTemplate(q.app, q.by, q.id, q.now)) }
