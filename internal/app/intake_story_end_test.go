package app_test

import (
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

// judgeHeard runs the second round: three judges for each of those who went on and were heard.
func (s *season) judgeHeard(on int) {
	s.Helper()
	rounds := s.ask(s.staff, 200, "GET intakes/"+s.call+"/rounds")
	round := s.find(rounds, "number", 2)["id"].(string)
	if before := s.ask(s.staff, 200, "GET intakes/"+s.call+"/board?limit=200&round="+round)["rows"].([]any); len(before) != on {
		s.Errorf("%d cards stand in the second round before anybody is asked, want %d", len(before), on)
	}
	s.ask(s.staff, 200, "POST rounds/"+round+"/begin")
	s.panel(round, 16)
	s.ask(s.staff, 200, "POST rounds/"+round+"/open")
	if n := s.judge(); n != 3*on {
		s.Fatalf("%d sheets in the second round, want %d", n, 3*on)
	}
	s.finish(round, 30)
	s.ask(s.founders[0], 404, "GET rounds/"+round)
}

// decideAll decides as the rounds say: the best twenty, then fifteen who wait, and no to all others, with a word for each.
func (s *season) decideAll() {
	s.Helper()
	s.ask(s.chair, 200, "POST intakes/"+s.call+"/begin-deciding")
	round := s.find(s.ask(s.staff, 200, "GET intakes/"+s.call+"/rounds"), "number", 2)["id"].(string)
	place := map[string]int{}
	for _, e := range s.ask(s.staff, 200, "GET rounds/"+round)["entries"].([]any) {
		e := e.(said)
		place[e["subject"].(string)] = int(e["place"].(float64))
	}
	var admit, wait, reject []said
	for _, id := range s.papers {
		switch v := (said{"application": id, "rationale": "Theo điểm hai vòng"}); {
		case place[id] > 0 && len(admit) < seasonPlaces: // whoever was interviewed, in the order in which they applied
			v["outcome"] = "admitted"
			admit = append(admit, v)
		case place[id] > 0 && len(wait) < 15:
			v["outcome"] = "waitlisted"
			wait = append(wait, v)
		default:
			v["outcome"], v["feedback"] = "rejected", "Hãy nói chuyện với mười khách hàng rồi quay lại."
			reject = append(reject, v)
		}
	}
	before := s.ask(s.byPaper[s.papers[0]], 200, "GET applications/"+s.papers[0])
	s.ask(s.staff, 403, "POST intakes/"+s.call+"/decide", said{"verdicts": admit})
	silent := s.ask(s.chair, 200, "POST intakes/"+s.call+"/decide", said{"verdicts": []said{{"application": reject[0]["application"], "outcome": "rejected", "rationale": "Yếu"}}})
	if silent["decided"] != 0.0 {
		s.Errorf("a rejection without a word was taken: %v", silent)
	}
	s.ask(s.chair, 409, "POST intakes/"+s.call+"/release")
	for _, some := range [][]said{admit, wait, reject} {
		if done := s.ask(s.chair, 200, "POST intakes/"+s.call+"/decide", said{"verdicts": some}); done["decided"] != float64(len(some)) {
			s.Fatalf("of %d verdicts: %v", len(some), done)
		}
	}
	if after := s.ask(s.byPaper[s.papers[0]], 200, "GET applications/"+s.papers[0]); fmt.Sprint(after) != fmt.Sprint(before) {
		s.Errorf("an applicant can see a decision before its release:\n%v\n%v", before, after)
	}
	s.ask(s.chair, 200, "POST intakes/"+s.call+"/release")
	s.counted(map[string]int{"admitted": 20, "waitlisted": 15, "rejected": 85})
	for _, id := range s.papers[:5] {
		if told := s.ask(s.byPaper[id], 200, "GET applications/"+id); told["decision"] == nil {
			s.Errorf("an applicant was not told: %v", told["status"])
		}
	}
}

// stand are the applications by where they stand, as staff read them.
func (s *season) stand() map[string][]string {
	s.Helper()
	by := map[string][]string{}
	for after := ""; ; {
		page := s.ask(s.staff, 200, "GET intakes/"+s.call+"/applications?limit=100&after="+after)
		for _, row := range page["rows"].([]any) {
			status := row.(said)["status"].(string)
			by[status] = append(by[status], row.(said)["id"].(string))
		}
		if after = page["next"].(string); after == "" {
			break
		}
	}
	for _, some := range by {
		slices.Sort(some)
	}
	return by
}

func (s *season) in(status string) []string { s.Helper(); return s.stand()[status] }

// counted holds how many applications stand where.
func (s *season) counted(want map[string]int) {
	s.Helper()
	got := map[string]int{}
	for status, some := range s.stand() {
		got[status] = len(some)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.Fatalf("applications stand %v, want %v", got, want)
	}
}

// answer accepts or declines the offer of an application.
func (s *season) answer(id, verb string, status int) {
	s.Helper()
	offer := at(s.ask(s.byPaper[id], 200, "GET applications/"+id), "offer", "id").(string)
	s.ask(s.byPaper[id], status, "POST offers/"+offer+"/"+verb)
}

// answerOffers: twelve accept, three decline, and for each of these the next one is promoted; the rest lapse, and so do
// those who were promoted in their place.
func (s *season) answerOffers() {
	s.Helper()
	offered := s.in("admitted")
	for _, id := range offered[:12] {
		s.answer(id, "accept", 200)
	}
	for _, id := range offered[12:15] {
		s.answer(id, "decline", 200)
	}
	s.counted(map[string]int{"admitted": 8, "declined": 3, "enrolled": 12, "rejected": 84, "waitlisted": 13})
	for _, id := range s.in("admitted") {
		if !slices.Contains(offered, id) { // promoted
			s.answer(id, "accept", 200)
		}
	}
	s.later(s.now.AddDate(0, 0, 9))
	s.answer(offered[15], "accept", 409)
	s.counted(map[string]int{"admitted": 5, "declined": 3, "enrolled": 15, "offer_expired": 5, "rejected": 84, "waitlisted": 8})
}

// appeal: somebody who was rejected appeals in time; the staff who decided are refused, others hear it, and two of them find
// that they wait.
func (s *season) appeal() {
	s.Helper()
	id := s.in("rejected")[7]
	founder := s.byPaper[id]
	hearers := []*core.Record{housetest.Holder(s, s.house, access.Judge, access.House), housetest.Holder(s, s.house, access.Manager, access.House)}
	clerk := housetest.Holder(s, s.house, access.Staff, access.House)
	s.ask(s.founders[0], 404, "POST applications/"+id+"/appeal", said{"words": "Không phải của tôi"})
	appeal := s.ask(founder, 200, "POST applications/"+id+"/appeal", said{"words": "Ban giám khảo chưa đọc bảng số liệu của chúng tôi."})["id"].(string)
	s.ask(founder, 409, "POST applications/"+id+"/appeal", said{"words": "Lần nữa"})
	s.ask(clerk, 200, "POST appeals/"+appeal+"/admit")
	s.ask(clerk, 400, "POST appeals/"+appeal+"/hear", said{"panel": []string{s.chair.Id, hearers[0].Id}})
	s.ask(clerk, 200, "POST appeals/"+appeal+"/hear", said{"panel": []string{hearers[0].Id, hearers[1].Id}})
	s.ask(hearers[0], 200, "POST appeals/"+appeal+"/find", said{"finding": "uphold", "outcome": "waitlisted", "answer": "Bạn có lý: số liệu đã có trong hồ sơ."})
	s.ask(hearers[0], 403, "POST appeals/"+appeal+"/settle")
	s.ask(hearers[1], 200, "POST appeals/"+appeal+"/settle")
	s.counted(map[string]int{"admitted": 20, "rejected": 84, "waitlisted": 16})
}

// amend: one manager proposes to admit somebody after all, another confirms it. No place is free until the house has one that
// nobody waits for: a new place goes to the list first.
func (s *season) amend() {
	s.Helper()
	id := s.in("rejected")[3]
	change := said{"outcome": "admitted", "reason": "Đọc nhầm hồ sơ", "feedback": "Chúng tôi đã đọc nhầm, xin lỗi bạn."}
	s.ask(s.staff, 403, "POST applications/"+id+"/amend", change)
	amendment := s.ask(s.chair, 200, "POST applications/"+id+"/amend", change)["id"].(string)
	s.ask(s.chair, 403, "POST amendments/"+amendment+"/confirm")
	s.ask(s.chair, 200, "POST intakes/"+s.call+"/enlarge", said{"capacity": seasonPlaces + 1, "reason": "Trung tâm có thêm một phòng."})
	s.second(id, amendment)
}

// end: the waiting list closes, and the house is well.
func (s *season) end() {
	s.Helper()
	if waiting := s.in("waitlisted"); len(waiting) > 0 {
		s.Errorf("%d still wait", len(waiting))
	}
	housetest.Well(s, s.house)
}
