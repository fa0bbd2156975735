package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

// season is an intake with many applicants, told through HTTP alone.
type season struct {
	*road
	staff, chair, deputy *core.Record // the chair and the deputy are managers
	judges               []*core.Record
	call, cohort         string
	founders             []*core.Record
	papers               []string                // by founder
	byPaper              map[string]*core.Record // the founder of an application
}

const (
	seasonSize   = 120
	seasonPlaces = 20
)

// An intake with 120 applications, eight screeners and two rounds, from its programme to the end of its waiting list: interviews,
// offers that lapse, an appeal that others hear, and an amendment by two people.
func TestAnIntakeOfAHundredAndTwenty(t *testing.T) {
	t.Parallel()
	s := &season{road: newRoad(t), byPaper: map[string]*core.Record{}}
	s.announce()
	s.applyAll()
	on := s.screen()
	s.hear(on)
	s.judgeHeard(on)
	s.decideAll()
	s.appeal()
	s.answerOffers()
	s.amend()
	s.end()
}

func (s *season) announce() {
	s.Helper()
	s.staff = housetest.Holder(s, s.house, access.Staff, access.House)
	s.chair, s.deputy = housetest.Holder(s, s.house, access.Manager, access.House), housetest.Holder(s, s.house, access.Manager, access.House)
	for range 8 {
		s.judges = append(s.judges, housetest.Holder(s, s.house, access.Judge, access.House))
	}
	programme := s.ask(s.chair, 200, "POST programmes", said{"code": "uom", "title_vi": "Ươm tạo", "kind": "incubation"})["id"]
	s.ask(s.chair, 200, fmt.Sprintf("POST programmes/%s/activate", programme))
	s.cohort = s.ask(s.chair, 200, "POST cohorts", said{"programme": programme, "code": "K9", "title_vi": "Khóa 9", "capacity": seasonPlaces + 2})["id"].(string)
	s.call = s.ask(s.staff, 200, "POST intakes", said{
		"programme": programme, "cohort": s.cohort, "form_version": "formbasic000001", "slug": "dot-lon", "title_vi": "Đợt lớn", "kind": "incubation",
		"opens_at": s.now.Add(-time.Hour), "closes_at": s.now.AddDate(0, 0, 14), "capacity": seasonPlaces, "offer_days": 7, "appeal_days": 5,
	})["id"].(string)
	s.ask(s.staff, 200, "POST intakes/"+s.call+"/publish")
}

func (s *season) applyAll() {
	s.Helper()
	sectors := []string{"manufacturing", "agriculture", "logistics", "energy"}
	for n := range seasonSize {
		s.now = s.now.Add(time.Minute)
		who := housetest.User(s, s.house)
		a := s.ask(who, 200, "POST applications", said{"intake": s.call})
		id := a["id"].(string)
		if known, ok := at(s.ask(who, 200, "GET applications/"+id), "own", "prefilled").(said); !ok || len(known) > 0 {
			s.Fatalf("a team that is no startup yet begins with %v", known)
		}
		saved := s.ask(who, 200, "PATCH applications/"+id, said{"title": fmt.Sprintf("Dự án số %03d", n), "rev": a["rev"], "answers": said{
			"team": "Ba người", "problem": "Lò gốm hỏng mẻ vì nứt men.", "solution": "Camera soi men.", "sector": sectors[n%4], "headcount": n % 9,
		}})
		s.ask(who, 200, "POST applications/"+id+"/submit", said{"rev": saved["rev"]})
		s.founders, s.papers = append(s.founders, who), append(s.papers, id)
		s.byPaper[id] = who
	}
	s.later(s.now.AddDate(0, 0, 15))
	s.ask(s.founders[0], 409, "POST applications/"+s.papers[0]+"/submit")
}

// panel puts a round's judges together, and lets every one of them take so many sheets upon themselves.
func (s *season) panel(round string, each int) {
	s.Helper()
	for _, j := range s.judges {
		s.ask(s.staff, 200, "POST rounds/"+round+"/invite", said{"judge": j.Id, "n": each})
		s.ask(j, 200, "POST commitments/"+s.find(s.ask(j, 200, "GET commitments"), "round", round)["id"].(string)+"/accept", said{"n": each})
	}
	proposed := s.ask(s.staff, 200, "POST rounds/"+round+"/propose")
	if short := proposed["short"].([]any); len(short) > 0 {
		s.Fatalf("the panel is too small: %v", short)
	}
	s.ask(s.staff, 200, "POST rounds/"+round+"/offer")
}

