package intake_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// Everybody is told of the grace, and the guard takes what comes within it, to the millisecond, however late the job is.
func TestGraceIsTakenToTheMillisecond(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.IntakeWithFiles(t, house, now, 15*time.Minute, housetest.Plans())
	end := now.Add(time.Hour + 15*time.Minute)
	for name, m := range moments {
		a, u := housetest.Beginner(t, house, call, now)
		at, me := end.Add(m.by), housetest.Actor(t, house, u, now)
		p, err := intake.Read(house, me, a.Id, at)
		housetest.Refused(t, err, "")
		if p.Writable == m.past || !p.ClosesAt.Equal(now.Add(time.Hour)) || p.GraceMin != 15 || !p.TakenUntil.Equal(end) {
			t.Errorf("%s: writable %v, closes %v, grace %d, taken until %v", name, p.Writable, p.ClosesAt, p.GraceMin, p.TakenUntil)
		}
		_, err = intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"team": name}}, 0, at)
		housetest.Refused(t, err, code(m.past, "intake.not_open"))
		_, err = housetest.Send(t, house, a, u, name, at)
		housetest.Refused(t, err, code(m.past, "intake.not_open"))
		_, err = intake.GiveTicket(house, me, a.Id, intake.Sending{Question: "plan", Name: "b.pdf", Size: 9}, at)
		if m.past {
			housetest.Refused(t, err, "intake.not_open")
		} else {
			housetest.Refused(t, err, "ticket.used") // the file that was sent has it
			housetest.Refused(t, intake.TakeOut(house, me, a.Id, p.ID, at), "record.not_found")
		}
		_, err = intake.Submit(house, me, a.Id, 0, at)
		housetest.Refused(t, err, code(m.past, "intake.not_open"))
		_, err = intake.Begin(house, housetest.Actor(t, house, housetest.User(t, house), now), call.Id, "", at)
		housetest.Refused(t, err, code(m.past, "intake.not_open"))
	}
	housetest.Refused(t, intake.CloseIntakes(house, end.Add(-time.Millisecond)), "")
	if call, _ = intake.Intakes.Find(house, call.Id); call.Status() == intake.IntakeClosed {
		t.Error("it closed within its grace")
	}
	housetest.Refused(t, intake.CloseIntakes(house, end), "")
	if call, _ = intake.Intakes.Find(house, call.Id); call.Status() != intake.IntakeClosed {
		t.Error("it did not close after its grace")
	}
	housetest.Well(t, house)
}

// Two hours of grace are another deadline, and what is promised does not change once it is published.
func TestGraceHasAnEnd(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	staff, call := housetest.StaffActing(t, house), housetest.DraftIntake(t, house, now, 1, 1)
	for minutes, code := range map[int]string{-1: "intake.grace", 121: "intake.grace", 120: ""} {
		_, err := intake.Edit(house, staff, call.Id, intake.Terms{GraceMin: &minutes}, 0, now)
		housetest.Refused(t, err, code)
	}
	_, err := intake.Publish(house, staff, call.Id, now)
	housetest.Refused(t, err, "")
	more := 119
	_, err = intake.Edit(house, staff, call.Id, intake.Terms{GraceMin: &more}, 0, now)
	housetest.Refused(t, err, "intake.frozen")
}

