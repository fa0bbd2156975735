package notify

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Mail is one finished mail.
type Mail struct {
	Kind    string
	To      string // an address
	Lang    locale.Lang
	Subject string // tells no outcome and holds no code: telephones show it on a locked screen
	Text    string
	HTML    string
	Code    string // the one-time code that it carries, if any; stored nowhere
	Link    string // the address that its button opens, if any
	Name    string // a name of the letter, the same at every attempt, so that a mail server may drop a second copy
	Key     string // under which it is handed over: a carrier that remembers it takes it once

	Unsubscribe string // the address that takes its reader off the list of its kind, by one POST; "" for what cannot be declined
	Calendar    []byte // a file for the reader's calendar; nil for none
}

// Reader is whom a mail goes to.
type Reader struct {
	ID      string // id of the user; "" for somebody without an account
	Name    string // for the greeting; "" when it is not known
	Address string
	Lang    locale.Lang
	Gone    bool // suspended or erased: nobody to write to
}

// lang is the language that they are written to in.
func (r Reader) lang() locale.Lang {
	if r.Lang == "" {
		return locale.Vietnamese
	}
	return r.Lang
}

// content is what one mail has to say, before it has words.
type content struct {
	kind   string            // key of the rule, or of a mail that no rule sends
	class  notice.Class      // of the rule; "" for a mail that no rule sends
	letter string            // its row in the outbox; "" for a mail that is never queued
	secret string            // kind of the secret link, "" for none
	args   map[string]string // slots of the words
	link   string            // path in the house, or an address
	code   string
	items  []item // what a digest tells of
}

// item is one line of a digest.
type item struct{ Title, Body, Link string }

// compose writes a mail in the language of its reader.
func (p *Post) compose(app core.App, s speech, to Reader, what content) (Mail, error) {
	lang := to.lang()
	centre, err := p.needs.Centre(app)
	if err != nil {
		return Mail{}, err
	}
	args := spoken(lang, what.args)
	args["centre"] = centre.Text(lang)
	frame, words := s.shelf.frame[lang], s.mail(lang, what)
	page := page{
		Lang: lang, Subject: filled(words.subject, args), Centre: args["centre"], Code: what.code, Button: filled(words.button, args),
		Items: what.items,
		Hello: frame.stranger, ByHand: frame.byHand, Foot: filled(frame.foot, args),
	}
	if to.Name != "" {
		page.Hello = filled(frame.hello, map[string]string{"name": to.Name})
	}
	for _, part := range words.body {
		page.Body = append(page.Body, paragraphs(filled(part, args))...) // what a person wrote may have several
	}
	if what.link != "" {
		page.Link = p.absolute(app, what.link)
	}
	if page.Choice, err = p.choiceOf(app, s, to, what); err != nil {
		return Mail{}, err
	}
	mail := Mail{
		Kind: what.kind, To: to.Address, Lang: lang, Subject: page.Subject, Code: what.code, Link: page.Link, Unsubscribe: page.Choice.Stop,
	}
	var plain, rich bytes.Buffer
	if err := s.shelf.plain.Execute(&plain, page); err != nil {
		return Mail{}, err
	}
	if err := s.shelf.rich.Execute(&rich, page); err != nil {
		return Mail{}, err
	}
	mail.Subject, mail.Text, mail.HTML = norm.NFC.String(mail.Subject), norm.NFC.String(plain.String()), norm.NFC.String(rich.String()) // some programs show marks apart
	return mail, nil
}

// choiceOf is what the foot of a mail says of why it came, and how to have no more of them. Where there is no choice it only
// leads a person of the house to what there is to choose.
func (p *Post) choiceOf(app core.App, s speech, to Reader, what content) (c choice, err error) {
	frame := s.shelf.frame[to.lang()]
	if to.ID == "" || what.class == "" { // a code and a link that somebody has asked for lead nowhere else
		return c, nil
	}
	c.Wishes, c.ToWishes = p.absolute(app, wishesPath), frame.wishes
	if what.class != notice.Reminder && what.class != notice.Digest {
		return c, nil
	}
	c.Why, c.ToStop = filled(frame.why, map[string]string{"kind": s.name(to.lang(), what.kind)}), frame.stop
	link := stop{user: to.ID, kind: what.kind}
	if what.kind == digestKind {
		c.Why, c.ToStop = frame.whyDigest, frame.stopDigest
		link.digest = what.letter
	}
	c.Stop, err = p.stopAddress(app, to.lang(), link)
	return c, err
}

// choice is what a reader may do about mails like this one.
type choice struct {
	Why              string
	Stop, ToStop     string // address and words; "" where nothing can be stopped
	Wishes, ToWishes string
}

// page is what the two layouts are filled with.
type page struct {
	Lang            locale.Lang
	Subject, Centre string
	Hello           string
	Body            []string
	Items           []item
	Code            string
	Link, Button    string
	ByHand, Foot    string
	Choice          choice
}

// absolute makes an address of a path of the house.
func (p *Post) absolute(app core.App, link string) string {
	if u, err := url.Parse(link); err == nil && u.IsAbs() {
		return link
	}
	return p.needs.PublicURL(app) + link
}

// spoken writes the values of a notice for a reader: an instant and a day as the language writes them, and of a pair such
// as title_vi and title_en the one that is theirs, as title.
func spoken(lang locale.Lang, args map[string]string) map[string]string {
	out := make(map[string]string, len(args)+1)
	for name, value := range args {
		if base, ok := strings.CutSuffix(name, "_vi"); ok {
			out[base] = locale.Pair{VI: value, EN: args[base+"_en"]}.Text(lang)
			continue
		}
		if base, ok := strings.CutSuffix(name, "_en"); ok {
			out[base] = locale.Pair{VI: args[base+"_vi"], EN: value}.Text(lang)
			continue
		}
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			value = locale.Clock(at) + ", " + locale.Date(lang, at)
		} else if day, err := time.ParseInLocation(time.DateOnly, value, locale.Zone); err == nil {
			value = locale.Date(lang, day)
		}
		out[name] = value
	}
	return out
}

func filled(text string, args map[string]string) string {
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func flat(args map[string]string) []string {
	pairs := make([]string, 0, 2*len(args))
	for _, name := range slices.Sorted(maps.Keys(args)) {
		pairs = append(pairs, name, args[name])
	}
	return pairs
}

// linkOf says where a letter leads: a secret link is made now and never stored, and opens in the language of the mail.
func (p *Post) linkOf(app core.App, to Reader, link string, secret notice.Secret, now time.Time) (string, error) {
	if secret.Kind == "" || secret.Kind == held {
		return link, nil
	}
	link, err := p.needs.Secret(app, secret, now)
	if err != nil || to.lang() != locale.English {
		return link, err
	}
	// Whoever comes by a secret link has no account that would tell their language.
	page, part, _ := strings.Cut(link, "#")
	if part != "" {
		part = "#" + part
	}
	return page + "?lang=" + string(locale.English) + part, nil
}
