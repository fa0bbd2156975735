package startups

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/web"
)

func showDeal(q asking) (any, error) {
	if err := maySee(q.app, q.by, q.id); err != nil {
		return nil, err
	}
	d, err := dealOf(q.app, q.id)
	if err != nil {
		return nil, err
	}
	return dealView(q.app, d, mayAdmin(q.app, q.by, q.id) == nil)
}

func editDeal(q asking, f DealFields) (any, error) {
	return afterDeal(EditDeal(q.app, q.by, q.id, f, q.now))
}

func openDeal(q asking, said struct {
	Audience Audience `json:"audience"`
	Selected []string `json:"selected"`
},
) (any, error) {
	return afterDeal(ShowDeal(q.app, q.by, q.id, said.Audience, said.Selected, q.now))
}

func closeDeal(q asking, _ struct{}) (any, error) {
	return afterDeal(HideDeal(q.app, q.by, q.id, q.now))
}

func afterDeal(d *Deal, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	answer := done(d)
	answer["audience"] = d.Audience()
	return answer, nil
}

// listInvestors answers a startup's admins with the investors whom the centre has verified, by name, to choose from.
func listInvestors(q asking) (any, error) {
	if err := mayAdmin(q.app, q.by, q.id); err != nil {
		return nil, err
	}
	all, err := access.Standing(q.app, access.Investor, q.now)
	if err != nil {
		return nil, err
	}
	list := []Somebody{}
	for _, id := range all.Everybody() {
		name, err := asked(q.app).Person(q.app, id)
		if err != nil {
			return nil, err
		}
		list = append(list, Somebody{id, name})
	}
	slices.SortFunc(list, func(a, b Somebody) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return web.ListOf(list, ""), nil
}

// listDeals answers an investor with what startups want them to read: ?q= &sector= &round= &after= &limit=. It is asked of the
// database anew each time: a startup that has withdrawn is on no later page.
func listDeals(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayInvest(by); err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	p.Limit = min(p.Limit, 100) // no spreadsheet: what is shown can be withdrawn, a file cannot
	query := e.Request.URL.Query()
	rows, err := offersTo(e.Request.Context(), e.App, by.ID, p, query.Get("sector"), query.Get("round"))
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r offerRow) string { return web.Cursor(r.SortKey, r.ID) })
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}

func showOffer(q asking) (any, error) {
	s, d, err := Investable(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	return offerView(q.app, s, d)
}

func showEquity(q asking) (any, error) {
	all, err := Ownership(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	list := make([]EquityView, 0, len(all))
	for _, x := range all {
		v, err := x.view()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return map[string]any{"rows": list, "next": "", "may_admin": mayAdmin(q.app, q.by, q.id) == nil}, nil
}

func writeEquity(q asking, said struct {
	AsOf    string   `json:"as_of"`
	Holders []Holder `json:"holders"`
	Rev     int      `json:"rev"`
},
) (any, error) {
	x, err := WriteEquity(q.app, q.by, q.id, said.AsOf, said.Holders, said.Rev, q.now)
	if err != nil {
		return nil, err
	}
	return done(x), nil
}

func listAccounts(q asking) (any, error) {
	all, err := Accounts(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	list := make([]AccountView, 0, len(all))
	for _, b := range all {
		list = append(list, b.view(q.app))
	}
	return map[string]any{
		"rows": list, "next": "", "may_admin": mayAdmin(q.app, q.by, q.id) == nil, "sealed": asked(q.app).Seals.Name() != "",
	}, nil
}

type accountSaid struct {
	AccountFields
	Purpose string `json:"purpose"`
	Rev     int    `json:"rev"`
}

func addAccount(q asking, said accountSaid) (any, error) {
	b, err := AddAccount(q.app, q.by, q.id, said.Purpose, said.AccountFields, q.now)
	if err != nil {
		return nil, err
	}
	return b.view(q.app), nil
}

func changeAccount(q asking, said accountSaid) (any, error) {
	b, err := ChangeAccount(q.app, q.by, q.id, said.AccountFields, said.Rev, q.now)
	if err != nil {
		return nil, err
	}
	return b.view(q.app), nil
}

func dropAccount(q asking) (any, error) {
	return map[string]string{"id": q.id}, DropAccount(q.app, q.by, q.id, q.now)
}

// revealAccount answers with the whole number, and keeps the answer nowhere.
func revealAccount(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	f, err := Reveal(e.App, by, id, now)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, f)
}

// listAllAccounts answers finance and managers with the accounts of the startups over which they hold that role: ?q=. The
// numbers are masked; there is no spreadsheet.
func listAllAccounts(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	cohorts, err := cohortsOver(e.App, by, purse...)
	if err != nil {
		return err
	}
	if cohorts != nil && len(cohorts) == 0 {
		return fault.Forbidden("access.needs_finance")
	}
	rows, err := accountsOver(e.Request.Context(), e.App, cohorts, e.Request.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	list := make([]map[string]any, 0, len(rows))
	for _, r := range rows {
		b, err := BankAccounts.Find(e.App, r.ID)
		if err != nil {
			return err
		}
		list = append(list, map[string]any{"id": r.ID, "name": r.Name, "account": b.view(e.App)})
	}
	return e.JSON(http.StatusOK, web.ListOf(list, ""))
}
