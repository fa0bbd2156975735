package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// twin is how one of two applications differs from the other: in nothing that a blind judge may read.
type twin struct{ title, team, name, unsafe, safe string }

// twins hands two such applications in to an intake whose only round is blind, and seats one judge before both.
func twins(t *testing.T, blind bool, some ...twin) (server http.Handler, judge *core.Record, seats []*judging.Assignment) {
	t.Helper()
	now := housetest.Noon
	house := housetest.At(t, func() time.Time { return now })
	plan := housetest.Plans()
	plan.BlindSafe = true
	asks := []intake.Question{
		{Key: "team", Type: "long", LabelVI: "Đội", ReviewerVisible: true},
		{Key: "problem", Type: "long", LabelVI: "Vấn đề", ReviewerVisible: true, BlindSafe: true},
		{Key: "phone", Type: "text", LabelVI: "Điện thoại"},
		plan,
		{Key: "deck", Type: "file", LabelVI: "Giới thiệu đội", ReviewerVisible: true, MaxFiles: 1, MaxMB: 1},
	}
	call := housetest.IntakeAsking(t, house, housetest.StaffActing(t, house), now, 2, "blind", "Chấm kín", asks, intake.Terms{})
	var papers []string
	for _, x := range some {
		a, u := housetest.Beginner(t, house, call, now)
		u.Load(map[string]any{"full_name": x.name, "phone": "09" + fmt.Sprint(len(x.name)) + "555666"})
		housetest.Refused(t, house.Save(u), "")
		by := housetest.Actor(t, house, u, now)
		_, err := intake.Save(house, by, a.Id, intake.Words{Title: &x.title, Answers: intake.Answers{"team": x.team, "problem": "Nước mặn", "phone": x.name}}, 0, now)
		housetest.Refused(t, err, "")
		for _, f := range []struct{ question, name, line string }{{"plan", x.safe, "như nhau"}, {"deck", x.unsafe, x.team}} {
			raw := housetest.Page(f.line)
			_, err = intake.Receive(house, by, a.Id, intake.Sending{Question: f.question, Name: f.name, Size: int64(len(raw))}, bytes.NewReader(raw), now)
			housetest.Refused(t, err, "")
		}
		if x.team != "" {
			housetest.Along(t, house, a, u, now)
		}
		_, err = intake.Submit(house, by, a.Id, 0, now)
		housetest.Refused(t, err, "")
		papers = append(papers, a.Id)
	}
	now = housetest.Closed(t, house, call, now)
	one := 1
	round := housetest.Round(t, house, call, judging.Terms{Blind: &blind, PerSubject: &one}, now)
	judge = housetest.Holder(t, house, access.Judge, access.House)
	staff := housetest.StaffActing(t, house)
	n, refused, err := intake.AssignIn(house, staff, call.Id, intake.Wanted{Round: round.Id, Applications: papers, Judges: []string{judge.Id}}, now)
	if err != nil || n != len(some) {
		t.Fatalf("%d are seated: %v %v", n, refused, err)
	}
	_, err = judging.Open(house, staff, round.Id, time.Time{}, now)
	housetest.Refused(t, err, "")
	for _, paper := range papers { // in the order of the applications
		for _, s := range housetest.Seats(t, house, round) {
			if s.Subject() == paper {
				seats = append(seats, s)
			}
		}
	}
	return housetest.Server(t, house), judge, seats
}

var (
	anID      = regexp.MustCompile(`[a-z0-9]{15}`)
	aFilePath = regexp.MustCompile(`"path":"([^"]+)"`)
)

