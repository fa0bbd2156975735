package housetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/notify"
)

// Heard tells what one rule has people told at now, or would if it were not night, as the post office plans it:
// "<key>@<month>-<day> <hour>:<minute>" for each person, sorted. names are pairs of an id and
// what the test calls it.
func Heard(t testing.TB, app core.App, rule string, now time.Time, names ...string) string {
	t.Helper()
	all, err := notify.Planned(app, now)
	if err != nil {
		t.Fatalf("plan the notices of %s: %v", now, err)
	}
	var lines []string
	for _, p := range all {
		if p.Rule != rule || p.Channel == notify.ByMail && p.Recipient != "" && !strings.Contains(p.Recipient, "@") {
			continue // everybody with an account has a line in the inbox as well
		}
		lines = append(lines, strings.NewReplacer(names...).Replace(p.Key)+"@"+p.At.Format("01-02 15:04"))
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}

// Local is an instant as clocks in Ho Chi Minh City show it: "2026-12-20 09:00".
func Local(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, locale.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
