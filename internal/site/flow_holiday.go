package site

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/vn"
)

// mostDays is how many special days a year may have.
const mostDays = 60

// CalendarOf is the calendar by which the house counts working days: the years that managers have confirmed, and for the
// others what the law proposes. It reads the confirmed days anew at each call, so that no process works by an old one:
// ask once for a run, not once for a day.
func CalendarOf(app core.App) (vn.Calendar, error) {
	rows, err := Holidays.All(app)
	if err != nil {
		return vn.Calendar{}, err
	}
	confirmed := make([]vn.Holiday, 0, len(rows))
	for _, row := range rows {
		h, err := row.plain()
		if err != nil {
			return vn.Calendar{}, fmt.Errorf("read the holiday %s: %w", row.Id, err)
		}
		confirmed = append(confirmed, h)
	}
	return vn.NewCalendar(vn.OfficeWeek, confirmed), nil
}

// ConfirmYear says that exactly these are the special days of a year, by a document. Managers of the whole house only,
// and once: afterwards days are added and taken away one by one.
// Errors: access.sign_in, access.needs_manager, calendar.year, calendar.source, calendar.days, calendar.confirmed, holiday.twice,
// holiday.other_year, those of AddHoliday.
func ConfirmYear(app core.App, by access.Actor, year int, source string, days []Entry, now time.Time) ([]*Holiday, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	source = strings.TrimSpace(source)
	switch {
	case year < vn.FirstYear || year > vn.LastYear:
		return nil, fault.Field("year", "calendar.year")
	case source == "":
		return nil, fault.Field("source", "calendar.source")
	case len(days) == 0 || len(days) > mostDays:
		return nil, fault.Field("days", "calendar.days", "most", strconv.Itoa(mostDays))
	}
	var all []*Holiday
	err := app.RunInTransaction(func(tx core.App) error {
		there, err := confirmedIn(tx, year)
		switch {
		case err != nil:
			return err
		case len(there) > 0:
			return fault.Conflict("calendar.confirmed")
		}
		seen := map[string]bool{}
		for _, said := range days {
			switch {
			case seen[said.Day]:
				return fault.Field("days", "holiday.twice", "day", said.Day)
			case !strings.HasPrefix(said.Day, strconv.Itoa(year)+"-"):
				return fault.Field("days", "holiday.other_year", "day", said.Day)
			}
			seen[said.Day] = true
			h, err := keep(tx, said, source, by.ID)
			if err != nil {
				return err
			}
			all = append(all, h)
		}
		return lifecycle.Note(tx, by, now, "holidays", strconv.Itoa(year), "confirm",
			lifecycle.With(map[string]any{"year": year, "days": len(all)}))
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// AddHoliday adds a day to a year that was confirmed: a swapped day, a day that is worked instead, a day of the centre's own.
// Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, calendar.source, calendar.not_confirmed, holiday.day, holiday.kind,
// holiday.name, holiday.makeup, holiday.swap, holiday.twice.
func AddHoliday(app core.App, by access.Actor, said Entry, source string, now time.Time) (*Holiday, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	if source = strings.TrimSpace(source); source == "" {
		return nil, fault.Field("source", "calendar.source")
	}
	var h *Holiday
	err := app.RunInTransaction(func(tx core.App) error {
		d, err := vn.ParseDay(said.Day)
		if err != nil {
			return fault.Field("day", "holiday.day")
		}
		there, err := confirmedIn(tx, d.Year())
		switch {
		case err != nil:
			return err
		case len(there) == 0:
			return fault.Conflict("calendar.not_confirmed")
		}
		for _, other := range there {
			if other.Day() == said.Day {
				return fault.Field("day", "holiday.twice", "day", said.Day)
			}
		}
		if h, err = keep(tx, said, source, by.ID); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, "holidays", h.Id, "add", lifecycle.With(told(h)))
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// RemoveHoliday takes a confirmed day away. With its last day a year is no longer confirmed, and follows the proposal
// again. Managers of the whole house only. Errors: access.sign_in, access.needs_manager, record.not_found.
func RemoveHoliday(app core.App, by access.Actor, id string, now time.Time) error {
	if err := access.MayGovern(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		h, err := Holidays.Find(tx, id)
		if err != nil {
			return err
		}
		if err := tx.Delete(h); err != nil {
			return fmt.Errorf("take away the holiday %s: %w", id, err)
		}
		return lifecycle.Note(tx, by, now, "holidays", id, "remove", lifecycle.With(told(h)))
	})
}

// keep stores a day that means something.
func keep(tx core.App, said Entry, source, by string) (*Holiday, error) {
	said.NameVI, said.NameEN = strings.TrimSpace(said.NameVI), strings.TrimSpace(said.NameEN)
	if err := sound(said); err != nil {
		return nil, err
	}
	h, err := newHoliday(tx, said, source, by)
	if err != nil {
		return nil, err
	}
	return h, tx.Save(h)
}

// told is what the journal keeps of a day.
func told(h *Holiday) map[string]any { return map[string]any{"day": h.Day(), "kind": h.Kind()} }
