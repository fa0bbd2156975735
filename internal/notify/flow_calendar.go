package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/booking/ics"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// calendarOf is the file that a letter carries for its reader's calendar; nil for none. It says what the mail's subject says,
// and leads where the mail leads unless that is a secret. It is the same at every attempt: a carrier that remembers a
// mail refuses another one under its key.
func (p *Post) calendarOf(app core.App, l *Letter, mail Mail) ([]byte, error) {
	when, err := l.When()
	if err != nil || when.UID == "" {
		return nil, err
	}
	centre, err := p.needs.Centre(app)
	if err != nil {
		return nil, err
	}
	e := ics.Event{
		UID: when.UID + "@vuon", Sequence: sequenceOf(when), Stamp: l.Due(),
		Starts: when.Starts, Ends: when.Ends, Days: wholeDays(when), Summary: mail.Subject,
	}
	if e.Days {
		e.Starts, e.Ends = e.Starts.In(locale.Zone), e.Ends.In(locale.Zone)
	}
	if l.Secret().Kind == "" {
		e.URL, e.Note = mail.Link, mail.Link // some calendars show no address
	}
	method := ics.Publish
	if when.Over {
		method = ics.Cancel
	}
	file, err := ics.Calendar{House: centre.Text(mail.Lang), Lang: string(mail.Lang), Method: method, Events: []ics.Event{e}}.Bytes()
	if err != nil { // a time that no calendar could read keeps no mail back
		p.app.Logger().Error("a mail goes without its time", "letter", l.Id, "error", err)
		return nil, nil
	}
	return file, nil
}

// sequenceOf lets a cancelled time be newer than the time itself, and one that takes place after all newer than that.
func sequenceOf(w notice.When) int {
	if w.Over {
		return 2*w.Sequence + 1
	}
	return 2 * w.Sequence
}

// wholeDays says whether a time goes from one local midnight to a later one.
func wholeDays(w notice.When) bool {
	_, started := dayOf(w.Starts)
	_, ended := dayOf(w.Ends)
	return started == 0 && ended == 0 && w.Ends.Sub(w.Starts) >= 24*time.Hour
}
