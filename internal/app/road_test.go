package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/app"
	"vuon/internal/housetest"
)

// road is one house with a clock that its story sets, entered through HTTP alone.
type road struct {
	*testing.T
	house  core.App
	server http.Handler
	now    time.Time
}

// said is a JSON object of a request or an answer.
type said = map[string]any

func newRoad(t *testing.T) *road {
	t.Helper()
	r := &road{T: t, now: time.Date(2027, 1, 4, 2, 0, 0, 0, time.UTC)} // a Monday, nine in the morning
	r.house = housetest.At(t, func() time.Time { return r.now })
	r.server = housetest.Server(t, r.house)
	return r
}

// ask sends a request that must be answered with a status, and returns the answer.
func (r *road) ask(who *core.Record, status int, route string, body ...said) said {
	r.Helper()
	method, path, _ := strings.Cut(route, " ")
	raw := "{}"
	if len(body) > 0 {
		text, err := json.Marshal(body[0])
		if err != nil {
			r.Fatal(err)
		}
		raw = string(text)
	}
	got := housetest.Ask(r, r.server, who, method, "/api/vuon/"+path, raw)
	if got.Code != status {
		r.Fatalf("%s: %d, want %d: %s", route, got.Code, status, got.Body)
	}
	answer := said{}
	if err := json.Unmarshal(got.Body.Bytes(), &answer); err != nil {
		r.Fatalf("%s: %v: %s", route, err, got.Body)
	}
	return answer
}

// later lets the clock stand at an instant, and what is due by then happen.
func (r *road) later(now time.Time) {
	r.Helper()
	r.now = now
	if _, err := app.RunJobs(r.house, now); err != nil {
		r.Fatal(err)
	}
}

// find returns the first row of a list in which a field has a value.
func (r *road) find(list said, field string, value any) said {
	r.Helper()
	for _, row := range list["rows"].([]any) {
		if row := row.(said); fmt.Sprint(row[field]) == fmt.Sprint(value) {
			return row
		}
	}
	r.Fatalf("no row whose %s is %v in %v", field, value, list)
	return nil
}

// at follows names into nested objects.
func at(answer said, names ...string) any {
	var v any = answer
	for _, name := range names {
		v = v.(said)[name]
	}
	return v
}

