package startups_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// The secrets of a startup, each by a word that stands nowhere else.
const (
	phoneSecret  = "0274 999 888"
	numberSecret = "VN-2026-77"
)

// secrets are all of them, by what they are.
var secrets = map[string]string{
	"private": phoneSecret, "deal": housetest.DealSummary, "deck": "ban gioi thieu", "own paper": housetest.OwnPaper, "proof": "chung nhan",
	"equity": housetest.EquityHolder, "account": housetest.AccountHolder, "number": housetest.AccountNumber, "recognition": numberSecret,
	"funding": housetest.FundingInvestor,
}

// prober is somebody who asks, and all they may learn.
type prober struct {
	who     *core.Record
	may     []string
	insider bool // knows the startup: may be told what is missing
}

// probers are everybody in the house, seen from a startup whose deal is shown to one chosen investor.
func probers(t *testing.T, house core.App, startup, cohort string, admin *core.Record) map[string]prober {
	t.Helper()
	over, elsewhere := access.Scope{Type: access.Cohort, ID: cohort}, access.Scope{Type: access.Cohort, ID: housetest.Places(t, house, 1)}
	part := func(role startups.MemberRole) *core.Record {
		u := housetest.User(t, house)
		_, err := startups.Join(house, housetest.Actor(t, house, admin, housetest.Noon), startup, startups.Newcomer{User: u.Id, Role: role}, housetest.Noon)
		housetest.Refused(t, err, "")
		return u
	}
	holds := func(role access.Role, over access.Scope) *core.Record { return housetest.Holder(t, house, role, over) }
	_, rival := housetest.Active(t, house, cohort, "Đội Khác", housetest.Noon)
	lapsed := holds(access.Investor, access.House)
	g, err := access.RoleGrants.First(house, dbx.HashExp{"user": lapsed.Id})
	housetest.Refused(t, err, "")
	g.SetRevoked(time.Now())
	housetest.Save(t, house, g)

	team := []string{"private", "deal", "deck", "proof", "recognition", "funding"}
	centre := []string{"private", "deal", "deck", "proof", "recognition", "funding"} // the deck's name stands in the deal
	purse := []string{"equity", "account", "number"}
	return map[string]prober{
		"a visitor": {}, "an applicant": {who: housetest.User(t, house)},
		"an admin":                    {admin, slices.Concat(team, purse, []string{"own paper"}), true},
		"a member":                    {part(startups.Insider), team, true},
		"an advisor":                  {part(startups.Advisor), team, true},
		"the founder of another":      {who: rival},
		"a mentor":                    {who: holds(access.Mentor, access.House)},
		"a judge":                     {who: holds(access.Judge, access.House)},
		"a partner":                   {who: holds(access.Partner, access.House)},
		"an official":                 {who: holds(access.Official, access.House)},
		"the privacy officer":         {who: holds(access.Privacy, access.House)},
		"an investor who is none now": {who: lapsed},
		"a verified investor":         {who: holds(access.Investor, access.House)},
		"a chosen investor":           {who: holds(access.Investor, access.House), may: []string{"deal", "deck"}},
		"staff":                       {holds(access.Staff, over), centre, true},
		"staff elsewhere":             {who: holds(access.Staff, elsewhere)},
		"finance":                     {holds(access.Finance, access.House), purse, true},
		"finance elsewhere":           {who: holds(access.Finance, elsewhere)},
		"a manager":                   {holds(access.Manager, over), slices.Concat(centre, purse), true},
		"a manager elsewhere":         {who: holds(access.Manager, elsewhere)},
	}
}

