package intake_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// stored counts the files that lie in the storage of a house, and what is left over of uploads.
func stored(t testing.TB, house core.App) (kept, temporary int) {
	t.Helper()
	count := func(dir string) (n int) {
		err := filepath.WalkDir(filepath.Join(house.DataDir(), dir), func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".attrs") {
				n++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	c, err := house.FindCachedCollectionByNameOrId("application_files")
	if err != nil {
		t.Fatal(err)
	}
	return count("storage/" + c.Id), count(core.LocalTempDirName)
}

// opened is a house with a draft to which files can be sent.
func opened(t testing.TB) (*tests.TestApp, *intake.Application, *core.Record) {
	t.Helper()
	house := housetest.App(t)
	call := housetest.IntakeWithFiles(t, house, housetest.Noon, 0, housetest.Plans())
	a, u := housetest.Beginner(t, house, call, housetest.Noon)
	return house, a, u
}

// What is sent is an answer at once, whatever the page saves of it, and what was handed in with it stays for good.
func TestAFileIsAnAnswer(t *testing.T) {
	t.Parallel()
	house, a, u := opened(t)
	me, now := housetest.Actor(t, house, u, housetest.Noon), housetest.Noon
	first := housetest.Sent(t, house, a, u, "bản một", now)
	if again := housetest.Sent(t, house, a, u, "bản một", now); again.Id != first.Id {
		t.Error("the same file is kept twice")
	}
	_, err := intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"team": "Ba", "plan": []any{"nobodysfile0000"}}}, 0, now)
	housetest.Refused(t, err, "")
	a, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	given, err := a.Answers()
	housetest.Refused(t, err, "")
	if ids, _ := given["plan"].([]any); !slices.Equal(ids, []any{first.Id}) {
		t.Errorf("handed in with %v, not %s", given["plan"], first.Id)
	}

	// Another version: the old one is taken out of the working copy, and stays where it was handed in.
	second := housetest.Sent(t, house, a, u, "bản hai", now)
	housetest.Refused(t, intake.TakeOut(house, me, a.Id, first.Id, now), "")
	housetest.Refused(t, intake.TakeOut(house, me, a.Id, first.Id, now), "record.not_found")
	own, err := intake.Read(house, me, a.Id, now)
	housetest.Refused(t, err, "")
	if !own.Changed || len(own.Files) != 1 || own.Files[0].ID != second.Id {
		t.Errorf("changed %v, files %+v", own.Changed, own.Files)
	}
	staff := housetest.StaffActing(t, house)
	seen, err := intake.Read(house, staff, a.Id, now)
	housetest.Refused(t, err, "")
	if len(seen.Files) != 1 || seen.Files[0].ID != first.Id {
		t.Errorf("staff see %+v", seen.Files)
	}
	_, err = intake.Readable(house, staff, a.Id, second.Id, now)
	housetest.Refused(t, err, "record.not_found") // it is not handed in
	_, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	for _, id := range []string{first.Id, second.Id} {
		_, err = intake.Readable(house, staff, a.Id, id, now)
		housetest.Refused(t, err, "")
	}
	row, err := house.FindRecordById("application_files", first.Id)
	housetest.Refused(t, err, "")
	if err := house.Delete(row); err == nil {
		t.Error("a file that was handed in was deleted")
	}
	row.Set("name", "khác.pdf")
	if err := house.Save(row); err == nil {
		t.Error("a file that was handed in was renamed")
	}
	if kept, left := stored(t, house); kept != 2 || left != 0 {
		t.Errorf("%d files are kept, %d left over", kept, left)
	}
	housetest.Well(t, house)
}

// A file that was never handed in goes with its bytes.
func TestAFileThatNobodyHandedInGoes(t *testing.T) {
	t.Parallel()
	house, a, u := opened(t)
	f := housetest.Sent(t, house, a, u, "nháp", housetest.Noon)
	housetest.Refused(t, intake.TakeOut(house, housetest.Actor(t, house, u, housetest.Noon), a.Id, f.Id, housetest.Noon), "")
	if kept, _ := stored(t, house); kept != 0 {
		t.Errorf("%d files are left", kept)
	}
	housetest.Well(t, house)
}

func TestHostileFilesAreRefusedAndNothingElseIsLost(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now() // the clock of the server is the wall's
	server := housetest.Server(t, house)
	a, u := housetest.Beginner(t, house, housetest.IntakeWithFiles(t, house, now, 0, housetest.Plans()), now)
	me := housetest.Actor(t, house, u, now)
	_, err := intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"team": "Ba người"}}, 0, now)
	housetest.Refused(t, err, "")
	way := "/api/vuon/applications/" + a.Id + "/files?question=plan&name=k%E1%BA%BF.pdf"
	for code, body := range map[string]string{
		"file.kind":      "<!doctype html><script>alert(1)</script>",
		"file.empty":     "",
		"file.too_large": "%PDF-1.7\n" + strings.Repeat("a", 1<<20+1),
		"file.broken":    "%PDF-1.7\nhalf",
	} {
		for _, lang := range []string{"vi", "en"} {
			got := housetest.Ask(t, server, u, http.MethodPost, way, body, "Accept-Language", lang)
			if got.Code != http.StatusBadRequest || !strings.Contains(got.Body.String(), `"code":"`+code+`"`) {
				t.Errorf("%s: %d %s", code, got.Code, got.Body)
			}
		}
	}
	got := housetest.Ask(t, server, u, http.MethodPost, strings.Replace(way, "plan", "team", 1), string(housetest.Page("x")))
	if !strings.Contains(got.Body.String(), "file.none") {
		t.Errorf("a question that takes no files: %s", got.Body)
	}
	if kept, left := stored(t, house); kept != 0 || left != 0 {
		t.Errorf("%d files are kept, %d left over", kept, left)
	}
	p, err := intake.Read(house, me, a.Id, now)
	housetest.Refused(t, err, "")
	if p.Answers["team"] != "Ba người" || p.Title == "" {
		t.Errorf("of the draft is left %+v", p.Answers)
	}
}

