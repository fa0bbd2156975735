package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/resend/resend-go/v2"

	"vuon/internal/booking/ics"
	"vuon/internal/fault"
)

// What the carrier allows, by its own documentation.
const (
	hostedMost    = 100            // mails in one call
	hostedKnows   = 24 * time.Hour // for how long it knows a key
	hostedKey     = 256            // longest key, in bytes
	hostedAnswer  = 1 << 20        // more than any answer of its holds, in bytes
	hostedPlace   = "https://api.resend.com/"
	hostedOne     = 30 * time.Second // one call, waits included
	hostedMany    = time.Minute
	hostedPatient = 2 * time.Second // a wait that is worth waiting within a call
)

// Hosted is how mails leave through a carrier with an API of its own.
type Hosted struct {
	Key  string // lets us in; "" is no carrier
	URL  string // "" is the carrier's own
	From string // "address" or "name <address>"
	Now  func() time.Time
	Log  *slog.Logger // hears when the day's allowance is used up
}

// Open returns the carrier; without a key there is none, and no error.
func (h Hosted) Open() (Bulk, error) {
	if h.Key == "" {
		return nil, nil //nolint:nilnil // a house without mail is a house
	}
	from, err := mail.ParseAddress(h.From)
	if err != nil {
		return nil, fmt.Errorf("read the address that mails come from: %w", err)
	}
	place := h.URL
	if place == "" {
		place = hostedPlace // set in any case: the library would take it from a variable of its own
	}
	base, err := url.Parse(strings.TrimRight(place, "/") + "/") // without the slash the last part of the path would be lost
	if err != nil {
		return nil, fmt.Errorf("read the address of the mail carrier: %w", err)
	}
	client := resend.NewCustomClient(&http.Client{
		Transport: listener{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // a mail led elsewhere would be asked for, not handed over
		},
	}, h.Key)
	client.BaseURL = base
	return &hosted{Hosted: h, client: client, domain: domainOf(from.Address)}, nil
}

// hosted is the carrier. It remembers keys, so that what it may have taken can be asked again.
type hosted struct {
	Hosted
	client *resend.Client
	domain string
	mu     sync.Mutex
	shut   Busy // until when nothing is taken, as far as it has told
}

// Most implements Bulk.
func (h *hosted) Most() int { return hostedMost }

// Remembers implements Bulk.
func (h *hosted) Remembers() time.Duration { return hostedKnows }

// Send implements Sender.
func (h *hosted) Send(m Mail) (id string, err error) {
	if err := errors.Join(sound(m.Key), m.addressed()); err != nil {
		return "", err
	}
	err = h.call(hostedOne, func(ctx context.Context) error {
		answer, err := h.client.Emails.SendWithOptions(ctx, h.request(m), &resend.SendEmailOptions{IdempotencyKey: m.Key})
		if err == nil {
			id = answer.Id
		}
		return err
	})
	return id, err
}

// SendAll implements Bulk. A mail that the carrier finds fault with does not keep the others. What carries a file is
// refused: the carrier would drop the file without a word.
func (h *hosted) SendAll(key string, mails []Mail) []Outcome {
	outcomes := make([]Outcome, len(mails))
	var requests []*resend.SendEmailRequest
	var of []int
	for i, m := range mails {
		if m.Calendar != nil || i >= hostedMost {
			outcomes[i].Err = fmt.Errorf("%w: a call takes %d mails, none with a file", ErrRefused, hostedMost)
			continue
		}
		requests, of = append(requests, h.request(m)), append(of, i)
	}
	var answer *resend.BatchEmailResponse
	err := sound(key)
	if err == nil && len(requests) > 0 {
		err = h.call(hostedMany, func(ctx context.Context) (err error) {
			answer, err = h.client.Batch.SendWithOptions(ctx, requests, &resend.BatchSendEmailOptions{
				IdempotencyKey: key, BatchValidation: resend.BatchValidationPermissive,
			})
			return err
		})
	}
	switch {
	case errors.Is(err, ErrRefused) && len(of) > 1:
		for _, i := range of {
			outcomes[i] = h.alone(key, mails[i])
		}
	case err != nil:
		for _, i := range of {
			outcomes[i].Err = err
		}
	case answer != nil:
		h.deal(answer, of, outcomes)
	}
	return outcomes
}

