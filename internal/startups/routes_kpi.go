package startups

import (
	"net/http"
	"slices"
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
	Active bool `json:"active"`
	Used   int  `json:"used"` // reports that were asked for by it: it stays as it is
}

// listKPIs answers staff with all figures, those that are asked for first: ?q= &format=csv.
func listKPIs(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(by); err != nil {
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
	slices.SortFunc(all, func(a, b *KPI) int { return a.position() - b.position() })
	rows, words := []KPIView{}, strings.Fields(vn.Fold(e.Request.URL.Query().Get("q")))
	for _, k := range all {
		names, err := k.Mapping()
		if err != nil {
			return err
		}
		text := vn.Fold(k.Key() + " " + k.Label().VI + " " + k.Label().EN)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			rows = append(rows, KPIView{question(k), k.Sensitivity(), names, k.Version(), k.Retired(), slices.Contains(used, k.Id), record.Rev(k)})
		}
	}
	if !web.Asked(e).CSV {
		return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": "", "may_edit": access.MayWork(by) == nil})
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{r.Key, r.LabelVI, r.LabelEN, r.HelpVI, r.HelpEN, r.Unit, r.Direction, r.Agg, string(r.Sensitivity), r.Map["nbia"], r.Map["ubi"], r.Map["icf"], r.Version})
	}
	return web.CSV(e, "kpis.csv", []string{
		"key", "label_vi", "label_en", "help_vi", "help_en", "unit", "direction", "agg", "sensitivity", "nbia", "ubi", "icf", "version",
	}, table)
}

// listTemplates answers staff with all templates, those in use first.
func listTemplates(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(by); err != nil {
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
	slices.SortFunc(all, func(a, b *Template) int {
		if a.Active() != b.Active() {
			return map[bool]int{true: -1, false: 1}[a.Active()]
		}
		return strings.Compare(a.kind()+b.Id, b.kind()+a.Id)
	})
	rows := make([]TemplateView, 0, len(all))
	for _, t := range all {
		f := t.fields()
		f.Rev = record.Rev(t)
		rows = append(rows, TemplateView{t.Id, f, t.Active(), uses[t.Id]})
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": "", "may_edit": access.MayWork(by) == nil})
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
