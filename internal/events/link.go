package events

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// linked is what a secret link opens: an order or a ticket, by its id, and how many links it has had.
type linked struct {
	kind       string
	id         string
	generation int
}

func (o *Order) linked() linked  { return linked{"order", o.Id, o.LinkGen()} }
func (k *Ticket) linked() linked { return linked{"ticket", k.Id, k.Generation()} }

const macBytes = 16

var macText = base32.StdEncoding.WithPadding(base32.NoPadding)

// mac is the secret part of a link, under one key.
func (l linked) mac(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(l.kind + "|" + l.id + "|" + strconv.Itoa(l.generation)))
	return strings.ToLower(macText.EncodeToString(h.Sum(nil)[:macBytes]))
}

// secretOf is the secret part of a link, under the present key.
func secretOf(app core.App, l linked) (string, error) {
	keys, err := asked(app).Keys(app)
	if err != nil {
		return "", err
	}
	if len(keys) == 0 {
		return "", errors.New("there is no key to links")
	}
	return l.mac(keys[0]), nil
}

// opens says whether mac is the secret of a link, under any key of the house. It takes as long for a wrong one.
func opens(app core.App, l linked, mac string) (bool, error) {
	keys, err := asked(app).Keys(app)
	fits := 0
	for _, key := range keys {
		if hmac.Equal([]byte(l.mac(key)), []byte(strings.ToLower(mac))) {
			fits++
		}
	}
	return fits > 0, err
}

// LinkOf is the path of an order's page, with its secret: /orders/{code}/{mac}. Whoever has it may do what the buyer may.
func LinkOf(app core.App, o *Order) (string, error) {
	mac, err := secretOf(app, o.linked())
	return "/orders/" + o.Code() + "/" + mac, err
}

// TicketLink is the path of a ticket's page, with its secret: /tickets/{code}/{mac}.
func TicketLink(app core.App, k *Ticket) (string, error) {
	mac, err := secretOf(app, k.linked())
	return "/tickets/" + k.Code() + "/" + mac, err
}

// OrderOf is the order that a secret link opens. Error: record.not_found, for a wrong secret as for a code that there is not.
func OrderOf(app core.App, code, mac string) (*Order, error) {
	o, err := orderByCode(app, strings.ToUpper(code))
	l := linked{kind: "order"} // an order that there is not takes as long
	if err == nil {
		l = o.linked()
	} else if fault.As(err) == nil {
		return nil, err
	}
	fits, failed := opens(app, l, mac)
	if failed != nil {
		return nil, failed
	}
	if err != nil || !fits {
		return nil, fault.NotFound("record.not_found")
	}
	return o, nil
}

// TicketOf is the ticket that a secret link opens; that of an older generation opens nothing. Error: record.not_found.
func TicketOf(app core.App, code, mac string) (*Ticket, error) {
	k, err := ticketByCode(app, strings.ToUpper(code))
	l := linked{kind: "ticket"}
	if err == nil {
		l = k.linked()
	} else if fault.As(err) == nil {
		return nil, err
	}
	fits, failed := opens(app, l, mac)
	if failed != nil {
		return nil, failed
	}
	if err != nil || !fits {
		return nil, fault.NotFound("record.not_found")
	}
	return k, nil
}
