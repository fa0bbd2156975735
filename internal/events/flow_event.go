package events

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// mayRun permits staff and managers over an event to work on it. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func mayRun(by access.Actor, event string) error { return access.MayWorkOn(by, PathOf(event)...) }

// ofEvent is a row that belongs to an event.
type ofEvent interface {
	core.RecordProxy
	EventID() string
}

// onEventRow lets whoever runs its event work on a row, as they have seen it. rev 0 sees it as it stands.
// Errors: access.sign_in, record.not_found, record.stale, and those of do.
func onEventRow[P ofEvent](app core.App, by access.Actor, kind record.Kind[P], id string, rev int, do func(core.App, P) error) (P, error) {
	if err := signed(by); err != nil {
		return *new(P), err
	}
	return record.Change(app, kind, id, func(tx core.App, p P) error {
		if err := mayRun(by, p.EventID()); err != nil {
			return err
		}
		if err := record.Seen(p, rev); err != nil {
			return err
		}
		return do(tx, p)
	})
}

// onEvent lets whoever runs an event work on it, as they have seen it.
func onEvent(app core.App, by access.Actor, id string, rev int, do func(core.App, *Event) error) (*Event, error) {
	if err := mayRun(by, id); err != nil {
		return nil, err
	}
	return record.Change(app, Events, id, func(tx core.App, v *Event) error {
		if err := record.Seen(v, rev); err != nil {
			return err
		}
		return do(tx, v)
	})
}

// signed permits the house itself and whoever is signed in.
func signed(by access.Actor) error {
	if by.House() {
		return nil
	}
	return access.MaySignedIn(by)
}

// PlanEvent writes an event down as a draft, which nobody else sees. Its address is made of its title where none was said. Staff and
// managers of the whole house. Errors: access.sign_in, access.needs_staff, event.slug, event.slug_taken, and those of the guards.
func PlanEvent(app core.App, by access.Actor, t EventTerms, now time.Time) (v *Event, err error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		if t.Slug == nil || strings.TrimSpace(*t.Slug) == "" {
			slug, err := freeSlug(tx, Events.Collection, trimmed(t.TitleVI))
			if err != nil {
				return err
			}
			t.Slug = &slug
		} else if err := addressFits(tx, *t.Slug, ""); err != nil {
			return err
		}
		if v, err = planned(tx, by.ID, t); err != nil {
			return err
		}
		if err := tx.Save(v); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Events.Collection, v.Id, "plan")
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// EditEvent changes what is said of an event. Whoever has a ticket hears of it when the hour or the place of a published one moves:
// the journal says so as events.move. Staff over it. Errors: access.sign_in, record.not_found, record.stale, event.over, event.past,
// event.refund_relied, event.slug, event.slug_taken, and those of the guards.
func EditEvent(app core.App, by access.Actor, id string, t EventTerms, now time.Time) (*Event, error) {
	return onEvent(app, by, id, t.Rev, func(tx core.App, v *Event) error {
		was, err := Events.Find(tx, id)
		if err != nil {
			return err
		}
		if t.Slug != nil && strings.TrimSpace(*t.Slug) == "" {
			t.Slug = nil
		}
		if t.Slug != nil && *t.Slug != was.Slug() {
			if err := addressFits(tx, *t.Slug, id); err != nil {
				return err
			}
		}
		v.write(t)
		if was.Status() == EventPublished && !v.StartsAt().Equal(was.StartsAt()) && !now.Before(v.StartsAt()) {
			return fault.Field("starts_at", "event.past")
		}
		changed := record.Changed(v)
		if err := tx.Save(v); err != nil {
			return err
		}
		detail := lifecycle.With(map[string]any{"fields": changed})
		if was.Status() == EventPublished && !v.sameHour(was) {
			return lifecycle.Note(tx, by, now, Events.Collection, v.Id, "move", detail)
		}
		return lifecycle.Note(tx, by, now, Events.Collection, v.Id, "edit", detail)
	})
}

// PublishEvent shows an event to everybody, and opens its sale. Staff over it. Errors: access.sign_in, record.not_found, record.stale,
// lifecycle.not_now, event.past, event.no_place, event.no_tickets.
func PublishEvent(app core.App, by access.Actor, id string, rev int, now time.Time) (*Event, error) {
	return onEvent(app, by, id, rev, func(tx core.App, v *Event) error {
		types, err := typesOf(tx, id)
		if err != nil {
			return err
		}
		for _, missing := range v.missing(types, now) {
			switch missing {
			case lacksHour:
				return fault.Field("starts_at", "event.past")
			case lacksPlace:
				return fault.Field("venue", "event.no_place")
			default:
				return fault.Conflict("event.no_tickets")
			}
		}
		v.setPublished(now)
		return EventLife.Fire(tx, v, "publish", by, now)
	})
}

