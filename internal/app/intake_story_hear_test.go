package app_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// advanced are the applications that went on from a round, the best first.
func (s *season) advanced(number int) (some []string) {
	s.Helper()
	round := s.find(s.ask(s.staff, 200, "GET intakes/"+s.call+"/rounds"), "number", number)["id"].(string)
	for _, e := range s.ask(s.staff, 200, "GET rounds/"+round)["entries"].([]any) {
		if e := e.(said); e["outcome"] == "advanced" {
			some = append(some, e["subject"].(string))
		}
	}
	return some
}

// talk is the only interview of an application, as its applicant sees it.
func (s *season) talk(id string) said {
	s.Helper()
	all := at(s.ask(s.byPaper[id], 200, "GET applications/"+id), "own", "interviews").([]any)
	if len(all) != 1 {
		s.Fatalf("the applicant of %s sees %d interviews", id, len(all))
	}
	return all[0].(said)
}

// hear: those who went on are heard in a day by two panels. One cannot come and gets another time, one is called off, one does
// not turn up. Nobody else is asked, and who hears whom is told to staff alone.
func (s *season) hear(on int) {
	s.Helper()
	heard := s.advanced(1)
	if len(heard) != on {
		s.Fatalf("%d went on, the round says %d", on, len(heard))
	}
	panels := [][]string{s.ids(1, 2, 3), s.ids(4, 5, 6)}
	day := s.now.AddDate(0, 0, 3).Truncate(24 * time.Hour).Add(time.Hour) // eight in the morning
	half := (on + 1) / 2
	for n, some := range [][]string{heard[:half], heard[half:]} {
		plan := s.ask(s.staff, 200, "POST intakes/"+s.call+"/interviews/plan", said{
			"applications": some, "from": day, "minutes": 20, "pause": 5, "break_at": day.Add(4 * time.Hour), "break_for": 60,
		})
		row := said{"slots": plan["slots"], "minutes": 20, "place": fmt.Sprintf("Phòng %d", n+1), "panel": panels[n], "note": "Bạn mang theo bản mẫu."}
		s.ask(s.founders[0], 404, "POST intakes/"+s.call+"/interviews", row)
		if set := s.ask(s.staff, 200, "POST intakes/"+s.call+"/interviews", row)["set"].([]any); len(set) != len(some) {
			s.Fatalf("%d interviews were set, want %d", len(set), len(some))
		}
	}
	s.noClash(heard, panels, day)
	s.told(heard, panels)

	// One says that they cannot come, and why: they get another time and place, and say yes to it.
	moved, founder := heard[3], s.byPaper[heard[3]]
	first := s.talk(moved)
	s.ask(s.byPaper[heard[4]], 404, "POST interviews/"+first["id"].(string)+"/decline", said{"words": "Không phải của tôi"})
	s.ask(founder, 200, "POST interviews/"+first["id"].(string)+"/decline", said{"words": "Hôm đó tôi đi giao mẫu ở Thuận An."})
	line := s.find(s.ask(s.staff, 200, "GET intakes/"+s.call+"/interviews?application="+moved), "status", "declined")
	if line["words"] != "Hôm đó tôi đi giao mẫu ở Thuận An." {
		s.Errorf("staff read %v", line["words"])
	}
	later := said{"starts_at": day.Add(26 * time.Hour), "place": "Phòng 7", "rev": line["rev"]}
	s.ask(s.staff, 200, "PATCH interviews/"+line["id"].(string), later)
	s.ask(s.staff, 409, "PATCH interviews/"+line["id"].(string), later)
	again := s.talk(moved)
	if again["status"] != "set" || again["place"] != "Phòng 7" || again["starts_at"] == first["starts_at"] || again["words"] != "" {
		s.Errorf("who was given another time sees %v", again)
	}
	s.ask(founder, 409, "POST interviews/"+line["id"].(string)+"/confirm", said{"rev": first["rev"]})
	s.ask(founder, 200, "POST interviews/"+line["id"].(string)+"/confirm", said{"rev": again["rev"]})

	// One is called off, with a reason; its hour is free for somebody else.
	off := heard[5]
	id, hour := s.talk(off)["id"].(string), s.talk(off)["starts_at"]
	s.ask(s.staff, 400, "POST interviews/"+id+"/cancel", said{"reason": " "})
	s.ask(s.staff, 200, "POST interviews/"+id+"/cancel", said{"reason": "Nhóm đã được nghe ở vòng trước."})
	if left := at(s.ask(s.byPaper[off], 200, "GET applications/"+off), "own", "interviews").([]any); len(left) > 0 {
		s.Errorf("who is not heard any more sees %v", left)
	}
	s.ask(s.staff, 200, "PATCH interviews/"+line["id"].(string), said{"starts_at": hour, "rev": s.talk(moved)["rev"]})

	s.heldAll(heard, off, day)
}

