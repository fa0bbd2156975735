package startups

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Startups are the cards by which the world knows a startup. What is not for the world stands in Privates.
var Startups = record.Of[Startup]("startups")

// Startup is one team and its product, from its first day in a cohort to whatever becomes of it.
type Startup struct{ core.BaseRecordProxy }

// The states of a startup.
const (
	StartupActive   lifecycle.State = "active"
	StartupDormant  lifecycle.State = "dormant"
	StartupClosed   lifecycle.State = "closed"
	StartupAcquired lifecycle.State = "acquired"
	StartupMerged   lifecycle.State = "merged"
	StartupFloated  lifecycle.State = "ipo"
)

// StartupLife is every legal move of a startup.
var StartupLife = lifecycle.Table{
	Collection: Startups.Collection,
	Start:      StartupActive,
	Ends:       []lifecycle.State{StartupClosed, StartupAcquired, StartupMerged, StartupFloated},
	Moves: []lifecycle.Move{
		lifecycle.Moved("startup", "rest", StartupDormant, StartupActive),
		lifecycle.Moved("startup", "wake", StartupActive, StartupDormant),
		lifecycle.Moved("startup", "close", StartupClosed, StartupActive, StartupDormant),
		lifecycle.Moved("startup", "acquire", StartupAcquired, StartupActive, StartupDormant),
		lifecycle.Moved("startup", "merge", StartupMerged, StartupActive, StartupDormant),
		lifecycle.Moved("startup", "float", StartupFloated, StartupActive, StartupDormant),
	},
}

// Visibility is who may see the card.
type Visibility string

// The visibilities, from the fewest readers to everybody.
const (
	Private   Visibility = "private"
	Ecosystem Visibility = "ecosystem"
	Investors Visibility = "investors"
	Public    Visibility = "public"
)

// Sectors and stages in the order in which people meet them; their words are sector.<code> and stage.<code>.
var (
	Sectors = []string{"agriculture", "manufacturing", "logistics", "energy", "education", "health", "safety", "circular", "software", "services"}
	Stages  = []string{"idea", "prototype", "mvp", "revenue", "growth"}
)

// stageFirst is where a startup begins that says nothing else.
const stageFirst = "idea"

// begun describes a startup that is not yet stored: active, private, at its first stage.
func begun(app core.App, name, slug, sector string, headcount int) (*Startup, error) {
	s, err := Startups.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("name", name)
	s.Set("slug", slug)
	s.Set("sector", sector)
	s.Set("stage", stageFirst)
	s.Set("headcount", headcount)
	s.Set("visibility", string(Private))
	return s, nil
}

// tabled describes a startup of a table, which is not yet stored: active, private, and of a sector and a stage that nobody has
// told.
func tabled(app core.App, name, slug, foundedOn, website string) (*Startup, error) {
	s, err := Startups.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("name", name)
	s.Set("slug", slug)
	s.Set("founded_on", foundedOn)
	s.Set("website", website)
	s.Set("visibility", string(Private))
	return s, nil
}

// Status is where the startup stands.
func (s *Startup) Status() lifecycle.State { return lifecycle.State(s.GetString("status")) }

// Slug is the last part of its public address.
func (s *Startup) Slug() string { return s.GetString("slug") }

// Name is what it calls itself.
func (s *Startup) Name() string { return s.GetString("name") }

// OneLiner says in a sentence what it does.
func (s *Startup) OneLiner() locale.Pair {
	return locale.Pair{VI: s.GetString("one_liner_vi"), EN: s.GetString("one_liner_en")}
}

// Story says in a few paragraphs what it does and why.
func (s *Startup) Story() locale.Pair {
	return locale.Pair{VI: s.GetString("story_vi"), EN: s.GetString("story_en")}
}

// Sector is one of Sectors; "" where nobody has told.
func (s *Startup) Sector() string { return s.GetString("sector") }

// Stage is one of Stages; "" where nobody has told.
func (s *Startup) Stage() string { return s.GetString("stage") }

// FoundedOn is a local day, or empty.
func (s *Startup) FoundedOn() string { return s.GetString("founded_on") }

// Area is where it works: a ward, a town.
func (s *Startup) Area() string { return s.GetString("area") }

// AdminUnit is the administrative unit that it declared, by its id, or empty. It stays what was declared when boundaries change.
func (s *Startup) AdminUnit() string { return s.GetString("admin_unit") }

// Website is its own site, or empty.
func (s *Startup) Website() string { return s.GetString("website") }

// Logo is the name of its picture's file, or empty.
func (s *Startup) Logo() string { return s.GetString("logo") }

// Clusters are the ids of the clusters of the programme it belongs to.
func (s *Startup) Clusters() []string { return s.GetStringSlice("clusters") }

