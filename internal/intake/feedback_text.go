package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// FeedbackTexts are what staff say to applicants again and again: somebody who decides begins with one and writes on.
var FeedbackTexts = record.Of[FeedbackText]("feedback_texts")

// FeedbackText is one of them. {name} and {title} in its body stand for the applicant and the application.
type FeedbackText struct{ core.BaseRecordProxy }

// TextTerms are what a text is; what is nil stays as it is.
type TextTerms struct {
	Title   *string  `json:"title"`
	Outcome *Outcome `json:"outcome"` // for which outcome it is meant; "" for any
	Body    *string  `json:"body"`
	Retired *bool    `json:"retired"`
}

// Title is what staff call it.
func (f *FeedbackText) Title() string { return f.GetString("title") }

// Outcome is for which outcome it is meant; "" for any.
func (f *FeedbackText) Outcome() Outcome { return Outcome(f.GetString("outcome")) }

// Body are its words.
func (f *FeedbackText) Body() string { return f.GetString("body") }

// Retired says whether it is no longer offered.
func (f *FeedbackText) Retired() bool { return f.GetBool("retired") }

// Rev is the revision of the row.
func (f *FeedbackText) Rev() int { return record.Rev(f) }

// Write changes what it says.
func (f *FeedbackText) Write(t TextTerms) {
	if t.Title != nil {
		f.Set("title", tidy(*t.Title))
	}
	if t.Outcome != nil {
		f.Set("outcome", string(*t.Outcome))
	}
	if t.Body != nil {
		f.Set("body", tidy(*t.Body))
	}
	if t.Retired != nil {
		f.Set("retired", *t.Retired)
	}
}
