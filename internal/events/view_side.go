package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
)

// side is an event as every page about it names it.
type side struct{ *Event }

// Path is where its own page stands.
func (s side) Path() string { return "/events/" + s.Slug() }

// Address is the same: whatever has a page calls it so.
func (s side) Address() string { return s.Path() }

// AddressLine is where the place is.
func (s side) AddressLine() string { return s.Event.Address() }

// Map is a map of the place, if what staff wrote is an address of the web.
func (s side) Map() string { return onWeb(s.MapURL()) }

// onWeb is an address that may stand in a link, or nothing.
func onWeb(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// orderLine is how many of a kind are ordered, and what they cost together.
type orderLine struct {
	Name  locale.Pair
	Count int
	Sum   Dong
}

// orderTicket is one ticket of an order as its page shows it.
type orderTicket struct {
	*Ticket
	N         int
	Type      locale.Pair
	Path      string // its secret link; "" while it lets nobody in
	Name      string // of who comes with it
	NameID    string // of the field of that name
	Questions []asking
	Shown     string // the name, or what it is called for lack of one
}

// asking is one question to who comes with a ticket, as a form shows it.
type asking struct {
	ID       string
	Kind     string
	Label    locale.Pair
	Options  []string
	Required bool
	Said     []string
}

// Text is what was said in words.
func (a asking) Text() string { return strings.Join(a.Said, ", ") }

// Is says whether something was chosen.
func (a asking) Is(option string) bool {
	for _, said := range a.Said {
		if said == option {
			return true
		}
	}
	return false
}

// wrong is why something was refused: a key of the dictionary, what fills its slot, and the field that it is about.
type wrong struct{ ID, Code, Slot, Value string }

// wrongs are the refusals of a form by field.
type wrongs map[string]*wrong

// At is what is wrong about a field.
func (w wrongs) At(id string) *wrong { return w[id] }

// wrongOf sorts a refusal into the fields of a form.
func wrongOf(f *fault.Fault) (wrongs, []*wrong) {
	by := wrongs{}
	var all []*wrong
	for _, one := range append([]*fault.Fault{f}, f.Also...) {
		w := &wrong{Code: one.Code}
		if one.Kind == fault.KindField && one.Field != "_" && one.Field != "body" {
			w.ID = one.Field
		}
		for slot, value := range one.Slots {
			w.Slot, w.Value = slot, value
		}
		if w.ID != "" {
			by[w.ID] = w
		}
		all = append(all, w)
	}
	return by, all
}

// linesOf counts the tickets of an order by their kind, in the order of the list.
func linesOf(tickets []orderTicket) (lines []orderLine) {
	at := map[string]int{}
	for _, k := range tickets {
		i, known := at[k.TypeID()]
		if !known {
			i = len(lines)
			at[k.TypeID()] = i
			lines = append(lines, orderLine{Name: k.Type})
		}
		lines[i].Count++
		lines[i].Sum += k.Price()
	}
	return lines
}

// tileOf is the drawing of the cluster that an event serves; 0 is none.
func tileOf(app core.App, cluster string) (int, error) {
	if cluster == "" || asked(app).Tile == nil {
		return 0, nil
	}
	return asked(app).Tile(app, cluster)
}

// masked is a mail address that its owner knows again, and nobody else reads.
func masked(address string) string {
	name, host, ok := strings.Cut(address, "@")
	letters := []rune(name)
	if !ok || len(letters) == 0 {
		return ""
	}
	return string(letters[:min(2, len(letters))]) + "…@" + host
}

// runsDown is within how long a clock runs down on a page; what is further away is a date.
const runsDown = 6 * time.Hour