// everyWay lists the addresses by which somebody can ask after a startup and what it keeps.
func everyWay(s *startups.Startup, r housetest.Records, files map[string]string) []string {
	ways := []string{
		"/startups", "/en/startups", "/startups/" + s.Slug(), "/en/startups/" + s.Slug(), "/sitemap.xml", "/startups?q=" + url.QueryEscape(housetest.DealSummary),
		"/api/vuon/startups", "/api/vuon/startups?format=csv", "/api/vuon/startups?q=" + url.QueryEscape(housetest.EquityHolder), "/api/vuon/startups/" + s.Id,
		"/api/vuon/deals", "/api/vuon/deals?q=vuon", "/api/vuon/deals/" + s.Id, "/api/vuon/accounts", "/api/vuon/accounts?format=csv", "/api/vuon/recognitions",
		"/api/vuon/recognitions?format=csv", "/api/vuon/documents/" + r.Own.Id + "/content", "/api/vuon/documents/" + r.Proof.Id + "/content",
		"/api/vuon/documents/" + r.Deck.Id + "/content", "/api/vuon/deals/" + s.Id + "/deck", "/api/vuon/journal", "/api/vuon/today",
		"/api/vuon/journal?subject_kind=bank_accounts&subject=" + r.Account.Id, "/api/vuon/enrolments", "/api/vuon/figures",
	}
	for _, part := range []string{"deal", "equity", "accounts", "documents", "recognitions", "funding", "investors", "readings"} {
		ways = append(ways, "/api/vuon/startups/"+s.Id+"/"+part)
	}
	for collection, row := range map[string]string{
		"startup_private": "", "startup_deal": r.Deal.Id, "startup_equity": r.Equity.Id, "bank_accounts": r.Account.Id, "startup_documents": r.Own.Id,
		"recognitions": r.Recognition.Id, "funding_rounds": r.Funding.Id,
	} {
		base := "/api/collections/" + collection + "/records"
		ways = append(ways, base, base+"?fields=*&expand=startup,deck,document,selected", base+"/"+row, base+"?sort=-startup&filter="+url.QueryEscape(`startup="`+s.Id+`"`),
			"/api/collections/startups/records?expand="+collection+"_via_startup&filter="+url.QueryEscape(collection+`_via_startup.id != ""`),
			"/api/collections/startup_members/records?expand=startup."+collection+"_via_startup,startup",
			"/api/collections/startups/records?sort="+collection+"_via_startup.rev")
	}
	for id, file := range files {
		ways = append(ways, "/api/files/startup_documents/"+id+"/"+file)
	}
	return ways
}

// Whoever asks, by whatever door: they learn what the house's matrix gives them, and nothing else.
func TestNobodyLearnsMoreOfAStartupThanIsTheirs(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 9)
	s, admin := housetest.Active(t, house, cohort, "Vườn Kín", housetest.Noon)
	r := housetest.Recorded(t, house, admin, s.Id, housetest.Noon)
	by := housetest.Actor(t, house, admin, housetest.Noon)
	_, err := startups.EditPrivate(house, by, s.Id, startups.PrivateFields{Phone: text(phoneSecret)}, housetest.Noon)
	housetest.Refused(t, err, "")
	housetest.Show(t, house, s)
	all := probers(t, house, s.Id, cohort, admin)
	_, err = startups.ShowDeal(house, by, s.Id, startups.Selected, []string{all["a chosen investor"].who.Id}, housetest.Noon)
	housetest.Refused(t, err, "")
	server, files := housetest.Server(t, house), map[string]string{}
	for _, d := range []*startups.Document{r.Own, r.Proof, r.Deck} {
		files[d.Id] = d.GetString("file")
	}
	for name, p := range all {
		learnt := map[string]string{}
		hear := func(way, said string) {
			for what, secret := range secrets {
				if strings.Contains(said, secret) && !strings.Contains(way, url.QueryEscape(secret)) {
					learnt[what] = way
				}
			}
		}
		for _, way := range everyWay(s, r, files) {
			if strings.HasPrefix(way, "/api/files/") && p.who != nil {
				token, err := p.who.NewFileToken()
				housetest.Refused(t, err, "")
				way += "?token=" + token
			}
			got := housetest.Ask(t, server, p.who, http.MethodGet, way, "")
			hear(way, got.Body.String()+got.Header().Get("Content-Disposition"))
		}
		hear("reveal", housetest.Ask(t, server, p.who, http.MethodPost, "/api/vuon/accounts/"+r.Account.Id+"/reveal", "{}").Body.String())
		for what, way := range learnt {
			if !slices.Contains(p.may, what) {
				t.Errorf("%s learns of the %s by %s", name, what, way)
			}
		}
		for _, what := range p.may {
			if learnt[what] == "" {
				t.Errorf("%s does not learn of the %s, which is theirs", name, what)
			}
		}
		sameWords(t, server, name, p, s, r)
	}
	housetest.Well(t, house)
}

