package events

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// staffNotices are what whoever runs events has people told, and is told.
func staffNotices() []notice.Rule {
	return []notice.Rule{
		{Key: "event_message", Class: notice.Transactional, Due: justWritten},
		{Key: "order_stuck", Class: notice.Transactional, Due: needAttention},
	}
}

// stillNews is how long after it was sent a message still goes out, should the house have been away.
const stillNews = 3 * 24 * time.Hour

// justWritten tells attendees what whoever runs their event has written to them. The mail carries the words themselves: most of its
// readers have no account in which they could read them.
func justWritten(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := lettersSince(tx, now.Add(-stillNews))
	due := make([]notice.Due, 0, len(all))
	for _, l := range all {
		d := notice.Due{
			Dedup: "event-message:" + l.Message + ":" + fingerprint(l.Address), User: l.User, Mail: true, Link: "/events/" + l.Slug, Until: l.SentAt.Time().Add(stillNews),
			Args: map[string]string{
				"title_vi": l.EventVI, "title_en": l.EventEN, "subject_vi": l.SubjectVI, "subject_en": l.SubjectEN, "words_vi": l.BodyVI, "words_en": l.BodyEN,
			},
			Why: "whoever runs the event wrote to its people",
		}
		if l.User == "" {
			d.Address, d.Locale = l.Address, l.Locale
		}
		due = append(due, d)
	}
	return due, err
}

// fingerprint stands for an address in the key of a notice, which names nobody.
func fingerprint(address string) string {
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:8])
}

// needAttention tells whoever runs an event that money came for an order whose seats were gone.
func needAttention(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := attendedSince(tx, now.Add(-stillNews))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var due []notice.Due
	var holdings []access.Holding
	for _, role := range runners {
		h, err := access.Standing(tx, role, now)
		if err != nil {
			return nil, err
		}
		holdings = append(holdings, h)
	}
	for _, a := range all {
		var who []string
		for _, h := range holdings {
			who = append(who, h.Over(PathOf(a.Event)...)...)
		}
		slices.Sort(who)
		for _, user := range slices.Compact(who) {
			due = append(due, notice.Due{
				Dedup: "order-stuck:" + a.Entry + ":" + user, User: user, Mail: true, Link: "/app/events/" + a.Event + "/orders/" + a.Order,
				Args: map[string]string{"title_vi": a.TitleVI, "title_en": a.TitleEN}, Why: "money came for an order without seats",
			})
		}
	}
	return due, nil
}
