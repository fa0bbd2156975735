package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// What nobody does through the house shows all the same: bytes taken away, exchanged or left lying, and words of an application
// changed after it was handed in.
func TestTheDoctorReadsEveryByteThatWasHandedIn(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.IntakeWithFiles(t, house, housetest.Noon, 0, housetest.Plans())
	a, u := housetest.Beginner(t, house, call, housetest.Noon)
	whole, gone, other := housetest.Sent(t, house, a, u, "giữ", housetest.Noon), "", ""
	b, v := housetest.Beginner(t, house, call, housetest.Noon)
	lost := housetest.Sent(t, house, b, v, "mất", housetest.Noon)
	swapped := housetest.Sent(t, house, b, v, "đổi", housetest.Noon)
	_, err := intake.Submit(house, housetest.Actor(t, house, u, housetest.Noon), a.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	housetest.Well(t, house)

	at := func(f *intake.File) string {
		all, err := filepath.Glob(filepath.Join(house.DataDir(), "storage", f.BaseFilesPath(), "*.pdf"))
		if err != nil || len(all) != 1 {
			t.Fatalf("file %s lies at %v (%v)", f.Id, all, err)
		}
		return all[0]
	}
	gone, other = lost.Id+" (missing)", swapped.Id+" (other bytes)"
	stray := filepath.Join(filepath.Dir(at(whole)), "stray.pdf")
	for _, err := range []error{
		os.Remove(at(lost)), os.WriteFile(at(swapped), []byte("%PDF-1.7 thứ khác"), 0o600), os.WriteFile(stray, []byte("x"), 0o600),
	} {
		housetest.Refused(t, err, "")
	}
	for _, sql := range []string{"DROP TRIGGER application_snapshots_never_change", "UPDATE application_snapshots SET title = 'Tên khác'"} {
		if _, err := house.DB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	storage, err := house.NewFilesystem()
	housetest.Refused(t, err, "")
	defer storage.Close() //nolint:errcheck // only read from
	found := func(before time.Time) map[string][]string {
		checks, err := app.Doctor(t.Context(), house, storage, before)
		housetest.Refused(t, err, "")
		rows := map[string][]string{}
		for _, c := range checks {
			slices.Sort(c.Rows)
			rows[c.ID] = c.Rows
		}
		return rows
	}
	want := []string{gone, other}
	slices.Sort(want)
	rows := found(time.Now().Add(time.Hour))
	if !slices.Equal(rows["intake.files_whole"], want) {
		t.Errorf("of the files: %v, want %v", rows["intake.files_whole"], want)
	}
	if got := rows["intake.files_named"]; len(got) != 1 || !strings.HasSuffix(got[0], whole.Id+"/stray.pdf") {
		t.Errorf("without a row: %v", got)
	}
	if got := rows["intake.digests"]; len(got) != 1 {
		t.Errorf("changed after it was handed in: %v", got)
	}
	if got := found(time.Now().Add(-time.Hour))["intake.files_named"]; len(got) != 0 {
		t.Errorf("bytes that may still wait for their row: %v", got)
	}
	if err := app.Healthy(t.Context(), house); err == nil {
		t.Error("all is said to be well")
	}
}
