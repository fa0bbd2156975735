package site

import (
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Holidays are the special days of the years that somebody has confirmed.
var Holidays = record.Of[Holiday]("holidays")

// Holiday is one confirmed day: off for everybody, or worked although it is a weekend.
type Holiday struct{ core.BaseRecordProxy }

// Entry is what a manager says of a day.
type Entry struct {
	Day    string  `json:"day"` // YYYY-MM-DD
	Kind   vn.Kind `json:"kind"`
	NameVI string  `json:"name_vi"`
	NameEN string  `json:"name_en"` // may be empty
}

// newHoliday is a day as by has confirmed it.
func newHoliday(app core.App, said Entry, source, by string) (*Holiday, error) {
	h, err := Holidays.New(app)
	if err != nil {
		return nil, err
	}
	h.Set("day", said.Day)
	h.Set("kind", string(said.Kind))
	h.Set("name_vi", said.NameVI)
	h.Set("name_en", said.NameEN)
	h.Set("source", source)
	h.Set("confirmed_by", by)
	return h, nil
}

// Day is which day it is, YYYY-MM-DD.
func (h *Holiday) Day() string { return h.GetString("day") }

// Kind says what is special about it.
func (h *Holiday) Kind() vn.Kind { return vn.Kind(h.GetString("kind")) }

// Name is what people call it.
func (h *Holiday) Name() locale.Pair {
	return locale.Pair{VI: h.GetString("name_vi"), EN: h.GetString("name_en")}
}

// Source is the document in which it was decided.
func (h *Holiday) Source() string { return h.GetString("source") }

// ConfirmedBy is who has confirmed it.
func (h *Holiday) ConfirmedBy() string { return h.GetString("confirmed_by") }

// plain is the day as calendars count it.
func (h *Holiday) plain() (vn.Holiday, error) {
	d, err := vn.ParseDay(h.Day())
	return vn.Holiday{Day: d, Kind: h.Kind(), VI: h.Name().VI, EN: h.Name().EN}, err
}

// Called is the name of a day in both languages: as it was written down, or as the law's holidays are called.
func Called(words *locale.Dictionary, h vn.Holiday) locale.Pair {
	if h.Name == "" {
		return locale.Pair{VI: h.VI, EN: h.EN}
	}
	in := func(lang locale.Lang) string {
		name := words.Text(lang, "holiday."+h.Name, "number", strconv.Itoa(h.Number))
		if h.InLieu {
			name = words.Text(lang, "holiday.in_lieu", "of", name)
		}
		return name
	}
	return locale.Pair{VI: in(locale.Vietnamese), EN: in(locale.English)}
}
