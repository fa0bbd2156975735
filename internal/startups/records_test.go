package startups_test

import (
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// recorded is a startup with something of everything, its founder, and the cohort it is in.
func recorded(t *testing.T, house core.App) (*startups.Startup, *core.Record, housetest.Records, string) {
	t.Helper()
	cohort := housetest.Places(t, house, 3)
	s, founder := housetest.Active(t, house, cohort, "Vườn Kín", housetest.Noon)
	return s, founder, housetest.Recorded(t, house, founder, s.Id, housetest.Noon), cohort
}

// What an investor reads they read by the startup's word, and no longer than that.
func TestAnInvestorReadsADealAsLongAsItsStartupWants(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u, _, cohort := recorded(t, house)
	founder := housetest.Actor(t, house, u, housetest.Noon)
	chosen := housetest.Holder(t, house, access.Investor, access.House)
	investor, other := housetest.Actor(t, house, chosen, housetest.Noon), housetest.Acting(t, house, access.Investor, access.House)
	sees := func(by access.Actor, code string) {
		t.Helper()
		_, _, err := startups.Investable(house, by, s.Id)
		housetest.Refused(t, err, code)
		_, err = startups.OpenDeck(house, by, s.Id, housetest.Noon)
		housetest.Refused(t, err, code)
	}
	sees(investor, "record.not_found")

	_, err := startups.ShowDeal(house, founder, s.Id, startups.Selected, nil, housetest.Noon)
	housetest.Refused(t, err, "deal.nobody_selected")
	_, err = startups.ShowDeal(house, founder, s.Id, startups.Selected, []string{u.Id}, housetest.Noon)
	housetest.Refused(t, err, "deal.not_investor")
	_, err = startups.ShowDeal(house, housetest.StaffOf(t, house, cohort), s.Id, startups.Verified, nil, housetest.Noon)
	housetest.Refused(t, err, "startup.needs_admin")
	_, err = startups.ShowDeal(house, founder, s.Id, startups.Selected, []string{chosen.Id}, housetest.Noon)
	housetest.Refused(t, err, "")
	sees(investor, "")
	sees(other, "record.not_found")
	_, err = startups.ShowDeal(house, founder, s.Id, startups.Verified, nil, housetest.Noon)
	housetest.Refused(t, err, "")
	sees(other, "")

	// A role that is taken back closes the door, and so does the startup's own word.
	g, err := access.RoleGrants.First(house, dbx.HashExp{"user": other.ID})
	housetest.Refused(t, err, "")
	g.SetRevoked(housetest.Noon)
	housetest.Save(t, house, g)
	row, err := house.FindRecordById("users", other.ID)
	housetest.Refused(t, err, "")
	sees(housetest.Actor(t, house, row, housetest.Noon), "record.not_found")
	_, err = startups.HideDeal(house, founder, s.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	sees(investor, "record.not_found")

	// Who seeks nothing shows nothing, and nothing is shown that says nothing.
	_, err = startups.ShowDeal(house, founder, s.Id, startups.Verified, nil, housetest.Noon)
	housetest.Refused(t, err, "")
	no, blank := false, ""
	_, err = startups.EditDeal(house, founder, s.Id, startups.DealFields{Summary: &blank}, housetest.Noon)
	housetest.Refused(t, err, "deal.no_summary")
	_, err = startups.EditDeal(house, founder, s.Id, startups.DealFields{Raising: &no}, housetest.Noon)
	housetest.Refused(t, err, "")
	sees(investor, "record.not_found")
	_, err = startups.ShowDeal(house, founder, s.Id, startups.Verified, nil, housetest.Noon)
	housetest.Refused(t, err, "deal.not_raising")
	housetest.Well(t, house)
}

func TestOwnersOwnNoMoreThanAllOfIt(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u, _, cohort := recorded(t, house)
	founder := housetest.Actor(t, house, u, housetest.Noon)
	for name, c := range map[string]struct {
		day     string
		holders []startups.Holder
		rev     int
		code    string
	}{
		"nobody":                {"2026-02-01", nil, 0, "equity.empty"},
		"a hundredth too much":  {"2026-02-01", []startups.Holder{{"A", "founder", 9_999}, {"B", "pool", 2}}, 0, "equity.too_much"},
		"all of it":             {"2026-02-15", []startups.Holder{{"A", "founder", 9_999}, {"B", "pool", 1}}, 0, ""},
		"one on two lines":      {"2026-03-01", []startups.Holder{{"Lê Ánh", "founder", 10}, {"le  anh", "founder", 10}}, 0, "equity.twice"},
		"nothing of it":         {"2026-03-01", []startups.Holder{{"A", "founder", 0}}, 0, "equity.holder"},
		"no such kind":          {"2026-03-01", []startups.Holder{{"A", "king", 1}}, 0, "equity.holder"},
		"tomorrow":              {"2026-11-24", []startups.Holder{{"A", "founder", 1}}, 0, "equity.day"},
		"no day":                {"2026-02-30", []startups.Holder{{"A", "founder", 1}}, 0, "equity.day"},
		"a day that is written": {"2026-01-01", []startups.Holder{{"A", "founder", 1}}, 0, "equity.twice"},
		"over an older reading": {"2026-01-01", []startups.Holder{{"A", "founder", 1}}, 9, "record.stale"},
	} {
		_, err := startups.WriteEquity(house, founder, s.Id, c.day, c.holders, c.rev, housetest.Noon)
		if got := codeOf(err); got != c.code {
			t.Errorf("%s is refused with %q, want %q", name, got, c.code)
		}
	}
	_, err := startups.WriteEquity(house, founder, s.Id, "2026-01-01", []startups.Holder{{"A", "founder", 5_000}}, 1, housetest.Noon)
	housetest.Refused(t, err, "")
	for name, c := range map[string]struct {
		by   access.Actor
		code string
	}{
		"staff": {housetest.StaffOf(t, house, cohort), "record.not_found"}, "finance": {housetest.Acting(t, house, access.Finance, access.House), ""},
		"a manager": {housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: cohort}), ""},
	} {
		all, err := startups.Ownership(house, c.by, s.Id)
		if codeOf(err) != c.code || c.code == "" && len(all) != 2 {
			t.Errorf("%s reads %d tables, refused with %q", name, len(all), codeOf(err))
		}
		if _, err := startups.WriteEquity(house, c.by, s.Id, "2026-04-01", []startups.Holder{{"A", "founder", 1}}, 0, housetest.Noon); err == nil {
			t.Errorf("%s writes who owns the startup", name)
		}
	}
	housetest.Well(t, house)
}

