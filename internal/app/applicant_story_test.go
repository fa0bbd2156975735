package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/notify"
)

// mailTo returns the newest mail to an address.
func (r *road) mailTo(email string) notify.Mail {
	r.Helper()
	for _, m := range housetest.Mails(r, r.house) {
		if m.To == email {
			return m.Mail
		}
	}
	r.Fatalf("nothing was mailed to %s", email)
	return notify.Mail{}
}

// post sends a form of a public page and returns where it leads.
func (r *road) post(path string, form url.Values) string {
	r.Helper()
	got := housetest.Ask(r, r.server, nil, http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if got.Code != http.StatusSeeOther {
		r.Fatalf("%s: %d: %s", path, got.Code, got.Body)
	}
	return got.Header().Get("Location")
}

// person is whoever an answer of a sign-in names.
func (r *road) person(signedIn said) *core.Record {
	r.Helper()
	who, err := r.house.FindRecordById("users", at(signedIn, "record", "id").(string))
	if err != nil || signedIn["token"] == "" {
		r.Fatalf("signed in as nobody: %v, %v", signedIn, err)
	}
	return who
}

// announced is an intake of one place that is open for a week.
func (r *road) announced(chair *core.Record, slug string) string {
	r.Helper()
	form := r.ask(chair, 200, "POST forms", said{"code": slug, "title_vi": "Mẫu " + slug, "schema": []said{
		{"key": "team", "type": "long", "label_vi": "Đội", "required": true},
		{"key": "sector", "type": "choice", "label_vi": "Ngành", "maps_to": "sector", "options": []said{{"value": "agriculture", "label_vi": "Nông nghiệp"}}},
		{"key": "headcount", "type": "number", "label_vi": "Người", "maps_to": "headcount"},
		{"key": "site", "type": "text", "label_vi": "Trang", "maps_to": "website"},
	}})["id"]
	r.ask(chair, 200, "POST form-versions/"+form.(string)+"/publish")
	programme := r.ask(chair, 200, "POST programmes", said{"code": slug, "title_vi": "Ươm tạo", "kind": "incubation"})["id"]
	r.ask(chair, 200, "POST programmes/"+programme.(string)+"/activate")
	cohort := r.ask(chair, 200, "POST cohorts", said{"programme": programme, "code": slug, "title_vi": "Khóa " + slug, "capacity": 1})["id"]
	id := r.ask(chair, 200, "POST intakes", said{
		"programme": programme, "cohort": cohort, "form_version": form, "slug": slug, "title_vi": "Đợt " + slug,
		"opens_at": r.now.Add(-time.Hour), "closes_at": r.now.AddDate(0, 0, 7), "capacity": 1, "offer_days": 7,
	})["id"].(string)
	r.ask(chair, 200, "POST intakes/"+id+"/publish")
	return id
}

// Somebody with nothing but an address applies together with somebody else, is heard, is admitted, and becomes a startup with
// both of them in it. Of what the house knows by then nothing is typed again.
func TestAGuestBecomesAStartup(t *testing.T) {
	t.Parallel()
	r := newRoad(t)
	chair, judge := housetest.Holder(t, r.house, access.Manager, access.House), housetest.Holder(t, r.house, access.Judge, access.House)
	call := r.announced(chair, "sen")

	// A guest says what they want to do, and enters the code that was mailed to them.
	page := r.post("/intakes/sen/apply", url.Values{"email": {"sen@example.org"}, "name": {"Lê Thị Sen"}, "title": {"Trà sen"}})
	_, token, ok := strings.Cut(r.post(page, url.Values{"code": {r.mailTo("sen@example.org").Code}}), "#now.")
	if !ok {
		t.Fatal("the right code leads nowhere")
	}
	sen := r.person(r.ask(nil, 200, "POST resume", said{"token": token}))
	mine := r.find(r.ask(sen, 200, "GET applications"), "title", "Trà sen")
	id := mine["id"].(string)
	if mine["status"] != "draft" || at(mine, "next", "key") != "hand_in" {
		t.Errorf("the draft is %v", mine)
	}

	// Somebody else is asked to write along, at an address that has no account, and joins with a yes of their own.
	r.ask(sen, 200, "POST applications/"+id+"/members", said{"email": "mai@example.org", "full_name": "Trần Mai", "role": "founder", "locale": "vi"})
	r.later(r.now.Add(2 * time.Minute))
	if letter := r.mailTo("mai@example.org"); !strings.Contains(letter.Text+letter.Link, "/app/applications/places/") {
		t.Errorf("whoever was asked reads %q %q", letter.Text, letter.Link)
	}
	ticket := r.ask(nil, 200, "POST sign-in/code", said{"email": "mai@example.org", "locale": "vi"})["id"]
	mai := r.person(r.ask(nil, 200, "POST sign-in", said{"id": ticket, "code": r.mailTo("mai@example.org").Code, "full_name": "Trần Mai"}))
	r.ask(mai, 404, "GET applications/"+id)
	place := r.ask(mai, 200, "GET applications")["asked"].([]any)[0].(said)["id"].(string)
	r.ask(mai, 400, "POST application-members/"+place+"/accept", said{"consent": false})
	r.ask(mai, 200, "POST application-members/"+place+"/accept", said{"consent": true})

	// Both write; one hands in, and again with what was changed.
	r.ask(mai, 200, "PATCH applications/"+id, said{"answers": said{"team": "Hai người", "site": "https://sen.example.org"}})
	saved := r.ask(sen, 200, "PATCH applications/"+id, said{"answers": said{"sector": "agriculture", "headcount": 2}})
	r.ask(mai, 404, "POST applications/"+id+"/submit")
	first := r.ask(sen, 200, "POST applications/"+id+"/submit", said{"rev": saved["rev"]})
	r.ask(sen, 200, "PATCH applications/"+id, said{"answers": said{"headcount": 3}})
	if paper := r.ask(sen, 200, "GET applications/"+id); paper["changed"] != true {
		t.Error("nothing says that what was handed in is not what is written")
	}
	if again := r.ask(sen, 200, "POST applications/"+id+"/submit"); again["submit_no"] != 2.0 || again["code"] != first["code"] || again["sha256"] == first["sha256"] {
		t.Errorf("handed in again: %v after %v", again, first)
	}

	// They are to be heard: it waits for their word, and is their next date.
	heard := r.now.AddDate(0, 0, 2)
	r.ask(chair, 200, "POST intakes/"+call+"/interviews", said{
		"slots": []said{{"application": id, "starts_at": heard}}, "minutes": 20, "place": "Phòng 2", "panel": []string{judge.Id},
	})
	if next := at(r.find(r.ask(sen, 200, "GET applications"), "id", id), "next", "key"); next != "interview" {
		t.Errorf("the next date is %v", next)
	}
	waits := func() (is bool) {
		t.Helper()
		todo, err := intake.Duties(r.house, housetest.Actor(t, r.house, sen, r.now), r.now)
		housetest.Refused(t, err, "")
		for _, d := range todo {
			is = is || d.Key == "interview_answer"
		}
		return is
	}
	talk := at(r.ask(sen, 200, "GET applications/"+id), "own", "interviews").([]any)[0].(said)["id"].(string)
	before := waits()
	r.ask(mai, 404, "POST interviews/"+talk+"/confirm")
	if r.ask(sen, 200, "POST interviews/"+talk+"/confirm"); !before || waits() {
		t.Errorf("the interview waits for their word: %v before it, %v after", before, waits())
	}
	r.later(heard.Add(time.Hour))
	r.ask(chair, 200, "POST interviews/"+talk+"/hold")

	// Nobody learns what was decided before the release; then the offer stands, and a yes makes a startup of both.
	r.later(r.now.AddDate(0, 0, 8))
	r.ask(chair, 200, "POST intakes/"+call+"/begin-deciding")
	r.ask(chair, 200, "POST applications/"+id+"/decide", said{"outcome": "admitted", "rationale": "Có khách thật"})
	if paper := r.ask(sen, 200, "GET applications/"+id); paper["offer"] != nil || paper["status"] != "in_review" {
		t.Errorf("before the release they read %v, %v", paper["status"], paper["offer"])
	}
	r.ask(chair, 200, "POST intakes/"+call+"/release")
	offer := at(r.ask(sen, 200, "GET applications/"+id), "offer", "id").(string)
	r.ask(mai, 404, "POST offers/"+offer+"/accept")
	startup := r.ask(sen, 200, "POST offers/"+offer+"/accept", said{"startup_name": "Sen Tây Hồ"})["startup"].(string)
	for _, who := range []*core.Record{sen, mai} {
		own := r.ask(who, 200, "GET account")["startups"].([]any)
		if len(own) != 1 || own[0].(said)["id"] != startup || own[0].(said)["name"] != "Sen Tây Hồ" {
			t.Errorf("%s belongs to %v", who.Email(), own)
		}
	}

	// Of what they handed in the record lacks one thing. It is offered, and theirs to take; a record that has changed meanwhile
	// is looked at first. Who is no admin of the startup is offered nothing.
	record := at(r.ask(sen, 200, "GET applications/"+id), "own", "record").(said)
	differs := record["differs"].([]any)
	if one := differs[0].(said); len(differs) != 1 || one["property"] != "website" || one["old"] != "" || one["new"] != "https://sen.example.org" {
		t.Errorf("of the record differs %v", record)
	}
	if own := r.ask(mai, 200, "GET applications/"+id)["own"].(said); own["record"] != nil {
		t.Errorf("who may not write the record is offered %v", own["record"])
	}
	r.ask(sen, 200, "PATCH startups/"+startup, said{"headcount": 9, "rev": record["rev"]})
	r.ask(sen, 409, "POST applications/"+id+"/record", said{"property": "website", "take": true, "rev": record["rev"]})
	r.ask(mai, 409, "POST applications/"+id+"/record", said{"property": "website", "take": true})
	record = at(r.ask(sen, 200, "GET applications/"+id), "own", "record").(said)
	if len(record["differs"].([]any)) != 1 {
		t.Errorf("what they wrote into the record themselves is offered back: %v", record)
	}
	r.ask(sen, 200, "POST applications/"+id+"/record", said{"property": "website", "take": true, "rev": record["rev"]})
	if own := r.ask(sen, 200, "GET applications/"+id)["own"].(said); own["record"] != nil {
		t.Errorf("after the answer still differs %v", own["record"])
	}

	// The startup applies elsewhere: what the house knows of it is there, and marked.
	next := r.ask(sen, 200, "POST applications", said{"intake": r.announced(chair, "sau"), "startup": startup})
	raw, err := json.Marshal([]any{next["answers"], at(next, "own", "prefilled")})
	const known = `{"headcount":9,"sector":"agriculture","site":"https://sen.example.org"}`
	if err != nil || string(raw) != "["+known+","+known+"]" {
		t.Errorf("a startup of the house begins with %s, %v", raw, err)
	}
	housetest.Well(t, r.house)
}