// walked is everything that a judge is answered before one application, from the first look to the sheet handed in, and what they
// are refused on the way: status, headers and bytes, but for ids and the alias.
func walked(t *testing.T, server http.Handler, judge *core.Record, seat *judging.Assignment) []string {
	t.Helper()
	at := "/api/vuon/assignments/" + seat.Id
	var heard []string
	ask := func(method, path, body string) string {
		got := housetest.Ask(t, server, judge, method, path, body)
		head := fmt.Sprint(got.Code, got.Header().Get("Content-Type"), got.Header().Get("Content-Disposition"), got.Header().Get("Content-Length"))
		said := got.Body.String()
		if path == "/api/vuon/assignments" { // the line of the other is looked at on its own walk
			var list struct{ Rows []json.RawMessage }
			housetest.Refused(t, json.Unmarshal(got.Body.Bytes(), &list), "")
			for _, row := range list.Rows {
				if bytes.Contains(row, []byte(seat.Id)) {
					said = string(row)
				}
			}
		}
		blank := func(s string) string {
			return anID.ReplaceAllString(strings.ReplaceAll(s, seat.Alias(), "ALIAS"), "ID")
		}
		heard = append(heard, blank(method+" "+path+": "+head+" "+said))
		return got.Body.String()
	}
	ask("GET", "/api/vuon/assignments", "")
	desk := ask("GET", at, "")
	for _, path := range aFilePath.FindAllStringSubmatch(desk, -1) {
		ask("GET", "/api/vuon"+path[1], "")
	}
	ask("GET", at+"/comments", "")
	ask("GET", "/api/vuon/applications/"+seat.Subject(), "")
	ask("GET", "/api/vuon/applications/"+seat.Subject()+"/files", "")
	ask("GET", "/api/collections/applications/records/"+seat.Subject(), "")
	ask("GET", "/api/collections/assignments/records/"+seat.Id+"?expand=subject", "")
	ask("POST", at+"/accept", "")
	ask("PATCH", at+"/sheet", `{"scores":{"problem":4.5}}`)
	ask("PATCH", at+"/sheet", `{"scores":{"problem":4,"solution":4,"team":4,"feasibility":4},"recommendation":"yes","comment":"Rõ ràng"}`)
	ask("POST", at+"/submit", `{"no_conflict":false}`)
	ask("POST", at+"/submit", `{"no_conflict":true}`)
	ask("GET", at, "")
	ask("POST", at+"/comments", `{"body":"Hai bài rất giống nhau"}`)
	ask("GET", at+"/comments", "")
	return heard
}

// Two applications that differ in nothing but what a blind round hides – who wrote it, with whom, what they call it and their
// files, what they say of themselves – are the same to its judge, byte for byte.
func TestABlindJudgeCannotTellTwinsApart(t *testing.T) {
	t.Parallel()
	some := []twin{
		{"Nước sạch Đại Nam", "Ba người từ Thủ Dầu Một", "Nguyễn Văn An", "doi-dai-nam.pdf", "ke-hoach-dai-nam.pdf"},
		{"Rau", "", "Bé", "x.pdf", "Kế hoạch của chị Bé rất dài.pdf"},
	}
	server, judge, seats := twins(t, true, some...)
	one, two := walked(t, server, judge, seats[0]), walked(t, server, judge, seats[1])
	if len(one) != len(two) {
		t.Fatalf("%d answers and %d", len(one), len(two))
	}
	for n := range one {
		if one[n] != two[n] {
			t.Errorf("a judge can tell them apart:\n%s\n%s", one[n], two[n])
		}
	}
	if all := strings.Join(one, "\n"); !strings.Contains(all, "Nước mặn") || !strings.Contains(all, "tep-1.pdf") || !strings.Contains(all, "%PDF") || strings.Contains(all, "POST /api/vuon/assignments/ID/submit: 500") {
		t.Errorf("the judge has not read what they are to judge: %s", all)
	}
}

// The negative control: in a round that is not blind the same walk tells.
func TestWithoutABlindRoundTheTwinsDiffer(t *testing.T) {
	t.Parallel()
	server, judge, seats := twins(t, false, twin{"Nước", "Hai", "An", "a.pdf", "b.pdf"}, twin{"Rau", "Ba", "Bình", "c.pdf", "d.pdf"})
	one, two := walked(t, server, judge, seats[0]), walked(t, server, judge, seats[1])
	differ := 0
	for n := range min(len(one), len(two)) {
		if one[n] != two[n] {
			differ++
		}
	}
	if differ < 3 {
		t.Errorf("%d answers differ: the walk reads nothing", differ)
	}
}
