package web

import (
	"errors"
	"io/fs"
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// Deps are what the roof hands in.
type Deps struct {
	Files  fs.FS                          // pb_public
	Origin string                         // https://vuon.example; "" is the address of PocketBase's settings
	Live   bool                           // Files is a folder somebody is working in
	Words  *locale.Dictionary             // the words of both languages
	Centre func(core.App) (Centre, error) // whose house this is
	Known  locale.Pair                    // what the provider of identities is called by which people may sign in; empty is none
	Serves func(path string) bool         // whether a Vietnamese address is a page of ours; links to others are not shown
}

// Centre is whose house this is: what stands in the head and foot of every page.
type Centre struct {
	Short   string // the name in the head; "Vườn" when nobody has named the house
	Name    locale.Pair
	Area    locale.Pair
	Address locale.Pair
	Tagline locale.Pair
	Email   string
	Phone   string
	Website string
	Logo    string // address of its picture
}

// Site renders the pages of the house.
type Site struct {
	Assets *Assets
	deps   Deps
	sets   sync.Map // pages, name and language → parsed template
}

// Open makes a site. It refuses to be made without what every page needs.
func Open(deps Deps) (*Site, error) {
	if deps.Files == nil || deps.Words == nil || deps.Centre == nil || deps.Serves == nil {
		return nil, errors.New("the web room needs files, words, a centre and its pages")
	}
	return &Site{Assets: NewAssets(deps.Files, deps.Live), deps: deps}, nil
}

// siteKey is where the app keeps its site.
const siteKey = "web.site"

// Bind puts the site where handlers find it.
func Bind(app core.App, site *Site) { app.Store().Set(siteKey, site) }

// Of returns the site of app. Before Bind there is none, and the error says so.
func Of(app core.App) (*Site, error) {
	site, ok := app.Store().Get(siteKey).(*Site)
	if !ok {
		return nil, errors.New("this house has no site")
	}
	return site, nil
}

const sampleKey = "web.sample"

// MarkSample says on every page that names and figures are invented. A house filled for show calls it.
func MarkSample(app core.App) { app.Store().Set(sampleKey, true) }

// IsSample says whether the house was marked so.
func IsSample(app core.App) bool {
	marked, ok := app.Store().Get(sampleKey).(bool)
	return ok && marked
}

// Routes are the room's own: the files.
func Routes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /v/{version}/{path...}": func(e *core.RequestEvent) error {
			site, err := Of(e.App)
			if err != nil {
				return err
			}
			return site.Assets.serve(e)
		},
	}
}

// Words are those of both languages.
func (s *Site) Words() *locale.Dictionary { return s.deps.Words }

// Text returns the words for a key, for a route that answers in the language of whoever asks.
func (s *Site) Text(lang locale.Lang, key string) string { return s.deps.Words.Text(lang, key) }

// House is what the centre is called in a language: its name, or the short one where it has no other.
func (s *Site) House(app core.App, lang locale.Lang) (string, error) {
	centre, err := s.deps.Centre(app)
	if err != nil {
		return "", err
	}
	if name := centre.Name.Text(lang); name != "" {
		return name, nil
	}
	return centre.Short, nil
}
