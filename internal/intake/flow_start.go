package intake

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Newcomer is what somebody says of themselves who wants to apply and has no account, or does not say that they have one.
type Newcomer struct {
	Email string
	Name  string
	Title string // what they want to do; becomes the title of the draft
	Lang  locale.Lang
}

const longestTitle = 200 // characters

// Knock mails a code to somebody who wants to apply, and returns the ticket under which it is to be entered. It does not look
// whether the address has an account or an application: neither the answer nor its time can tell.
// Errors: page.missing, intake.not_open, start.email, start.name, start.title_long, sign_in.wait.
func Knock(app core.App, slug string, who Newcomer, now time.Time) (ticket string, err error) {
	c, err := called(app, slug, now)
	switch {
	case err != nil:
		return "", err
	case !c.Open:
		return "", fault.Conflict("intake.not_open")
	}
	email := mailAddress(who.Email)
	who.Name, who.Title = strings.Join(strings.Fields(tidy(who.Name)), " "), strings.Join(strings.Fields(tidy(who.Title)), " ")
	var wrong []error
	for _, w := range []struct {
		bad         bool
		field, code string
	}{
		{email == "", "email", "start.email"},
		{!isName(who.Name), "name", "start.name"},
		{!utf8.ValidString(who.Title) || utf8.RuneCountInString(who.Title) > longestTitle, "title", "start.title_long"},
	} {
		if w.bad {
			wrong = append(wrong, fault.Field(w.field, w.code))
		}
	}
	if err := fault.Fields(wrong...); err != nil {
		return "", err
	}
	ticket, err = needs(app).AskCode(app, email, who.Lang, func(ticket string) string { return startPath(slug, ticket) }, now)
	if err != nil {
		return "", err
	}
	s, err := newStart(app, c.ID, ticket, who.Name, who.Title, now)
	if err != nil {
		return "", err
	}
	if err := app.Save(s); err != nil {
		return "", fmt.Errorf("keep the beginning of an application to %s: %w", c.ID, err)
	}
	return ticket, nil
}

// startPath is the page at which the code of a ticket is entered.
func startPath(slug, ticket string) string { return "/intakes/" + slug + "/apply/" + ticket }

// Inside is what a right code opens: an application, and the token that leads into it.
type Inside struct {
	Application string
	Token       string // of a link that opens the application once, within ten minutes
}

// Admit takes the code that somebody enters under a ticket. The first right one for an address makes its account and a draft;
// whoever has one going in the intake finds it. Errors: sign_in.code_wrong, sign_in.code_over, sign_in.wait, sign_in.busy,
// sign_in.suspended, intake.not_open.
func Admit(ctx context.Context, app core.App, slug, ticket, digits string, lang locale.Lang, now time.Time) (*Inside, error) {
	s, err := record.OrNone(startOf(app, ticket))
	if err != nil {
		return nil, err
	}
	i, err := record.OrNone(intakeCalled(app, slug))
	switch {
	case err != nil:
		return nil, err
	case s == nil || i == nil || s.IntakeID() != i.Id || !s.HoldsAt(now):
		return nil, fault.Gone("sign_in.code_over")
	}
	user, err := needs(app).Enter(ctx, app, ticket, digits, s.FullName(), lang, now)
	if err != nil {
		return nil, err
	}
	var in Inside
	err = app.RunInTransaction(func(tx core.App) error {
		by := access.Actor{ID: user}
		a, err := Begin(tx, by, i.Id, "", now)
		if err != nil {
			return err
		}
		if title := s.Title(); title != "" && a.Title() == "" && a.Status() == ApplicationDraft {
			if a, err = Save(tx, by, a.Id, Words{Title: &title}, 0, now); err != nil {
				return err
			}
		}
		in.Application = a.Id
		if in.Token, err = makeLink(tx, a.Id, now.Add(handHolds)); err != nil {
			return err
		}
		if err := lifecycle.Note(tx, by, now, Applications.Collection, a.Id, "entered"); err != nil {
			return err
		}
		return tx.Delete(s)
	})
	if err != nil {
		return nil, err
	}
	return &in, nil
}
