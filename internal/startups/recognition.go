package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Recognitions are what others have certified of a startup, and the rights it holds: a certificate of a science and technology
// enterprise, a patent, a trademark, an ISO standard.
var Recognitions = record.Of[Recognition]("recognitions")

// Recognition is one of them, as the startup claims it and the centre has checked it.
type Recognition struct{ core.BaseRecordProxy }

// The states of a recognition.
const (
	RecognitionClaimed  lifecycle.State = "claimed"
	RecognitionVerified lifecycle.State = "verified"
	RecognitionExpired  lifecycle.State = "expired"
	RecognitionRevoked  lifecycle.State = "revoked"
)

// RecognitionLife is every legal move of a recognition.
var RecognitionLife = lifecycle.Table{
	Collection: Recognitions.Collection,
	Start:      RecognitionClaimed,
	Ends:       []lifecycle.State{RecognitionRevoked},
	Moves: []lifecycle.Move{
		lifecycle.Moved("recognition", "verify", RecognitionVerified, RecognitionClaimed),
		lifecycle.Moved("recognition", "renew", RecognitionClaimed, RecognitionVerified, RecognitionExpired),
		lifecycle.Moved("recognition", "expire", RecognitionExpired, RecognitionClaimed, RecognitionVerified),
		lifecycle.Moved("recognition", "revoke", RecognitionRevoked, RecognitionClaimed, RecognitionVerified, RecognitionExpired),
	},
}

// recognitionTypes are what a recognition may be; their words are recognition.type_<code>.
var recognitionTypes = []string{
	"sci_tech_enterprise", "innovative_startup", "patent", "utility_solution", "industrial_design", "trademark", "copyright", "iso", "award", "other",
}

// Status is where the recognition stands.
func (r *Recognition) Status() lifecycle.State { return lifecycle.State(r.GetString("status")) }

// StartupID is whose it is.
func (r *Recognition) StartupID() string { return r.GetString("startup") }

// Type is one of recognitionTypes.
func (r *Recognition) Type() string { return r.GetString("type") }

// Title is what it is for.
func (r *Recognition) Title() string { return r.GetString("title") }

// Number is what its issuer calls it, or empty: one that was applied for has none yet.
func (r *Recognition) Number() string { return r.GetString("number") }

// Issuer is who gave it.
func (r *Recognition) Issuer() string { return r.GetString("issuer") }

// IssuedOn is the local day on which it was given, or empty.
func (r *Recognition) IssuedOn() string { return r.GetString("issued_on") }

// ExpiresOn is the last local day on which it holds, or empty: it does not end.
func (r *Recognition) ExpiresOn() string { return r.GetString("expires_on") }

// DocumentID is the paper that shows it, or empty.
func (r *Recognition) DocumentID() string { return r.GetString("document") }

// Note is what the startup says of it.
func (r *Recognition) Note() string { return r.GetString("note") }

// DecidedBy is who of the centre verified or revoked it.
func (r *Recognition) DecidedBy() string { return r.GetString("decided_by") }

// DecidedAt is when; zero is not yet.
func (r *Recognition) DecidedAt() time.Time { return r.GetDateTime("decided_at").Time() }

// Reason is why it was revoked.
func (r *Recognition) Reason() string { return r.GetString("reason") }

// RecognitionFields is what a startup says of a recognition.
type RecognitionFields struct {
	Type      *string `json:"type"`
	Title     *string `json:"title"`
	Number    *string `json:"number"`
	Issuer    *string `json:"issuer"`
	IssuedOn  *string `json:"issued_on"`
	ExpiresOn *string `json:"expires_on"`
	Document  *string `json:"document"`
	Note      *string `json:"note"`
	Rev       int     `json:"rev"`
}

func (r *Recognition) write(f RecognitionFields) {
	record.At(r, f.Rev)
	for _, line := range []*string{f.Title, f.Number, f.Issuer} {
		if line != nil {
			*line = strings.Join(strings.Fields(*line), " ")
		}
	}
	record.Sent(r, "type", f.Type)
	record.Sent(r, "title", f.Title)
	record.Sent(r, "number", f.Number)
	record.Sent(r, "issuer", f.Issuer)
	record.Sent(r, "issued_on", f.IssuedOn)
	record.Sent(r, "expires_on", f.ExpiresOn)
	record.Sent(r, "document", f.Document)
	record.Sent(r, "note", f.Note)
}

func (r *Recognition) decided(by, reason string, now time.Time) {
	r.Set("decided_by", by)
	r.Set("decided_at", now)
	r.Set("reason", reason)
}

func (r *Recognition) undecided() {
	r.Set("decided_by", "")
	r.Set("decided_at", "")
}

// sameClaim says whether both say the same: what was checked is what stands there.
func (r *Recognition) sameClaim(was *Recognition) bool {
	return r.Type() == was.Type() && r.Title() == was.Title() && r.Number() == was.Number() && r.Issuer() == was.Issuer() &&
		r.IssuedOn() == was.IssuedOn() && r.ExpiresOn() == was.ExpiresOn() && r.DocumentID() == was.DocumentID()
}

func (r *Recognition) sameDecision(was *Recognition) bool {
	return r.DecidedBy() == was.DecidedBy() && r.DecidedAt().Equal(was.DecidedAt()) && r.Reason() == was.Reason()
}

// claimed describes a recognition that is not yet stored.
func claimed(app core.App, startup string, f RecognitionFields) (*Recognition, error) {
	r, err := Recognitions.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("startup", startup)
	r.write(f)
	return r, nil
}
