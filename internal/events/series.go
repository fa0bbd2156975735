package events

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// AllSeries are what events that come again have in common.
var AllSeries = record.Of[Series]("event_series")

// Series is one of them.
type Series struct{ core.BaseRecordProxy }

// Slug is the last part of its address.
func (s *Series) Slug() string { return s.GetString("slug") }

// Title is its name.
func (s *Series) Title() locale.Pair {
	return locale.Pair{VI: s.GetString("title_vi"), EN: s.GetString("title_en")}
}

// Summary is what it is about, in a line or two.
func (s *Series) Summary() locale.Pair {
	return locale.Pair{VI: s.GetString("summary_vi"), EN: s.GetString("summary_en")}
}

// SeriesTerms are what staff say of a series; what is nil stays as it is.
type SeriesTerms struct {
	Slug      *string `json:"slug"`
	TitleVI   *string `json:"title_vi"`
	TitleEN   *string `json:"title_en"`
	SummaryVI *string `json:"summary_vi"`
	SummaryEN *string `json:"summary_en"`
	Rev       int     `json:"rev"`
}

func (s *Series) write(t SeriesTerms) {
	record.At(s, t.Rev)
	tidyLines(t.TitleVI, t.TitleEN)
	record.Sent(s, "slug", t.Slug)
	record.Sent(s, "title_vi", t.TitleVI)
	record.Sent(s, "title_en", t.TitleEN)
	record.Sent(s, "summary_vi", t.SummaryVI)
	record.Sent(s, "summary_en", t.SummaryEN)
}

// tidyLines takes out of lines what people type between words by mistake.
func tidyLines(lines ...*string) {
	for _, line := range lines {
		if line != nil {
			*line = strings.Join(strings.Fields(*line), " ")
		}
	}
}