// A number is nowhere but where it is asked for: not in the row, not in the journal, and not in another row.
func TestAnAccountIsSealed(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u, r, cohort := recorded(t, house)
	founder := housetest.Actor(t, house, u, housetest.Noon)
	told := func() string {
		var all string
		housetest.Refused(t, house.DB().NewQuery(`SELECT group_concat(x, '|') FROM (
			SELECT b.payload || b.sealed_with || b.purpose AS x FROM bank_accounts b UNION ALL SELECT j.detail || j.reason FROM journal j)`).Row(&all), "")
		return all
	}
	for _, secret := range []string{housetest.AccountNumber, housetest.AccountHolder, "Ngân hàng Thử", housetest.AccountNumber[4:]} {
		if strings.Contains(told(), secret) {
			t.Errorf("%q can be read", secret)
		}
	}
	f, err := startups.Reveal(house, founder, r.Account.Id, housetest.Noon)
	if housetest.Refused(t, err, ""); f.Number != housetest.AccountNumber {
		t.Errorf("revealed %q", f.Number)
	}
	if n, err := house.CountRecords("journal", dbx.HashExp{"notice": "bank_accounts.reveal", "subject": r.Account.Id, "actor": u.Id}); err != nil || n != 1 {
		t.Errorf("%d entries tell of it, %v", n, err)
	}
	for name, c := range map[string]struct {
		by   access.Actor
		code string
	}{
		"staff": {housetest.StaffOf(t, house, cohort), "record.not_found"}, "finance": {housetest.Acting(t, house, access.Finance, access.House), ""},
		"finance elsewhere": {housetest.Acting(t, house, access.Finance, access.Scope{Type: access.Cohort, ID: "elsewhere000000"}), "record.not_found"},
	} {
		if _, err := startups.Reveal(house, c.by, r.Account.Id, housetest.Noon); codeOf(err) != c.code {
			t.Errorf("%s: %q, want %q", name, codeOf(err), c.code)
		}
	}

	// Moved into another row the number opens nothing.
	second, err := startups.AddAccount(house, founder, s.Id, "grant", startups.AccountFields{Bank: "B", Holder: "H", Number: "12 34.56-78"}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = house.DB().NewQuery("UPDATE bank_accounts SET payload = (SELECT payload FROM bank_accounts WHERE id = {:from}) WHERE id = {:to}").
		Bind(dbx.Params{"from": r.Account.Id, "to": second.Id}).Execute()
	housetest.Refused(t, err, "")
	if f, err := startups.Reveal(house, founder, second.Id, housetest.Noon); err == nil {
		t.Errorf("another row's number is %q", f.Number)
	}

	for number, code := range map[string]string{"12345": "account.number", "12345678901234567890": "account.number", "VN123456": "account.number", "": "account.number"} {
		_, err := startups.ChangeAccount(house, founder, r.Account.Id, startups.AccountFields{Bank: "B", Holder: "H", Number: number}, 0, housetest.Noon)
		housetest.Refused(t, err, code)
	}
	_, err = startups.AddAccount(house, founder, s.Id, "seed", startups.AccountFields{Bank: "B", Holder: "H", Number: "123456"}, housetest.Noon)
	housetest.Refused(t, err, "account.twice")
	housetest.Refused(t, startups.DropAccount(house, founder, second.Id, housetest.Noon), "")
	housetest.Refused(t, startups.DropAccount(house, founder, r.Account.Id, housetest.Noon), "")
	_, err = startups.Reveal(house, founder, r.Account.Id, housetest.Noon)
	housetest.Refused(t, err, "record.not_found")
	if n, err := house.CountRecords("bank_accounts", dbx.Not(dbx.HashExp{"payload": ""})); err != nil || n != 0 {
		t.Errorf("%d numbers are left, %v", n, err)
	}
	housetest.Well(t, house)
}

// A new key is put in place while the old one still opens; after the night the old one is not needed.
func TestAKeyIsReplaced(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	_, u, r, _ := recorded(t, house)
	founder := housetest.Actor(t, house, u, housetest.Noon)
	with := func(cfg app.Config) {
		t.Helper()
		housetest.Refused(t, app.Bind(house, cfg, housetest.Deps()), "")
	}
	reads := func(code string) {
		t.Helper()
		_, err := startups.Reveal(house, founder, r.Account.Id, housetest.Noon)
		housetest.Refused(t, err, code)
	}
	fresh, old := app.Secret(strings.Repeat("mới ", 10)), housetest.Config().DataKey
	with(app.Config{})
	reads("account.no_key")
	with(app.Config{DataKey: fresh})
	reads("account.other_key")
	with(app.Config{DataKey: fresh, OldDataKey: old})
	reads("")
	housetest.Refused(t, startups.ResealAccounts(house, housetest.Noon), "")
	with(app.Config{DataKey: fresh})
	reads("")
	with(app.Config{SettingsKey: fresh}) // what was derived from the key of the settings stays readable under a key of its own, too
	reads("")
}

// What staff verified is what they saw: it stands still, and runs out on its day.
func TestARecognitionFromClaimToRenewal(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u, r, cohort := recorded(t, house)
	founder, staff := housetest.Actor(t, house, u, housetest.Noon), housetest.StaffOf(t, house, cohort)
	id, title, early, empty := r.Recognition.Id, "Khác", "2020-01-01", ""

	_, err := startups.VerifyClaim(house, founder, id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "access.needs_staff")
	own := housetest.Holder(t, house, access.Staff, access.House)
	_, err = startups.Join(house, founder, s.Id, startups.Newcomer{User: own.Id, Role: startups.Insider}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.VerifyClaim(house, housetest.Actor(t, house, own, housetest.Noon), id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "recognition.own")
	_, err = startups.AmendClaim(house, founder, id, startups.RecognitionFields{Document: &empty}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.VerifyClaim(house, staff, id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "recognition.no_paper")
	_, err = startups.AmendClaim(house, founder, id, startups.RecognitionFields{Document: &r.Own.Id}, housetest.Noon)
	housetest.Refused(t, err, "document.not_for_centre")
	_, err = startups.AmendClaim(house, founder, id, startups.RecognitionFields{Document: &r.Proof.Id}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.VerifyClaim(house, staff, id, "", 1, housetest.Noon)
	housetest.Refused(t, err, "record.stale") // it was changed since they looked
	_, err = startups.VerifyClaim(house, staff, id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.AmendClaim(house, founder, id, startups.RecognitionFields{Title: &title}, housetest.Noon)
	housetest.Refused(t, err, "recognition.checked")
	housetest.Refused(t, startups.TakeOut(house, founder, r.Proof.Id, housetest.Noon), "document.in_use")
	_, err = startups.Claim(house, founder, s.Id, startups.RecognitionFields{Type: ptr("patent"), Title: &title, Number: ptr("VN-2026-77")}, housetest.Noon)
	housetest.Refused(t, err, "recognition.twice")
	_, err = startups.Claim(house, founder, s.Id, startups.RecognitionFields{Type: ptr("iso"), Title: &title, IssuedOn: ptr("2026-01-02"), ExpiresOn: &early}, housetest.Noon)
	housetest.Refused(t, err, "recognition.days")

	// It ends with its last day, not before.
	housetest.Refused(t, startups.ExpireRecognitions(house, day(2027, 1, 31)), "")
	if got, _ := startups.Recognitions.Find(house, id); got.Status() != startups.RecognitionVerified {
		t.Errorf("on its last day it is %s", got.Status())
	}
	housetest.Refused(t, startups.ExpireRecognitions(house, day(2027, 2, 1)), "")
	if got, _ := startups.Recognitions.Find(house, id); got.Status() != startups.RecognitionExpired {
		t.Errorf("the day after it is %s", got.Status())
	}
	_, err = startups.Renew(house, founder, id, startups.RecognitionFields{ExpiresOn: ptr("2030-01-31")}, day(2027, 2, 2))
	housetest.Refused(t, err, "")
	_, err = startups.RevokeClaim(house, staff, id, " ", 0, day(2027, 2, 3))
	housetest.Refused(t, err, "recognition.no_reason")
	_, err = startups.RevokeClaim(house, staff, id, "số không khớp", 0, day(2027, 2, 3))
	housetest.Refused(t, err, "")
	housetest.Well(t, house)
}

// A round is corrected and never changed; what was not told is not zero.
func TestARoundIsCorrectedAndNotChanged(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u, r, _ := recorded(t, house)
	founder, amount, none := housetest.Actor(t, house, u, housetest.Noon), int64(2_000_000_000), int64(0)
	right := startups.FundingFields{Kind: "seed", Amount: &amount, ClosedOn: "2026-06-30", Reason: "gõ thiếu"}
	second, err := startups.CorrectFunding(house, founder, r.Funding.Id, right, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.CorrectFunding(house, founder, r.Funding.Id, right, housetest.Noon)
	housetest.Refused(t, err, "funding.corrected")
	_, err = startups.CorrectFunding(house, founder, second.Id, startups.FundingFields{Void: true}, housetest.Noon)
	housetest.Refused(t, err, "funding.no_reason")
	_, err = startups.WriteFunding(house, founder, s.Id, startups.FundingFields{Kind: "grant", ClosedOn: "2026-11-24"}, housetest.Noon)
	housetest.Refused(t, err, "funding.day")
	_, err = startups.WriteFunding(house, founder, s.Id, startups.FundingFields{Kind: "grant", Amount: &none, ClosedOn: "2026-11-23"}, housetest.Noon)
	housetest.Refused(t, err, "funding.amount")
	untold, err := startups.WriteFunding(house, founder, s.Id, startups.FundingFields{Kind: "grant", ClosedOn: "2026-11-23"}, housetest.Noon)
	if housetest.Refused(t, err, ""); untold.State() == startups.Given {
		t.Error("what was not told is a value")
	}
	standing, corrected, err := startups.Raised(house, founder, s.Id)
	if housetest.Refused(t, err, ""); len(standing) != 2 || len(corrected) != 1 || corrected[0].Id != r.Funding.Id {
		t.Errorf("%d stand, %d were corrected", len(standing), len(corrected))
	}
	row, err := house.FindRecordById("funding_rounds", second.Id)
	housetest.Refused(t, err, "")
	row.Set("amount_vnd", 1)
	housetest.Refused(t, house.Save(row), "funding.final")
	if _, err := house.DB().NewQuery("UPDATE funding_rounds SET amount_vnd = 1").Execute(); err == nil {
		t.Error("a round was changed past the guard")
	}
	_, err = startups.CorrectFunding(house, founder, second.Id, startups.FundingFields{Void: true, Reason: "chưa từng có"}, housetest.Noon)
	housetest.Refused(t, err, "")
	if standing, _, _ := startups.Raised(house, founder, s.Id); len(standing) != 1 || standing[0].Id != untold.Id {
		t.Errorf("%d stand after one was struck", len(standing))
	}
	housetest.Well(t, house)
}

func ptr(s string) *string { return &s }

// A team changes: parts are altered, somebody leaves on a day that has come, and there is always an admin whom the centre knows.
func TestATeamChanges(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, founder := one(t, house)
	lead, err := startups.Members.First(house, dbx.HashExp{"startup": s.Id})
	housetest.Refused(t, err, "")
	yes, no := true, false
	second, err := startups.Join(house, founder, s.Id, startups.Newcomer{User: housetest.User(t, house).Id, Role: startups.Insider}, housetest.Noon.AddDate(0, 0, -9))
	housetest.Refused(t, err, "")
	for name, c := range map[string]struct {
		member string
		part   startups.Part
		code   string
	}{
		"the only admin":        {lead.Id, startups.Part{Admin: &no}, "member.needs_admin"},
		"an advisor who admins": {second.Id, startups.Part{Role: ptr("advisor"), Admin: &yes}, "member.advisor_admin"},
		"a title":               {second.Id, startups.Part{Title: ptr("Kỹ thuật")}, ""},
	} {
		_, err := startups.Alter(house, founder, c.member, c.part, housetest.Noon)
		if got := codeOf(err); got != c.code {
			t.Errorf("%s is refused with %q, want %q", name, got, c.code)
		}
	}
	_, err = startups.Alter(house, founder, second.Id, startups.Part{Admin: &yes}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Alter(house, founder, lead.Id, startups.Part{Admin: &no}, housetest.Noon)
	housetest.Refused(t, err, "member.primary_admin")
	for day, code := range map[string]string{"2026-11-24": "member.day", "2026-11-13": "member.day", "hôm qua": "member.day"} {
		housetest.Refused(t, startups.Leave(house, founder, second.Id, day, housetest.Noon), code)
	}
	housetest.Refused(t, startups.Leave(house, founder, lead.Id, "", housetest.Noon), "member.needs_primary")
	housetest.Refused(t, startups.Leave(house, founder, second.Id, "2026-11-20", housetest.Noon), "")
	card, err := startups.Read(house, founder, s.Id)
	if housetest.Refused(t, err, ""); len(card.Members) != 1 || len(card.Former) != 1 || card.Former[0].LeftOn != "2026-11-20" {
		t.Errorf("%d are there, %d were", len(card.Members), len(card.Former))
	}
	housetest.Refused(t, startups.Leave(house, founder, second.Id, "", housetest.Noon), "record.not_found")
	housetest.Well(t, house)
}
