package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// dispatch makes the mails and sends them, outside of any transaction.
func (p *Post) dispatch(app core.App, group []*Letter, readers []Reader, now time.Time) []Outcome {
	outcomes := make([]Outcome, len(group))
	var mails []Mail
	var of []int
	said, unsaid := p.speech(app)
	for i, l := range group {
		mail, err := Mail{}, unsaid
		if err == nil {
			mail, err = p.written(app, said, l, readers[i], now)
		}
		if err != nil {
			outcomes[i].Err = err
			continue
		}
		mails, of = append(mails, mail), append(of, i)
	}
	if p.needs.Sender == nil {
		for i := range outcomes {
			outcomes[i].Err = errNoServer
		}
		return outcomes
	}
	for i, o := range handOver(p.needs.Sender, group[0].Batch(), mails) {
		outcomes[of[i]] = o
	}
	return outcomes
}

func handOver(s Sender, key string, mails []Mail) []Outcome {
	if bulk, ok := s.(Bulk); ok && len(mails) > 1 {
		return bulk.SendAll(key, mails)
	}
	outcomes := make([]Outcome, len(mails))
	for i, m := range mails {
		outcomes[i].ID, outcomes[i].Err = s.Send(m)
	}
	return outcomes
}

// written is the mail that a letter becomes.
func (p *Post) written(app core.App, s speech, l *Letter, to Reader, now time.Time) (Mail, error) {
	args, err := l.Args()
	if err != nil {
		return Mail{}, err
	}
	link, err := p.linkOf(app, to, l.Link(), l.Secret(), now)
	if err != nil {
		return Mail{}, err
	}
	first, err := firstOf(app, l)
	if err != nil {
		return Mail{}, err
	}
	items, err := p.itemsOf(app, s, first, to.lang())
	if err != nil {
		return Mail{}, err
	}
	mail, err := p.compose(app, s, to, content{
		kind: l.Kind(), class: l.Class(), letter: first.Id, secret: l.Secret().Kind, args: args, link: link, items: items,
	})
	if err != nil {
		return Mail{}, err
	}
	mail.Name, mail.Key = l.Id, l.Batch()
	mail.Calendar, err = p.calendarOf(app, l, mail)
	return mail, err
}

// firstOf is the letter that a copy was made of: a copy tells of what the first one told of, and stops what that one stops.
func firstOf(app core.App, l *Letter) (_ *Letter, err error) {
	for err == nil && l.Again() != "" {
		l, err = Outbox.Find(app, l.Again())
	}
	return l, err
}

// itemsOf are the lines of a letter that others were folded into.
func (p *Post) itemsOf(app core.App, s speech, l *Letter, lang locale.Lang) (items []item, err error) {
	if l.Kind() != digestKind {
		return nil, nil
	}
	folded, err := foldedInto(app, l.Id)
	for _, f := range folded {
		args, err := f.Args()
		if err != nil {
			return nil, err
		}
		title, body := s.line(lang, f.Kind(), args)
		items = append(items, item{title, body, p.absolute(app, f.Link())})
	}
	return items, err
}

func (p *Post) readerOf(app core.App, l *Letter) (Reader, error) {
	if l.User() == "" {
		return Reader{Address: l.Address(), Lang: l.Lang()}, nil
	}
	return p.needs.Reader(app, l.User())
}