// Headcount is how many people work in it; 0 is not said.
func (s *Startup) Headcount() int { return s.GetInt("headcount") }

// Visibility is who may see the card.
func (s *Startup) Visibility() Visibility { return Visibility(s.GetString("visibility")) }

// Sample says that the startup is made up, for a demo. Every page that shows it says so too.
func (s *Startup) Sample() bool { return s.GetBool("sample") }

// Listed says whether everybody may read the card.
func (s *Startup) Listed() bool { return s.Visibility() == Public && s.Status() != StartupClosed }

// Changed is when the card was last saved. It decides nothing.
func (s *Startup) Changed() time.Time { return s.GetDateTime("updated").Time() }

// sameAddress says whether both cards lead to the same public page. A page that was printed on a poster stays where it is.
func (s *Startup) sameAddress(was *Startup) bool { return s.Slug() == was.Slug() }

// refreshKeys keeps what a search and a sorted list compare: folded words, and the order of a Vietnamese dictionary.
func (s *Startup) refreshKeys(sector locale.Pair) {
	all := []string{s.Name(), s.OneLiner().VI, s.OneLiner().EN, sector.VI, sector.EN, s.Area()}
	s.Set("search_key", shortened(vn.Fold(strings.Join(all, " ")), 600))
	s.Set("sort_key", shortened(vn.SortKey(s.Name()), 400))
}

// Card is what its people may write of a startup.
type Card struct {
	Name       *string   `json:"name"`
	OneLinerVI *string   `json:"one_liner_vi"`
	OneLinerEN *string   `json:"one_liner_en"`
	StoryVI    *string   `json:"story_vi"`
	StoryEN    *string   `json:"story_en"`
	Sector     *string   `json:"sector"`
	Stage      *string   `json:"stage"`
	FoundedOn  *string   `json:"founded_on"`
	Area       *string   `json:"area"`
	AdminUnit  *string   `json:"admin_unit"`
	Website    *string   `json:"website"`
	Clusters   *[]string `json:"clusters"`
	Headcount  *int      `json:"headcount"`
	Visibility *string   `json:"visibility"`
	Rev        int       `json:"rev"`
}

// write puts what was sent into the card and leaves the rest.
func (s *Startup) write(c Card) {
	record.At(s, c.Rev)
	record.Sent(s, "name", c.Name)
	record.Sent(s, "one_liner_vi", c.OneLinerVI)
	record.Sent(s, "one_liner_en", c.OneLinerEN)
	record.Sent(s, "story_vi", c.StoryVI)
	record.Sent(s, "story_en", c.StoryEN)
	record.Sent(s, "sector", c.Sector)
	record.Sent(s, "stage", c.Stage)
	record.Sent(s, "founded_on", c.FoundedOn)
	record.Sent(s, "area", c.Area)
	record.Sent(s, "admin_unit", c.AdminUnit)
	record.Sent(s, "website", c.Website)
	record.Sent(s, "clusters", c.Clusters)
	record.Sent(s, "headcount", c.Headcount)
	record.Sent(s, "visibility", c.Visibility)
}

// plausible holds that the public reads the name as it was written, and a founding day that has come. Errors: startup.name_unseen,
// startup.founded_later.
func (s *Startup) plausible(now time.Time) error {
	unseen := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	switch day := s.FoundedOn(); {
	case strings.ContainsFunc(s.Name(), unseen):
		return fault.Field("name", "startup.name_unseen")
	case !endOf(day).IsZero() && day > vn.DayOf(now).String():
		return fault.Field("founded_on", "startup.founded_later")
	}
	return nil
}

// known says whether a code is one of a list.
func known(list []string, code string) bool { return slices.Contains(list, code) }

// setLogo takes a new picture, or none.
func (s *Startup) setLogo(sent []*filesystem.File) {
	if len(sent) == 0 {
		s.Set("logo", nil)
		return
	}
	s.Set("logo", sent[0])
}

// shortened cuts text to at most n letters.
func shortened(text string, n int) string {
	if letters := []rune(text); len(letters) > n {
		return string(letters[:n])
	}
	return text
}

// freeSlug makes an address of a name: "NắngMái" is nangmai, and a second one nangmai-2.
func freeSlug(app core.App, name string) (string, error) {
	base := slugged(name)
	for n := 1; n < 1000; n++ {
		slug := base
		if n > 1 {
			slug += "-" + itoa(n)
		}
		taken, err := app.CountRecords(Startups.Collection, dbx.HashExp{"slug": slug})
		if err != nil {
			return "", err
		}
		if taken == 0 {
			return slug, nil
		}
	}
	return "", fault.Field("name", "startup.name_taken")
}