// alone sends one mail of a call that was refused as a whole, so that it fails for its own faults alone. Its key follows
// from the call's: should the call be made again, it is still the same.
func (h *hosted) alone(key string, m Mail) (o Outcome) {
	m.Key = key + "/" + m.Name
	o.Key = m.Key
	o.ID, o.Err = h.Send(m)
	if busy := (*Busy)(nil); errors.As(o.Err, &busy) {
		o.Err = errors.New(busy.Error()) // not taken: it may go with others next time, under another key
	}
	return o
}

// deal hands out the answer to a call: names for what was taken, in order, and the faults of the rest.
func (h *hosted) deal(answer *resend.BatchEmailResponse, of []int, outcomes []Outcome) {
	faults := map[int]string{}
	for _, e := range answer.Errors {
		faults[e.Index] = e.Message
	}
	names := answer.Data
	for n, i := range of {
		switch fault, wrong := faults[n]; {
		case wrong:
			outcomes[i].Err = fmt.Errorf("%w: %s", ErrRefused, fault)
		case len(names) == 0:
			outcomes[i].Err = fmt.Errorf("%w: it names fewer mails than it was given", ErrUnsure)
		default:
			outcomes[i].ID, names = names[0].Id, names[1:]
		}
	}
}

func (h *hosted) request(m Mail) *resend.SendEmailRequest {
	r := &resend.SendEmailRequest{
		From: h.From, To: []string{m.To}, Subject: m.Subject, Html: m.HTML, Text: m.Text, Headers: m.headers(h.domain),
	}
	if m.Name != "" {
		r.Tags = []resend.Tag{{Name: letterTag, Value: m.Name}} // its events bring it back, also when its own name is unknown to us
	}
	if m.Calendar != nil {
		r.Attachments = []*resend.Attachment{{Filename: calendarFile, ContentType: ics.Type(m.Calendar), Content: m.Calendar}}
	}
	return r
}

// letterTag is under what an event names the letter it is about.
const letterTag = "letter"

// sound refuses a mail that could not be asked again.
func sound(key string) error {
	if key == "" || len(key) > hostedKey {
		return fmt.Errorf("%w: a key has 1 to %d characters", ErrRefused, hostedKey)
	}
	return nil
}

// HostedEvents reads what the carrier tells over HTTP, signed with a secret. The library judges the age of a telling by the
// wall clock, and that is right: its stamp is the carrier's, whatever the time of this house. It refuses a signature that
// is older or newer than five minutes. An empty secret hears nothing: the library would refuse too, but only now.
// Errors: mail_event.unsigned, request.unreadable.
func HostedEvents(secret string) func(http.Header, []byte) (Told, error) {
	if secret == "" {
		return nil
	}
	verify := resend.NewCustomClient(http.DefaultClient, "").Webhooks.Verify
	return func(head http.Header, body []byte) (told Told, err error) {
		id := head.Get("svix-id")
		if err := verify(&resend.VerifyWebhookOptions{
			Payload: string(body), WebhookSecret: secret,
			Headers: resend.WebhookHeaders{Id: id, Timestamp: head.Get("svix-timestamp"), Signature: head.Get("svix-signature")},
		}); err != nil || len(id) > hostedEventID {
			return told, fault.Forbidden("mail_event.unsigned")
		}
		var event struct {
			Type string
			Data struct {
				EmailID string `json:"email_id"`
				To      []string
				Tags    json.RawMessage
				Bounce  struct{ Type, Message string }
			}
		}
		if json.Unmarshal(body, &event) != nil {
			return told, fault.Field("body", "request.unreadable")
		}
		told = Told{ID: id, Provider: event.Data.EmailID, Letter: tagged(event.Data.Tags), Detail: event.Data.Bounce.Message}
		if len(event.Data.To) > 0 {
			told.Address = event.Data.To[0]
		}
		switch {
		case event.Type == resend.EventEmailDelivered:
			told.Kind = EventDelivered
		case event.Type == resend.EventEmailComplained:
			told.Kind = EventComplained
		case event.Type == resend.EventEmailBounced && strings.EqualFold(event.Data.Bounce.Type, "permanent"): // a full mailbox empties again
			told.Kind = EventBounced
		}
		return told, nil
	}
}

// hostedEventID bounds the name of an event, in bytes.
const hostedEventID = 120

// tagged finds our name for the letter among an event's tags, which come as an object or as a list.
func tagged(raw json.RawMessage) string {
	var byName map[string]string
	if json.Unmarshal(raw, &byName) == nil {
		return byName[letterTag]
	}
	var list []resend.Tag
	if json.Unmarshal(raw, &list) == nil {
		for _, tag := range list {
			if tag.Name == letterTag {
				return tag.Value
			}
		}
	}
	return ""
}