// A file that was on its way when the deadline came arrives, and its application is handed in with it within fifteen minutes.
// Nothing else can be changed, another file cannot be sent, and there is no second ticket.
func TestATicketLetsOneFileArrive(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.IntakeWithFiles(t, house, now, 0, housetest.Plans())
	end := now.Add(time.Hour)
	a, u := housetest.Beginner(t, house, call, now)
	me, raw := housetest.Actor(t, house, u, now), housetest.Page("lớn")
	on := intake.Sending{Question: "plan", Name: "lớn.pdf", Size: int64(len(raw))}
	_, err := intake.GiveTicket(house, me, a.Id, on, end.Add(-15*time.Minute-time.Millisecond))
	housetest.Refused(t, err, "ticket.too_early")
	given, err := intake.GiveTicket(house, me, a.Id, on, end.Add(-time.Millisecond))
	housetest.Refused(t, err, "")
	if !given.Until().Equal(end.Add(15 * time.Minute)) {
		t.Errorf("it holds until %v", given.Until())
	}
	again, err := intake.GiveTicket(house, me, a.Id, on, end.Add(time.Minute))
	housetest.Refused(t, err, "")
	if again.Id != given.Id || !again.Until().Equal(given.Until()) {
		t.Error("the ticket was renewed")
	}
	other := on
	other.Name = "khác.pdf"
	_, err = intake.GiveTicket(house, me, a.Id, other, end.Add(-time.Millisecond))
	housetest.Refused(t, err, "ticket.used")

	// The job is an hour late or on time: the ticket decides by the clock.
	housetest.Refused(t, intake.CloseIntakes(house, end), "")
	after := end.Add(14 * time.Minute)
	_, err = intake.BeginDeciding(house, housetest.ManagerOf(t, house, call), call.Id, after)
	housetest.Refused(t, err, "intake.still_open")
	_, err = intake.Save(house, me, a.Id, intake.Words{Answers: intake.Answers{"team": "thêm"}}, 0, after)
	housetest.Refused(t, err, "intake.not_open")
	_, err = intake.Receive(house, me, a.Id, other, bytes.NewReader(housetest.Page("khác")), after)
	housetest.Refused(t, err, "intake.not_open")
	f, err := intake.Receive(house, me, a.Id, on, bytes.NewReader(raw), after)
	housetest.Refused(t, err, "")
	housetest.Refused(t, intake.TakeOut(house, me, a.Id, f.Id, after), "intake.not_open")
	for _, m := range moments {
		if m.past {
			_, err = intake.Submit(house, me, a.Id, 0, given.Until().Add(m.by))
			housetest.Refused(t, err, "intake.not_open")
			_, err = intake.Receive(house, me, a.Id, on, bytes.NewReader(raw), given.Until().Add(m.by))
			housetest.Refused(t, err, "intake.not_open")
		}
	}
	_, err = intake.Submit(house, me, a.Id, 0, given.Until().Add(-time.Millisecond))
	housetest.Refused(t, err, "")
	housetest.Refused(t, intake.CloseIntakes(house, given.Until().Add(-time.Millisecond)), "")
	stands(t, house, a.Id, intake.ApplicationSubmitted)
	housetest.Refused(t, intake.CloseIntakes(house, given.Until()), "")
	stands(t, house, a.Id, intake.ApplicationInReview)
	p, err := intake.Read(house, housetest.StaffActing(t, house), a.Id, given.Until())
	housetest.Refused(t, err, "")
	if p.Ticket == nil || p.Ticket.Name != "lớn.pdf" || len(p.Files) != 1 {
		t.Errorf("staff see ticket %+v, files %+v", p.Ticket, p.Files)
	}
	housetest.Well(t, house)
}

// An upload that begins before the deadline gets its ticket by itself; one that begins long before needs none.
func TestAnUploadBringsItsTicket(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.IntakeWithFiles(t, house, now, 0, housetest.Plans())
	end := now.Add(time.Hour)
	for name, c := range map[string]struct {
		at   time.Time
		late bool // whether it can be handed in after the deadline
	}{
		"long before": {end.Add(-16 * time.Minute), false},
		"just before": {end.Add(-time.Millisecond), true},
	} {
		a, u := housetest.Beginner(t, house, call, now)
		housetest.Sent(t, house, a, u, name, c.at)
		_, err := intake.Submit(house, housetest.Actor(t, house, u, now), a.Id, 0, end.Add(time.Minute))
		housetest.Refused(t, err, code(!c.late, "intake.not_open"))
	}
	housetest.Well(t, house)
}

// A call that is called off takes nothing, ticket or not.
func TestATicketDoesNotOpenACancelledIntake(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.IntakeWithFiles(t, house, now, 0, housetest.Plans())
	end := now.Add(time.Hour)
	a, u := housetest.Beginner(t, house, call, now)
	housetest.Sent(t, house, a, u, "gấp", end.Add(-time.Minute))
	_, err := intake.Cancel(house, housetest.ManagerOf(t, house, call), call.Id, "dời sang năm sau", end.Add(-time.Second))
	housetest.Refused(t, err, "")
	_, err = intake.Submit(house, housetest.Actor(t, house, u, now), a.Id, 0, end.Add(time.Minute))
	housetest.Refused(t, err, "intake.not_open")
}

// What was moved for everybody stands on the public page; what was moved for one, before staff and that one alone.
func TestEverybodySeesWhatWasMovedForEverybody(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.IntakeWithFiles(t, house, now, 0, housetest.Plans())
	a, u := housetest.Beginner(t, house, call, now)
	_, other := housetest.Beginner(t, house, call, now)
	staff := housetest.StaffActing(t, house)
	_, err := intake.Extend(house, staff, call.Id, "", now.Add(2*time.Hour), "bão số 9", now)
	housetest.Refused(t, err, "")
	_, err = intake.Extend(house, staff, call.Id, a.Id, now.Add(3*time.Hour), "nằm viện", now)
	housetest.Refused(t, err, "")
	said := func(lines []intake.ExtendedLine) (all string) {
		for _, l := range lines {
			all += l.Reason + "/" + l.By + ";"
		}
		return all
	}
	mine, err := intake.Read(house, housetest.Actor(t, house, u, now), a.Id, now)
	housetest.Refused(t, err, "")
	public, err := intake.About(house, housetest.Actor(t, house, other, now), call.Id, now)
	housetest.Refused(t, err, "")
	inside, err := intake.About(house, staff, call.Id, now)
	housetest.Refused(t, err, "")
	for name, got := range map[string][2]string{
		"the applicant": {said(mine.Extended), "bão số 9/;nằm viện/;"},
		"everybody":     {said(public.Moved) + said(public.Extensions), "bão số 9/;"},
		"staff":         {said(inside.Extensions), "bão số 9/Nguyễn Thử Nghiệm;nằm viện/Nguyễn Thử Nghiệm;"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %s, want %s", name, got[0], got[1])
		}
	}
	housetest.Well(t, house)
}