// heldAll is the day itself: everybody turns up but one, and then nothing about it changes any more.
func (s *season) heldAll(heard []string, off string, day time.Time) {
	s.Helper()
	talks := map[string]string{}
	for _, id := range heard {
		if id != off {
			talks[id] = s.talk(id)["id"].(string)
		}
	}
	s.ask(s.staff, 409, "POST interviews/"+talks[heard[0]]+"/hold")
	s.later(day.AddDate(0, 0, 1))
	missing := heard[len(heard)-1]
	s.ask(s.byPaper[missing], 409, "POST interviews/"+talks[missing]+"/confirm")
	s.ask(s.staff, 200, "POST interviews/"+talks[missing]+"/cancel", said{"reason": "Nhóm không đến."})
	for _, id := range heard {
		if talks[id] != "" && id != missing {
			s.ask(s.staff, 200, "POST interviews/"+talks[id]+"/hold")
		}
	}
	s.ask(s.staff, 409, "POST interviews/"+talks[heard[0]]+"/cancel", said{"reason": "Nhầm"})
	stand := map[string]int{}
	for _, v := range s.ask(s.staff, 200, "GET intakes/"+s.call+"/interviews")["rows"].([]any) {
		stand[v.(said)["status"].(string)]++
	}
	if want := map[string]int{"held": len(heard) - 2, "cancelled": 2}; fmt.Sprint(stand) != fmt.Sprint(want) {
		s.Errorf("after the day the interviews stand %v, want %v", stand, want)
	}
}

// noClash: nobody sits on two panels at once, and no team is heard twice at once. A row with one bad hour sets none of its hours.
func (s *season) noClash(heard []string, panels [][]string, day time.Time) {
	s.Helper()
	out := slices.IndexFunc(s.papers, func(id string) bool { return !slices.Contains(heard, id) })
	before := len(s.ask(s.staff, 200, "GET intakes/"+s.call+"/interviews")["rows"].([]any))
	clash := func(code string, panel []string, slots ...said) {
		s.Helper()
		got := s.ask(s.staff, 400, "POST intakes/"+s.call+"/interviews", said{"slots": slots, "minutes": 20, "place": "Phòng 3", "panel": panel})
		if raw := fmt.Sprint(got["data"]); !strings.Contains(raw, code) {
			s.Errorf("a clash is refused with %v, want %s", got, code)
		}
	}
	free := said{"application": s.papers[out], "starts_at": day.Add(-time.Hour)}
	clash("interview.busy_panel", append(s.ids(7), panels[0][0]), free, said{"application": s.papers[out], "starts_at": day.Add(10 * time.Minute)})
	clash("interview.busy_application", s.ids(7), said{"application": heard[0], "starts_at": day.Add(10 * time.Minute)})
	clash("interview.past", s.ids(7), said{"application": s.papers[out], "starts_at": s.now})
	clash("interview.stranger", []string{s.founders[0].Id}, free)
	if after := len(s.ask(s.staff, 200, "GET intakes/"+s.call+"/interviews")["rows"].([]any)); after != before {
		s.Errorf("refused rows left %d interviews, want %d", after, before)
	}
}

// told: every applicant who is heard sees when and where, and nobody of those who hear them.
func (s *season) told(heard []string, panels [][]string) {
	s.Helper()
	for _, id := range heard {
		v := s.talk(id)
		if v["place"] == "" || v["starts_at"] == "" || v["note"] != "Bạn mang theo bản mẫu." || v["open"] != true {
			s.Errorf("an applicant sees of their interview %v", v)
		}
		raw := fmt.Sprint(s.ask(s.byPaper[id], 200, "GET applications/"+id))
		for _, who := range slices.Concat(panels...) {
			if strings.Contains(raw, who) {
				s.Errorf("an applicant reads who hears them: %s", raw)
			}
		}
	}
	s.later(s.now.Add(time.Hour))
	for _, id := range []string{heard[0], heard[len(heard)-1]} {
		s.find(s.ask(s.byPaper[id], 200, "GET inbox"), "kind", "interview_set")
	}
	s.find(s.ask(s.judges[1], 200, "GET inbox"), "kind", "interview_set")
}

// ids are those of some judges.
func (s *season) ids(some ...int) (all []string) {
	for _, n := range some {
		all = append(all, s.judges[n].Id)
	}
	return all
}

// second lets another manager confirm an amendment that one proposed, once a place is there that nobody waits for.
func (s *season) second(id, amendment string) {
	s.Helper()
	s.ask(s.deputy, 409, "POST amendments/"+amendment+"/confirm")
	s.ask(s.chair, 200, "POST intakes/"+s.call+"/close-waitlist")
	s.ask(s.chair, 200, "POST intakes/"+s.call+"/enlarge", said{"capacity": seasonPlaces + 2, "reason": "Thêm một chỗ cho hồ sơ bị đọc nhầm."})
	s.ask(s.deputy, 200, "POST amendments/"+amendment+"/confirm")
	told := s.ask(s.byPaper[id], 200, "GET applications/"+id)
	if told["status"] != "admitted" || told["offer"] == nil {
		s.Errorf("who was admitted after all reads %v, %v", told["status"], told["offer"])
	}
	s.answer(id, "accept", 200)
}
