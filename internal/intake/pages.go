package intake

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the room's templates.
var Pages = web.NewPages("intake", files)

// calls are the announced intakes by what a visitor may do about them.
type calls struct {
	Open, Coming, Past []*Call
	Kind               Kind   // the only kind that is shown; "" for all
	Kinds              []Kind // of which there is something to show
}

// KindKey is the key of the words for what the intake is a call for.
func (l CallLine) KindKey() string { return l.Kind.Key() }

// Key is the key of a kind's words.
func (k Kind) Key() string { return "intake_kind." + string(k) }

// browse shows the announced intakes to everybody.
func browse(e *core.RequestEvent) error {
	now := access.Now(e)
	all, err := Announced(e.Request.Context(), e.App, now)
	if err != nil {
		return err
	}
	shown := calls{Kind: Kind(e.Request.URL.Query().Get("kind"))}
	if !slices.Contains(Kinds(), shown.Kind) {
		shown.Kind = ""
	}
	for _, k := range Kinds() {
		if slices.ContainsFunc(all, func(c *Call) bool { return c.Kind == k }) {
			shown.Kinds = append(shown.Kinds, k)
		}
	}
	for _, c := range all {
		switch {
		case shown.Kind != "" && c.Kind != shown.Kind:
		case c.Open:
			shown.Open = append(shown.Open, c)
		case c.Coming(now):
			shown.Coming = append(shown.Coming, c)
		default:
			shown.Past = append([]*Call{c}, shown.Past...) // the latest first
		}
	}
	return web.Render(e, Pages, "intakes", web.Page{Key: "calls", Section: "/intakes", Data: shown})
}

// show shows one announced intake to everybody. Whoever may apply to it reads here what it takes.
func show(e *core.RequestEvent) error {
	c, err := called(e.App, e.Request.PathValue("slug"), access.Now(e))
	if err != nil {
		return err
	}
	lang := web.Lang(e.Request)
	page := web.Page{
		Title: c.Title().Text(lang), Description: sentence(c.Summary().Text(lang)), Section: "/intakes",
		JSONLD: c.schemaOrg(web.Origin(e.App), lang), Data: begun{Call: c, Step: "ask"},
	}
	if page.Description == "" {
		page.Key = "calls"
	}
	return web.Render(e, Pages, "intake", page)
}

// called finds an announced intake by its slug. Error: page.missing.
func called(app core.App, slug string, now time.Time) (*Call, error) {
	i, err := record.OrNone(intakeCalled(app, slug))
	switch {
	case err != nil:
		return nil, err
	case i == nil || i.Slug() != slug || !i.Listed():
		return nil, fault.NotFound("page.missing")
	}
	return call(app, i, now)
}

// Addresses are the public pages of the room, for search engines.
func Addresses(ctx context.Context, app core.App) ([]web.URL, error) {
	all, err := announced(ctx, app)
	urls := []web.URL{{Path: "/intakes"}}
	for _, i := range all {
		urls = append(urls, web.URL{Path: "/intakes/" + i.Slug()})
	}
	return urls, err
}

// Title is the title in both languages.
func (l CallLine) Title() locale.Pair { return locale.Pair{VI: l.TitleVI, EN: l.TitleEN} }

// Path is the public page.
func (l CallLine) Path() string { return "/intakes/" + l.Slug }

// Summary tells in both languages whom the intake is for.
func (c *Call) Summary() locale.Pair { return locale.Pair{VI: c.SummaryVI, EN: c.SummaryEN} }

// Told is the summary for a reader of lang.
func (c *Call) Told(lang locale.Lang) string { return c.Summary().Text(lang) }

// ToldIn is the language that it is in: the other one when nobody has translated it.
func (c *Call) ToldIn(lang locale.Lang) locale.Lang {
	_, written := c.Summary().In(lang)
	return written
}

// Answered is the day by which applicants were promised an answer; zero without one.
func (c *Call) Answered() time.Time {
	at, err := time.ParseInLocation(time.DateOnly, c.DecisionDue, locale.Zone)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Coming says whether the intake opens after now.
func (c *Call) Coming(now time.Time) bool {
	return c.Status == IntakePublished && now.Before(c.OpensAt)
}

// Title is the title in both languages.
func (n Named) Title() locale.Pair { return locale.Pair{VI: n.TitleVI, EN: n.TitleEN} }

const basisPoints = 10000

// weighed is a criterion as a reader understands it.
type weighed struct {
	Label  locale.Pair
	Weight float64 // a share of 1
}

// Weighed are the criteria by which applications are judged.
func (c *Call) Weighed() []weighed {
	all := make([]weighed, 0, len(c.Criteria))
	for _, k := range c.Criteria {
		all = append(all, weighed{locale.Pair{VI: k.LabelVI, EN: k.LabelEN}, float64(k.Weight) / basisPoints})
	}
	return all
}

// schemaOrg is what search engines are told: a programme with a deadline and a number of places.
func (c *Call) schemaOrg(origin string, lang locale.Lang) any {
	told := map[string]any{
		"@context": "https://schema.org", "@type": "EducationalOccupationalProgram",
		"name": c.Title().Text(lang), "url": origin + web.Path(lang, c.Path()), "inLanguage": string(lang),
		"applicationStartDate": locale.Day(c.OpensAt), "applicationDeadline": locale.Day(c.ClosesAt), "maximumEnrollment": c.Capacity,
		"provider": map[string]any{"@type": "Organization", "url": origin + "/"},
	}
	if text := sentence(c.Summary().Text(lang)); text != "" {
		told["description"] = text
	}
	return told
}

// mostSentence is how many characters search engines show of a description.
const mostSentence = 160

// sentence is the beginning of a text on one line, cut between two words.
func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	letters := []rune(text)
	if len(letters) <= mostSentence {
		return text
	}
	cut := string(letters[:mostSentence])
	if at := strings.LastIndex(cut, " "); at > 0 {
		cut = cut[:at]
	}
	return cut + "…"
}
