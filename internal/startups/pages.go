package startups

import (
	"embed"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/locale"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the room's templates.
var Pages = web.NewPages("startups", files)

// Card is the startup as every list shows it.
func (l *Listing) Card() web.Card {
	c := web.Card{
		Name: l.Name, Path: l.path(), Logo: l.picture(), Label: "sector." + l.Sector, Dot: dot(l.Sector), Text: l.OneLiner(),
		Facts: []web.Fact{{Key: "stage." + l.Stage}},
	}
	if l.Headcount > 0 {
		c.Facts = append(c.Facts, web.Fact{Key: "startup.people", Count: true, N: l.Headcount})
	} else {
		c.Facts = append(c.Facts, web.Fact{Key: "startup.people_unsaid"})
	}
	if l.Sample {
		c.Tag = "page.sample_one"
	}
	return c
}

// Address is the startup's page, for search engines.
func (l *Listing) Address() web.URL {
	u := web.URL{Path: l.path()}
	if at, err := types.ParseDateTime(l.Updated); err == nil {
		u.Changed = at.Time()
	}
	return u
}

func (l *Listing) path() string { return "/startups/" + l.Slug }

func (l *Listing) picture() string {
	if l.Logo == "" {
		return ""
	}
	return "/api/files/" + Startups.Collection + "/" + l.ID + "/" + l.Logo
}

// dot is one of the five colours of sectors.
func dot(sector string) int { return 1 + max(0, slices.Index(Sectors, sector))%5 }

// shelf is what the directory shows.
type shelf struct {
	Text     string
	Facets   []facet
	Chips    []chip
	Cards    []web.Card
	Fit, All int64
	First    string // address of the first page, on a later one
	Next     string // address of the next page
	Clear    string // address without any filter
}

// facet is one group of filters.
type facet struct {
	Name    string // of the field
	Key     string // of its words
	Options []option
}

// option is one filter: its words stand in the dictionary, or are those of a cluster.
type option struct {
	Value string
	Key   string
	Title locale.Pair
	Dot   int // colour of a sector
	N     int64
	On    bool
}

// chip is a filter that is on, with the address that takes it off.
type chip struct {
	Key   string
	Title locale.Pair
	Text  string
	Off   string
}

// browse shows the directory: ?q= searches, ?sector= ?stage= ?cluster= ?unit= narrow, each as often as one likes, ?after= is the slug
// with which the page before ended.
func browse(e *core.RequestEvent) error {
	ctx, query := e.Request.Context(), e.Request.URL.Query()
	clusters, err := asked(e.App).Clusters(e.App)
	if err != nil {
		return err
	}
	w := wish{text: query.Get("q"), sectors: only(query["sector"], Sectors), stages: only(query["stage"], Stages)}
	for _, c := range clusters {
		if slices.Contains(query["cluster"], strconv.Itoa(c.Number)) {
			w.clusters = append(w.clusters, c.ID)
		}
	}
	units, err := asked(e.App).Units(e.App)
	if err != nil {
		return err
	}
	w.units = lines(units, query["unit"])
	rows, err := directory(ctx, e.App, w, query.Get("after"))
	if err != nil {
		return err
	}
	s := shelf{Text: w.text, Clear: "/startups"}
	if s.Fit, s.All, err = counted(ctx, e.App, w); err != nil {
		return err
	}
	counts, err := tallies(ctx, e.App, w)
	if err != nil {
		return err
	}
	s.Facets = []facet{
		{Name: "sector", Key: "directory.sector", Options: options(Sectors, "sector.", counts.sectors, w.sectors)},
		{Name: "stage", Key: "directory.stage", Options: options(Stages, "stage.", counts.stages, w.stages)},
		{Name: "cluster", Key: "directory.cluster", Options: clusterOptions(clusters, counts.clusters, w.clusters)},
		{Name: "unit", Key: "directory.unit", Options: unitOptions(units, counts.units, query["unit"], asked(e.App).Words)},
	}
	s.chips(query)
	if rows, more := web.Cut(rows, directoryPage, func(l Listing) string { return l.Slug }); true {
		for i := range rows {
			s.Cards = append(s.Cards, rows[i].Card())
		}
		if more != "" {
			s.Next = address(query, "after", more)
		}
	}
	if query.Get("after") != "" {
		s.First = address(query, "after", "")
	}
	return web.Render(e, Pages, "directory", web.Page{Key: "directory", Section: "/startups", Data: s})
}

// show is a startup's own page. A private one is answered as one that does not exist.
func show(e *core.RequestEvent) error {
	l, err := listing(e.Request.Context(), e.App, e.Request.PathValue("slug"))
	if err != nil {
		return err
	}
	v := leaf{Listing: l, Picture: l.picture(), Dot: dot(l.Sector)}
	if v.Mine, err = l.clusters(e.App); err != nil {
		return err
	}
	if at, err := time.ParseInLocation(time.DateOnly, l.FoundedOn, locale.Zone); err == nil {
		v.Founded = at
	}
	lang := web.Lang(e.Request)
	v.Told, v.ToldIn = l.Story().In(lang)
	v.Untranslated = v.ToldIn != lang
	return web.Render(e, Pages, "startup", web.Page{
		Title: l.Name, Description: l.OneLiner().Text(lang), Section: "/startups", Image: l.picture(), JSONLD: l.told(web.Origin(e.App), lang), Data: v,
	})
}

// leaf is what a startup's page shows.
type leaf struct {
	*Listing
	Picture string
	Dot     int
	Mine    []Cluster
	Founded time.Time // zero is not said

	Told         string      // the story in the reader's language, or else in the other
	ToldIn       locale.Lang // the language it is told in
	Untranslated bool
}

func (l *Listing) clusters(app core.App) ([]Cluster, error) {
	var ids []string
	if err := json.Unmarshal([]byte(l.Clusters), &ids); err != nil {
		return nil, err
	}
	all, err := asked(app).Clusters(app)
	return slices.DeleteFunc(all, func(c Cluster) bool { return !slices.Contains(ids, c.ID) }), err
}

// told is what search engines are told about the startup, as schema.org has it.
func (l *Listing) told(origin string, lang locale.Lang) any {
	about := map[string]any{
		"@context": "https://schema.org", "@type": "Organization", "name": l.Name, "url": origin + web.Path(lang, l.path()),
	}
	for key, value := range map[string]string{"description": l.OneLiner().Text(lang), "foundingDate": l.FoundedOn, "sameAs": l.Website} {
		if value != "" {
			about[key] = value
		}
	}
	if l.Logo != "" {
		about["logo"] = origin + l.picture()
	}
	if l.Headcount > 0 {
		about["numberOfEmployees"] = map[string]any{"@type": "QuantitativeValue", "value": l.Headcount}
	}
	return about
}

// only keeps of what was asked what there is.
func only(asked, all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return !slices.Contains(asked, one) })
}