// sameWords lets somebody ask for what they may not have, and for what is not there: the answers are one, word for word.
func sameWords(t *testing.T, server http.Handler, name string, p prober, s *startups.Startup, r housetest.Records) {
	t.Helper()
	const nowhere = "nowhere00000000"
	for _, ask := range []struct{ method, path, id, body string }{
		{http.MethodGet, "/api/vuon/startups/%/deal", s.Id, ""},
		{http.MethodGet, "/api/vuon/startups/%/equity", s.Id, ""},
		{http.MethodGet, "/api/vuon/startups/%/accounts", s.Id, ""},
		{http.MethodGet, "/api/vuon/startups/%/documents", s.Id, ""},
		{http.MethodGet, "/api/vuon/startups/%/recognitions", s.Id, ""},
		{http.MethodGet, "/api/vuon/startups/%/funding", s.Id, ""},
		{http.MethodGet, "/api/vuon/startups/%/investors", s.Id, ""},
		{http.MethodGet, "/api/vuon/deals/%", s.Id, ""},
		{http.MethodGet, "/api/vuon/deals/%/deck", s.Id, ""},
		{http.MethodGet, "/api/vuon/documents/%/content", r.Own.Id, ""},
		{http.MethodPatch, "/api/vuon/documents/%", r.Own.Id, "{}"},
		{http.MethodDelete, "/api/vuon/documents/%", r.Own.Id, ""},
		{http.MethodPatch, "/api/vuon/accounts/%", r.Account.Id, `{"bank":"","holder":"","number":""}`},
		{http.MethodPost, "/api/vuon/accounts/%/reveal", r.Account.Id, "{}"},
		{http.MethodPatch, "/api/vuon/startups/%/deal", s.Id, `{"target_vnd":-1}`},
		{http.MethodPost, "/api/vuon/startups/%/deal/show", s.Id, "{}"},
		{http.MethodPost, "/api/vuon/startups/%/equity", s.Id, "{}"},
		{http.MethodPost, "/api/vuon/startups/%/accounts", s.Id, "{}"},
		{http.MethodPost, "/api/vuon/startups/%/recognitions", s.Id, "{}"},
		{http.MethodPost, "/api/vuon/startups/%/funding", s.Id, "{}"},
		{http.MethodPatch, "/api/vuon/recognitions/%", r.Recognition.Id, `{"title":""}`},
		{http.MethodPost, "/api/vuon/recognitions/%/verify", r.Recognition.Id, `{"rev":99}`},
		{http.MethodPost, "/api/vuon/funding/%/correct", r.Funding.Id, "{}"},
	} {
		theirs := housetest.Ask(t, server, p.who, ask.method, strings.ReplaceAll(ask.path, "%", ask.id), ask.body)
		nobodys := housetest.Ask(t, server, p.who, ask.method, strings.ReplaceAll(ask.path, "%", nowhere), ask.body)
		told := theirs.Code == http.StatusOK || theirs.Code == http.StatusBadRequest || theirs.Code == http.StatusConflict
		switch {
		case told || theirs.Code == http.StatusForbidden && p.insider: // who may have it, and who knows the startup
			if len(p.may) == 0 {
				t.Errorf("%s: %s %s is answered %d %s", name, ask.method, ask.path, theirs.Code, theirs.Body)
			}
		case theirs.Code != nobodys.Code || theirs.Body.String() != nobodys.Body.String():
			t.Errorf("%s: %s %s is answered %d %s, and of nothing %d %s", name, ask.method, ask.path, theirs.Code, theirs.Body, nobodys.Code, nobodys.Body)
		}
	}
}