// What keeps a draft from being shown; their words are event_page.missing_<code>.
const (
	lacksHour  = "hour"
	lacksPlace = "place"
	lacksTypes = "types"
)

// missing says what an event lacks before it can be shown at now.
func (v *Event) missing(types []*Type, now time.Time) []string {
	lacks := []string{}
	if !now.Before(v.StartsAt()) {
		lacks = append(lacks, lacksHour)
	}
	if v.Mode() != Online && v.Venue() == "" && v.Address() == "" || v.Mode() == Online && v.StreamURL() == "" {
		lacks = append(lacks, lacksPlace)
	}
	for _, y := range types {
		if !y.Withdrawn() {
			return lacks
		}
	}
	return append(lacks, lacksTypes)
}

// CloseEvent ends the work on an event that is over: from then on its figures stay. Staff over it.
// Errors: access.sign_in, record.not_found, record.stale, lifecycle.not_now, event.not_over, event.unsettled.
func CloseEvent(app core.App, by access.Actor, id string, rev int, now time.Time) (*Event, error) {
	return onEvent(app, by, id, rev, func(tx core.App, v *Event) error {
		if !v.Past(now) {
			return fault.Conflict("event.not_over")
		}
		left, err := unsettled(tx, id)
		switch {
		case err != nil:
			return err
		case left > 0:
			return fault.Conflict("event.unsettled")
		}
		return EventLife.Fire(tx, v, "close", by, now)
	})
}

// PlanSeries makes a series that events can belong to. Staff and managers of the whole house.
// Errors: access.sign_in, access.needs_staff, series.title.
func PlanSeries(app core.App, by access.Actor, t SeriesTerms, now time.Time) (s *Series, err error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		if trimmed(t.TitleVI) == "" {
			return fault.Field("title_vi", "series.title")
		}
		slug, err := freeSlug(tx, AllSeries.Collection, trimmed(t.TitleVI))
		if err != nil {
			return err
		}
		t.Slug = &slug
		if s, err = AllSeries.New(tx); err != nil {
			return err
		}
		s.write(t)
		if err := tx.Save(s); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, AllSeries.Collection, s.Id, "plan")
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// EditSeries changes what a series is called; its address stays. Staff and managers of the whole house.
// Errors: access.sign_in, access.needs_staff, record.not_found, record.stale, series.title.
func EditSeries(app core.App, by access.Actor, id string, t SeriesTerms, now time.Time) (*Series, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, AllSeries, id, func(tx core.App, s *Series) error {
		t.Slug = nil
		s.write(t)
		if s.Title().VI == "" {
			return fault.Field("title_vi", "series.title")
		}
		if err := tx.Save(s); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, AllSeries.Collection, s.Id, "edit")
	})
}

func trimmed(text *string) string {
	if text == nil {
		return ""
	}
	return strings.TrimSpace(*text)
}

// addressFits refuses an address that is none, or that another event has. Errors: event.slug, event.slug_taken.
func addressFits(app core.App, slug, own string) error {
	if slugOf(slug) != slug {
		return fault.Field("slug", "event.slug")
	}
	n, err := app.CountRecords(Events.Collection, dbx.HashExp{"slug": slug}, dbx.Not(dbx.HashExp{"id": own}))
	if err == nil && n > 0 {
		err = fault.Field("slug", "event.slug_taken")
	}
	return err
}

// freeSlug is an address made of a title, with a number behind it where the plain one is taken.
func freeSlug(app core.App, collection, title string) (string, error) {
	base := slugOf(title)
	if base == "" {
		base = "su-kien"
	}
	for n := 1; n < 1000; n++ {
		slug := base
		if n > 1 {
			slug = base + "-" + strconv.Itoa(n)
		}
		there, err := app.CountRecords(collection, dbx.HashExp{"slug": slug})
		if err != nil || there == 0 {
			return slug, err
		}
	}
	return "", errors.New("a thousand events have one title")
}

// slugOf is a title as the last part of an address, at most 70 letters.
func slugOf(title string) string {
	var b strings.Builder
	for _, r := range vn.Fold(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 70 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
