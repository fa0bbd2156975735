package notify

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// heldFor is how long a letter that is held in memory may wait. Its code has run out by then.
const heldFor = 10 * time.Minute

// SendCode mails a one-time code for a purpose ("sign_in", "email") to a reader. It goes at once, after the caller's
// transaction if there is one; the code is stored nowhere. That the mail does not arrive is no error: the mail log says it.
func SendCode(app core.App, purpose string, to Reader, code string, now time.Time) error {
	return SendCodeTo(app, purpose, to, code, "", now)
}

// SendCodeTo is SendCode with a link to the page where the code is entered. The link opens nothing by itself.
func SendCodeTo(app core.App, purpose string, to Reader, code, link string, now time.Time) error {
	return hand(app, to, content{kind: "code." + purpose, code: code, link: link}, now)
}

// hand writes a mail and sends it at once, past the queue. Its row in the outbox holds nothing that the mail says.
func hand(app core.App, to Reader, what content, now time.Time) error {
	p, err := of(app)
	if err != nil {
		return err
	}
	said, err := p.speech(app)
	if err != nil {
		return err
	}
	mail, err := p.compose(app, said, to, what)
	if err != nil {
		return fmt.Errorf("write a mail %s: %w", what.kind, err)
	}
	return p.carry(app, to, mail, now)
}

// carry sends a finished mail at once and notes in the outbox what became of it.
func (p *Post) carry(app core.App, to Reader, mail Mail, now time.Time) error {
	letter, err := newHeld(app, mail.Kind, to, now.Add(heldFor))
	if err != nil {
		return err
	}
	if err := app.Save(letter); err != nil {
		return fmt.Errorf("note a mail %s: %w", mail.Kind, err)
	}
	mail.Name = letter.Id
	send := func() {
		if err := p.sendHeld(letter.Id, mail, now); err != nil {
			p.app.Logger().Error("a mail was not sent", "kind", mail.Kind, "letter", letter.Id, "error", err)
		}
	}
	leave := send // a command or a test waits for it: nothing of theirs lives on
	if p.needs.Running {
		leave = func() { p.running.Go(send) } // whoever waits for an answer does not wait for a mail server
	}
	if tx := app.TxInfo(); tx != nil {
		tx.OnComplete(func(failed error) error {
			if failed == nil {
				leave()
			}
			return nil
		})
		return nil
	}
	leave()
	return nil
}

// sendHeld takes the letter's row, sends the mail and marks the row. There is one attempt: whoever waits for a code asks
// for another one.
func (p *Post) sendHeld(id string, mail Mail, now time.Time) error {
	letter, err := Outbox.Find(p.app, id)
	if err != nil {
		return err
	}
	group := []*Letter{letter}
	if taken, err := take(p.app, group, now); err != nil || !taken {
		return err
	}
	outcome := Outcome{Err: errNoServer}
	if p.needs.Sender != nil {
		mail.Key = letter.Batch()
		outcome.ID, outcome.Err = p.needs.Sender.Send(mail)
	}
	return p.mark(p.app, hours{}, group, []Outcome{outcome}, false, now)
}