// Withdrawing holds from the next request on, by every way on which an investor had it.
func TestWithdrawingADealHoldsAtOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, admin, _, _ := recorded(t, house)
	by, server := housetest.Actor(t, house, admin, housetest.Noon), housetest.Server(t, house)
	investor := housetest.Holder(t, house, access.Investor, access.House)
	codes := func() (list []int, listed bool) {
		for _, way := range []string{"/api/vuon/deals/" + s.Id, "/api/vuon/deals/" + s.Id + "/deck"} {
			list = append(list, housetest.Ask(t, server, investor, http.MethodGet, way, "").Code)
		}
		return list, strings.Contains(housetest.Ask(t, server, investor, http.MethodGet, "/api/vuon/deals", "").Body.String(), s.Id)
	}
	for _, step := range []struct {
		do   func() error
		want int
	}{
		{func() error {
			_, err := startups.ShowDeal(house, by, s.Id, startups.Verified, nil, housetest.Noon)
			return err
		}, http.StatusOK},
		{func() error { _, err := startups.HideDeal(house, by, s.Id, housetest.Noon); return err }, http.StatusNotFound},
		{func() error {
			_, err := startups.ShowDeal(house, by, s.Id, startups.Selected, []string{investor.Id}, housetest.Noon)
			return err
		}, http.StatusOK},
		{func() error {
			other := housetest.Holder(t, house, access.Investor, access.House)
			_, err := startups.ShowDeal(house, by, s.Id, startups.Selected, []string{other.Id}, housetest.Noon)
			return err
		}, http.StatusNotFound},
		{func() error {
			_, err := startups.ShowDeal(house, by, s.Id, startups.Verified, nil, housetest.Noon)
			return err
		}, http.StatusOK},
		{func() error {
			_, err := startups.Move(house, housetest.Acting(t, house, access.Manager, access.House), s.Id, "close", housetest.Noon)
			return err
		}, http.StatusNotFound},
	} {
		housetest.Refused(t, step.do(), "")
		got, listed := codes()
		if got[0] != step.want || got[1] != step.want || listed != (step.want == http.StatusOK) {
			t.Errorf("answered %v, listed %v, want %d", got, listed, step.want)
		}
	}
}

// Who hears that something has changed is who may read it.
func TestWhoHearsOfWhatAStartupKeeps(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 9)
	s, admin := housetest.Active(t, house, cohort, "Vườn Kín", housetest.Noon)
	r, all := housetest.Recorded(t, house, admin, s.Id, housetest.Noon), probers(t, house, s.Id, cohort, admin)
	inner := []string{"an admin", "a member", "an advisor", "staff", "a manager"}
	hears := startups.Audiences()
	for _, c := range []struct {
		of  string
		row core.RecordProxy
		who []string
	}{
		{"startup_deal", r.Deal, inner},
		{"recognitions", r.Recognition, inner},
		{"funding_rounds", r.Funding, inner},
		{"startup_documents", r.Proof, inner},
		{"startup_documents", r.Deck, []string{"an admin", "a member", "an advisor"}},
		{"startup_documents", r.Own, []string{"an admin"}},
		{"startup_equity", r.Equity, []string{"an admin", "finance", "a manager"}},
		{"bank_accounts", r.Account, []string{"an admin", "finance", "a manager"}},
	} {
		audience := hears[c.of](house, c.row.ProxyRecord())
		for name, p := range all {
			if p.who == nil {
				continue
			}
			if got := audience.Includes(housetest.Actor(t, house, p.who, time.Now())); got != slices.Contains(c.who, name) {
				t.Errorf("%s: %s hears: %v", c.of, name, got)
			}
		}
	}
}
