package payment

import (
	"encoding/json"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// about is a payable in a list: by its code, with its title and who buys.
type about struct {
	Code    string    `json:"code"`
	TitleVI string    `json:"title_vi"`
	TitleEN string    `json:"title_en"`
	Buyer   string    `json:"buyer"`
	Due     Dong      `json:"due_vnd"`
	State   BillState `json:"state"`
	Why     string    `json:"why,omitempty"`
}

// teller says who and what stands behind ids, each asked for once a page.
type teller struct {
	app   core.App
	bills map[string]*about
	names map[string]string
}

func telling(app core.App) *teller {
	return &teller{app, map[string]*about{}, map[string]string{}}
}

// about is a payable, nil for none and for one that is not there.
func (t *teller) about(payable string) (*about, error) {
	if payable == "" {
		return nil, nil //nolint:nilnil // nothing is known of it, and that is no error
	}
	if a, asked := t.bills[payable]; asked {
		return a, nil
	}
	b, err := needs(t.app).BillOf(t.app, payable)
	if fault.Code(err) == "record.not_found" {
		t.bills[payable] = nil
		return nil, nil //nolint:nilnil // as above
	}
	if err != nil {
		return nil, err
	}
	t.bills[payable] = b.told()
	return t.bills[payable], nil
}

func (b Bill) told() *about {
	return &about{Code: b.Code, TitleVI: b.Title.VI, TitleEN: b.Title.EN, Buyer: b.Buyer, Due: b.Due, State: b.State}
}

// name is what somebody is called; the house itself and whoever has a link have none.
func (t *teller) name(id string) string {
	if id == "" || strings.Contains(id, ":") {
		return ""
	}
	if _, asked := t.names[id]; !asked {
		name, err := needs(t.app).Person(t.app, id)
		if err != nil {
			t.app.Logger().Warn("nobody knows who that is", "id", id, "error", err)
		}
		t.names[id] = name
	}
	return t.names[id]
}

// lineView is a line as the queue shows it.
type lineView struct {
	ID          string  `json:"id"`
	Bank        string  `json:"bank"`
	Account     string  `json:"account"`
	Ref         string  `json:"ref"`
	Booked      string  `json:"booked_at"`
	Amount      Dong    `json:"amount_vnd"`
	Memo        string  `json:"memo"`
	Status      string  `json:"status"`
	Note        string  `json:"note"`
	Handled     string  `json:"handled_by"`
	Rev         int     `json:"rev"`
	For         *about  `json:"for"`
	Missing     Dong    `json:"missing_vnd"` // of the payment it counts for
	Beyond      Dong    `json:"beyond_vnd"`  // what came beyond it
	Back        string  `json:"back"`        // status of the refund of its money
	Suggestions []about `json:"suggestions"`
}

func (t *teller) line(r lineRow) (lineView, error) {
	v := lineView{
		ID: r.ID, Bank: r.Bank, Account: r.Account, Ref: r.Ref, Booked: r.Booked, Amount: r.Amount - r.Moved, Memo: r.Memo, Status: r.Status,
		Note: r.Note, Handled: t.name(r.HandledBy), Rev: r.Rev, Back: r.Back, Suggestions: []about{},
	}
	var err error
	if v.For, err = t.about(r.Payable); err != nil {
		return v, err
	}
	switch r.Status {
	case string(LinePartial):
		v.Missing = max(r.Due-r.Received, 0)
	case string(LineOver):
		v.Beyond = max(r.Received-r.Due, 0)
	}
	var some []Suggestion
	if r.Status == string(LineUnmatched) || r.Status == string(LineLate) {
		if err := json.Unmarshal([]byte(r.Suggestion), &some); err != nil {
			return v, err
		}
	}
	for _, s := range some {
		a, err := t.about(s.Payable)
		if err != nil {
			return v, err
		}
		if a != nil {
			one := *a
			one.Why = s.Why
			v.Suggestions = append(v.Suggestions, one)
		}
	}
	return v, nil
}

// refundView is a refund as the list shows it.
type refundView struct {
	ID        string `json:"id"`
	For       *about `json:"for"`
	Provider  string `json:"provider"`
	Amount    Dong   `json:"amount_vnd"`
	Received  Dong   `json:"received_vnd"`
	Reserved  Dong   `json:"reserved_vnd"`
	Reason    string `json:"reason"`
	Requested string `json:"requested_by"`
	Approved  string `json:"approved_by"`
	Mine      bool   `json:"mine"` // whoever asks is who asked for it
	Alone     bool   `json:"alone"`
	BankRef   string `json:"bank_ref"`
	Note      string `json:"note"`
	AskedAt   string `json:"asked_at"`
	DoneAt    string `json:"done_at"`
	Status    string `json:"status"`
	Rev       int    `json:"rev"`
	Memo      string `json:"memo"`
}

func (t *teller) refund(r refundRow, me string, alone Dong) (refundView, error) {
	a, err := t.about(r.Payable)
	return refundView{
		ID: r.ID, For: a, Provider: r.Provider, Amount: r.Amount, Received: r.Received, Reserved: r.Reserved, Reason: r.Reason,
		Requested: t.name(r.RequestedBy), Approved: t.name(r.ApprovedBy), Mine: r.RequestedBy == me, Alone: r.Amount <= alone,
		BankRef: r.BankRef, Note: r.Note, AskedAt: r.AskedAt, DoneAt: r.DoneAt, Status: r.Status, Rev: r.Rev, Memo: r.Memo,
	}, err
}