// Judges read what was handed in to them: in a blind round only what cannot tell who wrote it, under a name that tells nothing.
func TestAJudgeReadsWhatIsForJudges(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		house, now := housetest.App(t), housetest.Noon
		open, safe, secret := housetest.Plans(), housetest.Plans(), housetest.Plans()
		open.Key, safe.Key, safe.BlindSafe, secret.Key, secret.ReviewerVisible = "open", "safe", true, "secret", false
		call := housetest.IntakeWithFiles(t, house, now, 0, open, safe, secret)
		a, u := housetest.Beginner(t, house, call, now)
		me := housetest.Actor(t, house, u, now)
		ids := map[string]string{}
		for _, key := range []string{"open", "safe", "secret"} {
			f, err := intake.Receive(house, me, a.Id, intake.Sending{Question: key, Name: "Nguyễn Văn A.pdf", Size: -1}, bytes.NewReader(housetest.Page(key)), now)
			housetest.Refused(t, err, "")
			ids[key] = f.Id
		}
		_, err := intake.Submit(house, me, a.Id, 0, now)
		housetest.Refused(t, err, "")
		after := housetest.Closed(t, house, call, now)
		seat, judge := housetest.Asked(t, house, call, a, after)
		if _, err := house.NonconcurrentDB().NewQuery("UPDATE rounds SET blind = {:blind}").Bind(dbx.Params{"blind": blind}).Execute(); err != nil {
			t.Fatal(err)
		}
		housetest.Judging(t, house, call, after)
		by := housetest.Actor(t, house, judge, after)
		want := map[string]string{"open": "Nguyễn Văn A.pdf", "safe": "Nguyễn Văn A.pdf"}
		if blind {
			want = map[string]string{"safe": "tep-1.pdf"}
		}
		desk, err := judging.Before(house, by, seat.Id, after)
		housetest.Refused(t, err, "")
		shown := map[string]string{}
		for _, answer := range desk.Subject.Answers {
			for _, f := range answer.Files {
				shown[answer.Key] = f.Name
			}
		}
		for key, id := range ids {
			_, name, err := intake.ReadableByJudge(house, by, seat.Id, id)
			housetest.Refused(t, err, code(want[key] == "", "record.not_found"))
			if name != want[key] || shown[key] != want[key] {
				t.Errorf("blind %v, %s: fetched as %q, shown as %q, want %q", blind, key, name, shown[key], want[key])
			}
			_, err = intake.Readable(house, by, a.Id, id, after)
			housetest.Refused(t, err, "record.not_found") // judges do not know the application
		}
		_, err = judging.Recuse(house, by, seat.Id, "quen biết", after)
		housetest.Refused(t, err, "")
		_, _, err = intake.ReadableByJudge(house, by, seat.Id, ids["safe"])
		housetest.Refused(t, err, "record.not_found")
	}
}

// Wherever the machine thinks it is, a deadline is the same instant.
func TestTheZoneOfTheMachineDecidesNothing(t *testing.T) { //nolint:paralleltest // it moves the machine
	here := time.Local
	t.Cleanup(func() { time.Local = here })
	for _, zone := range []string{"UTC", "America/New_York", "Pacific/Kiritimati"} {
		there, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = there
		house, now := housetest.App(t), housetest.Noon.In(there)
		call := housetest.IntakeWithFiles(t, house, now, 5*time.Minute, housetest.Plans())
		for _, m := range moments {
			a, u := housetest.Beginner(t, house, call, now)
			me, at := housetest.Actor(t, house, u, now), now.Add(time.Hour+5*time.Minute+m.by)
			_, err := housetest.Send(t, house, a, u, zone, at)
			housetest.Refused(t, err, code(m.past, "intake.not_open"))
			_, err = intake.Submit(house, me, a.Id, 0, at)
			housetest.Refused(t, err, code(m.past, "intake.not_open"))
		}
		housetest.Well(t, house)
	}
}