// points are what a judge gives a project for a criterion: no two projects are equal in all four.
func (s *season) points(title string, criterion int) float64 {
	var n int
	if _, err := fmt.Sscanf(title, "Dự án số %d", &n); err != nil {
		s.Fatalf("a judge reads %q", title)
	}
	for range criterion {
		n /= 5
	}
	return float64(1 + n%5)
}

// judge lets every judge hand in every sheet that they are asked for, and says how many there were.
func (s *season) judge() (sheets int) {
	s.Helper()
	for _, j := range s.judges {
		for _, row := range s.ask(j, 200, "GET assignments")["rows"].([]any) {
			row := row.(said)
			if row["status"] != "offered" {
				continue // judged, in this round or in the one before
			}
			id := row["id"].(string)
			sheet := s.ask(j, 200, "GET assignments/"+id)
			scores := said{}
			for n, c := range at(sheet, "round", "rubric").([]any) {
				scores[c.(said)["key"].(string)] = s.points(at(sheet, "subject", "title").(string), n)
			}
			kept := s.ask(j, 200, "PATCH assignments/"+id+"/sheet", said{"scores": scores, "recommendation": "yes"})
			s.ask(j, 200, "POST assignments/"+id+"/submit", said{"rev": kept["rev"], "no_conflict": true})
			sheets++
		}
	}
	return sheets
}

// screen runs the first round: two judges for each of them. It says how many go on.
func (s *season) screen() int {
	s.Helper()
	round := s.ask(s.staff, 200, "POST intakes/"+s.call+"/rounds", said{
		"title_vi": "Sơ tuyển", "title_en": "Screening", "per_subject": 2, "advance_rule": said{"top": 40, "ties": "chain"},
	})["id"].(string)
	s.ask(s.staff, 200, "POST intakes/"+s.call+"/rounds", said{"title_vi": "Phỏng vấn", "title_en": "Interview", "type": "rubric", "per_subject": 3, "advance_rule": said{"top": 30, "ties": "chain"}})
	s.ask(s.staff, 200, "POST rounds/"+round+"/begin")
	s.panel(round, 32)
	s.ask(s.staff, 200, "POST rounds/"+round+"/open")

	// One judge knows a team: their sheet is gone, and the proposal finds somebody else.
	j := s.judges[0]
	s.ask(j, 200, "POST assignments/"+s.find(s.ask(j, 200, "GET assignments"), "status", "offered")["id"].(string)+"/recuse", said{"reason": "Tôi từng cố vấn đội này."})
	if again := s.ask(s.staff, 200, "POST rounds/"+round+"/propose", said{"again": true}); again["proposed"] != 1.0 {
		s.Fatalf("who takes the place of a judge that stood too near: %v", again)
	}
	s.ask(s.staff, 200, "POST rounds/"+round+"/offer")
	if n := s.judge(); n != 2*seasonSize {
		s.Fatalf("%d sheets in the first round, want %d", n, 2*seasonSize)
	}
	return s.finish(round, 40)
}

// finish closes a round and confirms what its rule says, but for one that staff let on. It says how many go on.
func (s *season) finish(round string, most int) (on int) {
	s.Helper()
	s.ask(s.staff, 200, "POST rounds/"+round+"/close")
	s.ask(s.staff, 200, "POST rounds/"+round+"/compute")
	plan := s.ask(s.staff, 200, "GET rounds/"+round)
	advances, out := 0, ""
	for _, e := range plan["entries"].([]any) {
		if e := e.(said); e["advances"] == true {
			advances++
		} else {
			out = e["subject"].(string)
		}
	}
	if advances != most {
		s.Fatalf("%d go on, want %d", advances, most)
	}
	s.ask(s.staff, 409, "POST rounds/"+round+"/advance", said{"seal": "0000000000000000"})
	s.ask(s.staff, 400, "POST rounds/"+round+"/advance", said{"seal": plan["seal"], "changes": []said{{"subject": out, "advances": true}}})
	s.ask(s.staff, 200, "POST rounds/"+round+"/advance", said{
		"seal": plan["seal"], "changes": []said{{"subject": out, "advances": true, "reason": "Ngành ưu tiên của tỉnh."}},
	})
	return advances + 1
}