// The whole road, from an empty house to an alert, as its people walk it through the API.
func TestTheRoadFromAnApplicationToAnAlert(t *testing.T) {
	t.Parallel()
	r := newRoad(t)
	manager := housetest.Holder(t, r.house, access.Manager, access.House)
	staff := housetest.Holder(t, r.house, access.Staff, access.House)
	first, second, third := housetest.Holder(t, r.house, access.Judge, access.House), housetest.Holder(t, r.house, access.Judge, access.House), housetest.Holder(t, r.house, access.Judge, access.House)
	founder, other := housetest.User(t, r.house), housetest.User(t, r.house)

	// A programme, a cohort of one place, and an intake that is open for a week.
	programme := r.ask(manager, 200, "POST programmes", said{"code": "uom-tao", "title_vi": "Ươm tạo", "kind": "incubation"})
	r.ask(manager, 200, "POST programmes/"+programme["id"].(string)+"/activate")
	cohort := r.ask(manager, 200, "POST cohorts", said{"programme": programme["id"], "code": "K1", "title_vi": "Khóa 1", "capacity": 1})
	closes := r.now.AddDate(0, 0, 7)
	call := r.ask(staff, 200, "POST intakes", said{
		"programme": programme["id"], "cohort": cohort["id"], "form_version": "formbasic000001", "slug": "dot-1", "title_vi": "Đợt 1",
		"opens_at": r.now.Add(-time.Hour), "closes_at": closes, "capacity": 1, "offer_days": 7,
	})["id"].(string)
	r.ask(founder, 404, "POST applications", said{"intake": call})
	r.ask(staff, 200, "POST intakes/"+call+"/publish")

	// Two founders apply. What is not there is said field by field; the receipt names what was handed in.
	apply := func(who *core.Record, title string) string {
		a := r.ask(who, 200, "POST applications", said{"intake": call})
		id := a["id"].(string)
		if wrong := r.ask(who, 400, "POST applications/"+id+"/submit"); len(wrong["data"].(said)) == 0 {
			t.Errorf("nothing says what is missing: %v", wrong)
		}
		saved := r.ask(who, 200, "PATCH applications/"+id, said{"title": title, "rev": a["rev"], "answers": said{
			"team": "Ba người", "problem": "Lò gốm hỏng mẻ vì nứt men.", "solution": "Camera soi men.", "sector": "manufacturing", "headcount": 3,
		}})
		if stale := r.ask(who, 409, "PATCH applications/"+id, said{"title": "Cũ", "rev": a["rev"], "answers": said{}}); at(stale, "data", "stored") == nil {
			t.Errorf("a stale save does not show what is stored: %v", stale)
		}
		receipt := r.ask(who, 200, "POST applications/"+id+"/submit", said{"rev": saved["rev"]})
		if receipt["code"] == "" || len(fmt.Sprint(receipt["sha256"])) != 64 {
			t.Errorf("the receipt is %v", receipt)
		}
		return id
	}
	mine, theirs := apply(founder, "Gốm Lái Tech"), apply(other, "Bưởi Số")
	r.ask(other, 404, "GET applications/"+mine)

	// The intake closes, and everybody is under review at once.
	r.later(closes)
	r.ask(founder, 409, "POST applications/"+mine+"/submit")

	// Staff ask three judges. The third knows the team and says so; the two others score it.
	r.ask(staff, 200, "POST intakes/"+call+"/assign", said{"applications": []string{mine}, "judges": []string{first.Id, second.Id, third.Id}})
	r.ask(staff, 200, "POST intakes/"+call+"/round/open")
	task := func(judge *core.Record) string {
		return r.find(r.ask(judge, 200, "GET assignments"), "status", "offered")["id"].(string)
	}
	r.ask(third, 200, "POST assignments/"+task(third)+"/recuse", said{"reason": "Tôi từng cố vấn đội này."})
	for judge, points := range map[*core.Record]float64{first: 4, second: 5} {
		id := task(judge)
		sheet := r.ask(judge, 200, "GET assignments/"+id)
		if raw, err := json.Marshal(sheet); err != nil || strings.Contains(string(raw), founder.Id) || strings.Contains(string(raw), founder.Email()) {
			t.Errorf("a judge can see who applied: %s", raw)
		}
		scores := said{}
		for _, c := range at(sheet, "round", "rubric").([]any) {
			scores[c.(said)["key"].(string)] = points
		}
		kept := r.ask(judge, 200, "PATCH assignments/"+id+"/sheet", said{"scores": scores, "recommendation": "yes"})
		r.ask(judge, 400, "POST assignments/"+id+"/submit", said{"rev": kept["rev"]})
		r.ask(judge, 200, "POST assignments/"+id+"/submit", said{"rev": kept["rev"], "no_conflict": true})
	}

	// The card shows both sheets and moves over the board.
	var card said
	for _, row := range r.ask(staff, 200, "GET intakes/"+call+"/board")["rows"].([]any) {
		if at(row.(said), "application", "id") == mine {
			card = row.(said)
		}
	}
	if at(card, "sheets", "done") != 2.0 {
		t.Errorf("the card shows %v", card["sheets"])
	}
	r.ask(staff, 200, "POST screenings/"+card["id"].(string)+"/move", said{"to": "shortlisted"})

	// The manager decides once, and releases together. Until then nothing that the founder can see has changed.
	r.ask(manager, 200, "POST intakes/"+call+"/begin-deciding")
	before := r.ask(founder, 200, "GET applications/"+mine)
	r.ask(staff, 403, "POST applications/"+mine+"/decide", said{"outcome": "admitted", "rationale": "Đội mạnh"})
	r.ask(manager, 200, "POST applications/"+mine+"/decide", said{"outcome": "admitted", "rationale": "Đội mạnh"})
	r.ask(manager, 409, "POST applications/"+mine+"/decide", said{"outcome": "rejected", "rationale": "Nghĩ lại", "feedback": "…"})
	r.ask(manager, 409, "POST applications/"+theirs+"/decide", said{"outcome": "admitted", "rationale": "Cũng tốt"})
	r.ask(manager, 200, "POST applications/"+theirs+"/decide", said{"outcome": "rejected", "rationale": "Hết chỗ", "feedback": "Mời bạn quay lại đợt sau."})
	if after := r.ask(founder, 200, "GET applications/"+mine); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the founder can see a decision before its release:\n%v\n%v", before, after)
	}
	r.ask(manager, 200, "POST intakes/"+call+"/release")
	released := r.ask(founder, 200, "GET applications/"+mine)
	if released["status"] != "admitted" {
		t.Fatalf("after the release: %v", released)
	}

	// The founder accepts: a startup is enrolled and owes its baseline. Reporting it makes the enrolment active.
	offer := at(released, "offer", "id").(string)
	r.ask(other, 404, "POST offers/"+offer+"/accept")
	startup := r.ask(founder, 200, "POST offers/"+offer+"/accept", said{"startup_name": "Gốm Lái Tech"})["startup"].(string)
	report := func(period string, answers map[string]said) {
		id := r.find(r.ask(founder, 200, "GET reports"), "period_key", period)["id"].(string)
		sheet := r.ask(founder, 200, "GET reports/"+id)
		var readings []said
		for _, k := range sheet["kpis"].([]any) {
			k := k.(said)
			reading, ok := answers[k["key"].(string)]
			if !ok {
				reading = said{"state": "not_reported"}
			}
			reading["kpi"], reading["grade"] = k["id"], "self"
			readings = append(readings, reading)
		}
		r.ask(founder, 400, "POST reports/"+id+"/submit", said{"rev": at(sheet, "request", "rev")})
		kept := r.ask(founder, 200, "PATCH reports/"+id, said{"readings": readings, "rev": at(sheet, "request", "rev")})
		r.ask(founder, 200, "POST reports/"+id+"/submit", said{"rev": kept["rev"]})
		r.ask(other, 404, "GET reports/"+id)
	}
	report("baseline", map[string]said{"jobs": {"state": "value", "value": 3}})
	if status := r.find(r.ask(staff, 200, "GET enrolments"), "status", "active")["status"]; status != "active" {
		t.Errorf("the enrolment is %v", status)
	}

	// On the first of the month the monthly report opens. A true zero is a figure; what is refused or unknown is not.
	r.later(time.Date(2027, 2, 1, 2, 0, 0, 0, time.UTC))
	report("2027-01", map[string]said{
		"revenue": {"state": "value", "value": 0}, "jobs": {"state": "value", "value": 4}, "cash": {"state": "refused"}, "funding": {"state": "na"},
	})
	figures := r.ask(staff, 200, "GET figures?period=2027-01")
	for key, want := range map[string]string{"revenue": "0 1 1", "jobs": "4 1 1", "cash": "<nil> 0 1", "customers": "<nil> 0 1"} {
		f := r.find(figures, "key", key)
		if got := fmt.Sprint(f["total"], f["reported"], f["asked"]); got != want {
			t.Errorf("%s is %s, want %s (total, reported, asked)", key, got, want)
		}
	}

	// In the next month nobody reports, and two days after the due day an alert rises.
	r.later(time.Date(2027, 3, 1, 2, 0, 0, 0, time.UTC))
	r.later(time.Date(2027, 3, 22, 2, 0, 0, 0, time.UTC))
	if alert := r.find(r.ask(staff, 200, "GET alerts"), "rule", "report_missing"); fmt.Sprint(alert["startup"]) == "" {
		t.Errorf("the alert is about nobody: %v", alert)
	}
	r.find(r.ask(staff, 200, "GET alerts?q=gom+lai"), "rule", "report_missing") // found without its marks
	if others := r.ask(staff, 200, "GET alerts?q=buoi+so")["rows"].([]any); len(others) != 0 {
		t.Errorf("a search for another team finds %v", others)
	}
	r.ask(founder, 200, "GET startups/"+startup)
	r.ask(other, 404, "GET startups/"+startup)

	housetest.Well(t, r.house)
}