// endless is a body of so many bytes that says how much of it was read.
type endless struct{ left, read int64 }

func (e *endless) Read(b []byte) (int, error) {
	n := min(int64(len(b)), e.left)
	if e.left -= n; n == 0 {
		return 0, io.EOF
	}
	e.read += n
	return int(n), nil
}

// Half a gigabyte that says so is refused before its first byte; one that says nothing, at the limit.
func TestHalfAGigabyteIsRefused(t *testing.T) {
	t.Parallel()
	house, a, u := opened(t)
	me := housetest.Actor(t, house, u, housetest.Noon)
	for size, most := range map[int64]int64{500 << 20: 0, -1: 1<<20 + 1} {
		body := &endless{left: 500 << 20}
		_, err := intake.Receive(house, me, a.Id, intake.Sending{Question: "plan", Name: "phim.pdf", Size: size}, body, housetest.Noon)
		housetest.Refused(t, err, "file.too_large")
		if body.read > most {
			t.Errorf("said to be %d: %d bytes were read", size, body.read)
		}
	}
	if kept, left := stored(t, house); kept != 0 || left != 0 {
		t.Errorf("%d files are kept, %d left over", kept, left)
	}
}

// Who hangs up has sent nothing.
func TestAnUploadThatIsCutOffLeavesNothing(t *testing.T) {
	t.Parallel()
	house, a, u := opened(t)
	body := io.MultiReader(bytes.NewReader(housetest.Page("x")), broken{})
	_, err := intake.Receive(house, housetest.Actor(t, house, u, housetest.Noon), a.Id, intake.Sending{Question: "plan", Size: -1}, body, housetest.Noon)
	housetest.Refused(t, err, "file.cut_off")
	if kept, left := stored(t, house); kept != 0 || left != 0 {
		t.Errorf("%d files are kept, %d left over", kept, left)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("hung up") }

func TestANameIsSafe(t *testing.T) {
	t.Parallel()
	house, a, u := opened(t)
	me := housetest.Actor(t, house, u, housetest.Noon)
	for given, want := range map[string]string{
		norm.NFD.String("Kế hoạch Đại Nam.pdf"): "Kế hoạch Đại Nam.pdf",
		"../../etc/passwd":                "passwd.pdf",
		`C:\Users\Lan\kế.PDF`:             "kế.pdf",
		"hoa\u202efdp.exe":                "hoafdp.exe.pdf",
		"a\x00b\r\nSet-Cookie: x.pdf":     "ab Set-Cookie x.pdf",
		"":                                "tep.pdf",
		"...":                             "tep.pdf",
		strings.Repeat("ề", 300) + ".pdf": strings.Repeat("ề", 100) + ".pdf",
		"trang.html":                      "trang.html.pdf",
		"\xff\xfe.pdf":                    "tep.pdf",
	} {
		raw := housetest.Page(core.GenerateDefaultRandomId())
		f, err := intake.Receive(house, me, a.Id, intake.Sending{Question: "plan", Name: given, Size: -1}, bytes.NewReader(raw), housetest.Noon)
		housetest.Refused(t, err, "")
		if f.Name() != want || !norm.NFC.IsNormalString(f.Name()) {
			t.Errorf("%q is called %q, want %q", given, f.Name(), want)
		}
		housetest.Refused(t, intake.TakeOut(house, me, a.Id, f.Id, housetest.Noon), "")
	}
}

// lastFile lets many hands send the last file that a question takes, and returns how many of them did.
func lastFile(t *testing.T, house *tests.TestApp, n int) int {
	t.Helper()
	q := housetest.Plans()
	q.MaxFiles = 1
	a, u := housetest.Beginner(t, house, housetest.IntakeWithFiles(t, house, housetest.Noon, 0, q), housetest.Noon)
	return housetest.Race(n, func(i int) error {
		_, err := housetest.Send(t, house, a, u, strings.Repeat("x", i+1), housetest.Noon)
		return err
	})
}

func TestRaceTheLastFileIsTakenOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	won := lastFile(t, house, many(50))
	if kept, left := stored(t, house); won != 1 || kept != 1 || left != 0 {
		t.Errorf("%d files were taken, %d lie in the storage, %d are left over", won, kept, left)
	}
	housetest.Well(t, house)
}

func TestRaceWithoutTheGuardTheLastFileIsTakenOften(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	without(house, "application_files", "intake.files")
	housetest.Until(t, func() bool { return lastFile(t, house, many(50)) > 1 })
}

// What nobody names is swept after a day, and nothing else.
func TestForgottenBytesAreSwept(t *testing.T) {
	t.Parallel()
	house, a, u := opened(t)
	f := housetest.Sent(t, house, a, u, "giữ", housetest.Noon)
	lost := filepath.Join(house.DataDir(), "storage", f.BaseFilesPath(), "lost.pdf")
	if err := os.WriteFile(lost, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	housetest.Refused(t, intake.SweepFiles(house, now.Add(time.Hour)), "")
	if kept, _ := stored(t, house); kept != 2 {
		t.Errorf("within the day %d files lie there", kept)
	}
	housetest.Refused(t, intake.SweepFiles(house, now.Add(25*time.Hour)), "")
	if kept, _ := stored(t, house); kept != 1 {
		t.Errorf("after it %d", kept)
	}
}
