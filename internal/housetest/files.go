package housetest

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/intake"
)

// Page is a whole PDF of one line, long enough to be packed on its way. Two lines make two different files.
func Page(line string) []byte {
	return []byte("%PDF-1.7\n% " + line + "\n%" + strings.Repeat(" ", 2000) + "\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n")
}

// Plans is the question that IntakeWithFiles asks beside one line of text: two files at most, of one megabyte each.
func Plans() intake.Question {
	return intake.Question{
		Key: "plan", Type: "file", LabelVI: "Kế hoạch", ReviewerVisible: true, MaxFiles: 2, MaxMB: 1, Accept: []string{"pdf", "image", "office"},
	}
}

// IntakeWithFiles stores an intake as OpenIntake does, whose form asks for these questions, and nothing else that must be answered.
func IntakeWithFiles(t testing.TB, app core.App, now time.Time, grace time.Duration, asks ...intake.Question) *intake.Intake {
	t.Helper()
	staff := StaffActing(t, app)
	asks = append([]intake.Question{{Key: "team", Type: "text", LabelVI: "Đội"}}, asks...)
	minutes := int(grace.Minutes())
	return IntakeAsking(t, app, staff, now, 1, "files-"+core.GenerateDefaultRandomId(), "Có tệp", asks, intake.Terms{GraceMin: &minutes})
}

// Beginner stores an application with a title and nothing else, and returns it with its applicant.
func Beginner(t testing.TB, app core.App, i *intake.Intake, now time.Time) (*intake.Application, *core.Record) {
	t.Helper()
	u := User(t, app)
	by := Actor(t, app, u, now)
	a, err := intake.Begin(app, by, i.Id, "", now)
	Refused(t, err, "")
	title := "Nước sạch Đại Nam"
	a, err = intake.Save(app, by, a.Id, intake.Words{Title: &title}, 0, now)
	Refused(t, err, "")
	return a, u
}

// Sent lets an applicant send a PDF of one line.
func Sent(t testing.TB, app core.App, a *intake.Application, u *core.Record, line string, now time.Time) *intake.File {
	t.Helper()
	f, err := Send(t, app, a, u, line, now)
	if err != nil {
		t.Fatalf("send a file: %v", err)
	}
	return f
}

// Send is Sent for those who may be refused.
func Send(t testing.TB, app core.App, a *intake.Application, u *core.Record, line string, now time.Time) (*intake.File, error) {
	t.Helper()
	raw := Page(line)
	return intake.Receive(app, Actor(t, app, u, now), a.Id, intake.Sending{Question: "plan", Name: strings.ToUpper(line) + ".pdf", Size: int64(len(raw))}, bytes.NewReader(raw), now)
}
