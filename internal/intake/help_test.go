package intake_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/intake"
	"vuon/internal/lifecycle"
)

// admit is the verdict that most tests give.
func admit() intake.Verdict {
	return intake.Verdict{Outcome: intake.Admitted, Rationale: "Đội mạnh, khách hàng thật"}
}

// stands ends the test unless an application is in a state, and returns it.
func stands(t testing.TB, app core.App, id string, want lifecycle.State) *intake.Application {
	t.Helper()
	a, err := intake.Applications.Find(app, id)
	if err != nil {
		t.Fatal(err)
	}
	if a.Status() != want {
		t.Fatalf("application %s is %s, want %s", a.Code(), a.Status(), want)
	}
	return a
}

// cardOf finds the card of an application on a board.
func cardOf(t testing.TB, b *intake.Board, application string) intake.BoardRow {
	t.Helper()
	for _, row := range b.Rows {
		if row.Application.ID == application {
			return row
		}
	}
	t.Fatalf("application %s has no card", application)
	return intake.BoardRow{}
}