func options(all []string, words string, counts []tally, on []string) []option {
	var list []option
	for _, value := range all {
		if i := slices.IndexFunc(counts, func(t tally) bool { return t.Value == value }); i >= 0 {
			o := option{Value: value, Key: words + value, N: counts[i].N, On: slices.Contains(on, value)}
			if words == "sector." {
				o.Dot = dot(value)
			}
			list = append(list, o)
		}
	}
	return list
}

func clusterOptions(all []Cluster, counts []tally, on []string) []option {
	var list []option
	for _, c := range all {
		if i := slices.IndexFunc(counts, func(t tally) bool { return t.Value == c.ID }); i >= 0 {
			list = append(list, option{Value: strconv.Itoa(c.Number), Title: c.Title, N: counts[i].N, On: slices.Contains(on, c.ID)})
		}
	}
	return list
}

// chips lists what is on, each with the address that takes it off.
func (s *shelf) chips(query url.Values) {
	if s.Text != "" {
		s.Chips = append(s.Chips, chip{Text: s.Text, Off: address(query, "q", "")})
	}
	for _, f := range s.Facets {
		for _, o := range f.Options {
			if !o.On {
				continue
			}
			left := clone(query)
			left[f.Name] = slices.DeleteFunc(left[f.Name], func(v string) bool { return v == o.Value })
			s.Chips = append(s.Chips, chip{Key: o.Key, Title: o.Title, Off: address(left, "", "")})
		}
	}
}

// address is the directory's address with one part set or, when value is "", taken away. A new filter begins at the first page.
func address(query url.Values, name, value string) string {
	left := clone(query)
	left.Del("after")
	left.Del(name)
	if value != "" {
		left.Set(name, value)
	}
	for key, values := range left {
		if len(values) == 0 || values[0] == "" {
			left.Del(key)
		}
	}
	if text := left.Encode(); text != "" {
		return "/startups?" + text
	}
	return "/startups"
}

func clone(query url.Values) url.Values {
	copied := url.Values{}
	for _, name := range []string{"q", "sector", "stage", "cluster", "unit", "after"} { // what a stranger adds is not carried on
		copied[name] = slices.Clone(query[name])
	}
	return copied
}
