package events

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vuon/internal/fault"
	"vuon/internal/vn"
)

// length is how many characters people may write where.
type length = int

const (
	longName   length = 120
	longMail   length = 255
	longPhone  length = 40
	longLine   length = 500
	longText   length = 4000
	longStreet length = 300
)

// checked holds what a buyer said against what is asked, and tidies it. Each mistake names its field: name, email, phone, provider,
// and of a ticket name.<id>, email.<id> and q.<id>.<key>. Errors: those of Submit.
func checked(v *Event, o *Order, b *Buyer, kinds map[string]*Type, tickets []*Ticket, holders []Holder) error {
	b.Name, b.Email, b.Phone = vn.OneLine(b.Name), strings.TrimSpace(b.Email), vn.OneLine(b.Phone)
	wrong := []error{nameFits("name", b.Name, true), mailFits("email", b.Email, true), phoneFits(b.Phone)}
	if o.Total() > 0 {
		if b.Provider != PayVietQR && b.Provider != PayCash {
			wrong = append(wrong, fault.Field("provider", "order.provider"))
		}
	} else {
		b.Provider = PayFree
	}
	if b.Invoice != nil {
		bill, err := tidyInvoice(*b.Invoice)
		b.Invoice, wrong = &bill, append(wrong, split(err)...)
	}
	for _, k := range tickets {
		h := Holder{Ticket: k.Id}
		for i := range holders {
			if holders[i].Ticket == k.Id {
				holders[i].Name, holders[i].Email = vn.OneLine(holders[i].Name), strings.TrimSpace(holders[i].Email)
				h = holders[i]
			}
		}
		wrong = append(wrong, holderFits(k, h, v.Named())...)
		if y := kinds[k.TypeID()]; y != nil {
			wrong = append(wrong, answersFit(k, y.Questions(), h.Answers)...)
		}
	}
	if slices.ContainsFunc(holders, func(h Holder) bool {
		return !slices.ContainsFunc(tickets, func(k *Ticket) bool { return k.Id == h.Ticket })
	}) {
		wrong = append(wrong, fault.Field("holders", "order.holder"))
	}
	return fault.Fields(wrong...)
}

// split takes the faults of several fields apart.
func split(err error) []error {
	f := fault.As(err)
	if f == nil {
		return []error{err}
	}
	parts := []error{&fault.Fault{Kind: f.Kind, Code: f.Code, Field: f.Field, Slots: f.Slots}}
	for _, more := range f.Also {
		parts = append(parts, more)
	}
	return parts
}

func nameFits(field, name string, needed bool) error {
	switch {
	case name == "" && needed:
		return fault.Field(field, "order.name")
	case utf8.RuneCountInString(name) > longName || strings.ContainsAny(name, "<>\x00"):
		return fault.Field(field, "order.too_long", "most", strconv.Itoa(longName))
	}
	return nil
}

func mailFits(field, address string, needed bool) error {
	if address == "" && !needed {
		return nil
	}
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || len(address) > longMail || MailboxOf(address) == "" || !strings.Contains(address[strings.LastIndex(address, "@"):], ".") {
		return fault.Field(field, "order.email")
	}
	return nil
}

func phoneFits(phone string) error {
	digits := 0
	for _, r := range phone {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-.() ", r):
			return fault.Field("phone", "order.phone")
		}
	}
	if phone != "" && (digits < 8 || digits > 15 || len(phone) > longPhone) {
		return fault.Field("phone", "order.phone")
	}
	return nil
}

// holderFits holds who comes with a ticket against what is asked. Errors: order.holder, order.email, order.too_long.
func holderFits(k *Ticket, h Holder, named bool) []error {
	wrong := []error{nameFits("name."+k.Id, h.Name, false), mailFits("email."+k.Id, h.Email, false)}
	if h.Name == "" && named {
		wrong = append(wrong, fault.Field("name."+k.Id, "order.holder"))
	}
	return wrong
}

// answersFit holds answers against the questions of a type. Errors: order.answer, order.too_long.
func answersFit(k *Ticket, asks []Question, answers map[string]any) []error {
	var wrong []error
	known := map[string]bool{}
	for _, q := range asks {
		known[q.Key] = true
		if err := q.fits("q."+k.Id+"."+q.Key, answers[q.Key]); err != nil {
			wrong = append(wrong, err)
		}
	}
	for key := range answers {
		if !known[key] {
			wrong = append(wrong, fault.Field("q."+k.Id+"."+shortened(key, 60), "order.answer"))
		}
	}
	return wrong
}

// fits holds one answer against its question: a text, one of the options, some of them, or true.
func (q Question) fits(field string, answer any) error {
	no := fault.Field(field, "order.answer")
	switch q.Type {
	case AskConsent:
		if given, ok := answer.(bool); answer != nil && !ok || q.Required && !given {
			return no
		}
		return nil
	case AskMultiple:
		some := texts(answer)
		if answer != nil && some == nil || q.Required && len(some) == 0 {
			return no
		}
		for _, one := range some {
			if !slices.Contains(q.Options, one) {
				return no
			}
		}
		return nil
	}
	text, ok := answer.(string)
	text = strings.TrimSpace(text)
	most := longLine
	if q.Type == AskLong {
		most = longText
	}
	switch {
	case answer != nil && !ok, q.Required && text == "", q.Type == AskChoice && text != "" && !slices.Contains(q.Options, text):
		return no
	case utf8.RuneCountInString(text) > most:
		return fault.Field(field, "order.too_long", "most", strconv.Itoa(most))
	}
	return nil
}

// texts is a list of texts, as Go or JSON writes it; nil is something else.
func texts(answer any) []string {
	switch list := answer.(type) {
	case []string:
		return append([]string{}, list...)
	case []any:
		some := make([]string, 0, len(list))
		for _, one := range list {
			text, ok := one.(string)
			if !ok {
				return nil
			}
			some = append(some, text)
		}
		return some
	}
	return nil
}

// tidyInvoice holds to whom a bill is written against what a bill needs. Errors: invoice.name, invoice.tax_code, invoice.address,
// invoice.email.
func tidyInvoice(to Invoice) (Invoice, error) {
	to = Invoice{Name: vn.OneLine(to.Name), TaxCode: vn.OneLine(to.TaxCode), Address: vn.OneLine(to.Address), Email: strings.TrimSpace(to.Email)}
	var wrong []error
	if to.Name == "" || utf8.RuneCountInString(to.Name) > longStreet {
		wrong = append(wrong, fault.Field("invoice.name", "invoice.name"))
	}
	if to.TaxCode != "" {
		code, err := vn.ParseTaxCode(to.TaxCode)
		if to.TaxCode = code; err != nil {
			wrong = append(wrong, fault.Field("invoice.tax_code", "invoice.tax_code"))
		}
	}
	if to.Address == "" || utf8.RuneCountInString(to.Address) > longStreet {
		wrong = append(wrong, fault.Field("invoice.address", "invoice.address"))
	}
	if mailFits("", to.Email, false) != nil {
		wrong = append(wrong, fault.Field("invoice.email", "invoice.email"))
	}
	return to, fault.Fields(wrong...)
}

// itoa64 writes a number into the words of a refusal.
func itoa64(n int64) string { return strconv.FormatInt(n, 10) }
