package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// recorded is a scene at a startup that keeps something of everything with the centre; pick names the row of the path. In the
// place of the judge an investor knocks.
func recorded(body string, pick func(housetest.Records) string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		now := time.Now()
		r := housetest.Recorded(t, house, s.owner, s.path["id"], now)
		_, err := startups.ShowDeal(house, housetest.Actor(t, house, s.owner, now), s.path["id"], startups.Verified, nil, now)
		housetest.Refused(t, err, "")
		s.judge = housetest.Holder(t, house, access.Investor, access.House)
		if pick != nil {
			s.path["id"] = pick(r)
		}
		return s
	}
}

func ofAccount(r housetest.Records) string     { return r.Account.Id }
func ofProof(r housetest.Records) string       { return r.Proof.Id }
func ofDeck(r housetest.Records) string        { return r.Deck.Id }
func ofRecognition(r housetest.Records) string { return r.Recognition.Id }
func ofFunding(r housetest.Records) string     { return r.Funding.Id }

// checked is a scene at a recognition that staff have verified.
func checked(t testing.TB, house core.App) scene {
	s := recorded(`{"expires_on":"2030-01-31"}`, ofRecognition)(t, house)
	_, err := startups.VerifyClaim(house, housetest.StaffOf(t, house, s.over.ID), s.path["id"], "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/startups/{id}/deal":          recorded("", nil),
	"PATCH /api/vuon/startups/{id}/deal":        recorded(`{"summary":"Khác"}`, nil),
	"POST /api/vuon/startups/{id}/deal/show":    recorded(`{"audience":"verified_investors"}`, nil),
	"POST /api/vuon/startups/{id}/deal/hide":    recorded("{}", nil),
	"GET /api/vuon/startups/{id}/investors":     recorded("", nil),
	"GET /api/vuon/deals":                       recorded("", nil),
	"GET /api/vuon/deals/{id}":                  recorded("", nil),
	"GET /api/vuon/deals/{id}/deck":             recorded("", nil),
	"GET /api/vuon/startups/{id}/equity":        recorded("", nil),
	"POST /api/vuon/startups/{id}/equity":       recorded(`{"as_of":"2026-02-01","holders":[{"name":"A","kind":"founder","bp":10000}]}`, nil),
	"GET /api/vuon/startups/{id}/accounts":      recorded("", nil),
	"POST /api/vuon/startups/{id}/accounts":     recorded(`{"purpose":"grant","bank":"B","holder":"H","number":"123456789"}`, nil),
	"GET /api/vuon/accounts":                    recorded("", nil),
	"PATCH /api/vuon/accounts/{id}":             recorded(`{"bank":"B","holder":"H","number":"123456789"}`, ofAccount),
	"DELETE /api/vuon/accounts/{id}":            recorded("", ofAccount),
	"POST /api/vuon/accounts/{id}/reveal":       recorded("{}", ofAccount),
	"GET /api/vuon/startups/{id}/documents":     recorded("", nil),
	"POST /api/vuon/startups/{id}/documents":    recorded(string(housetest.Page("giấy mới")), nil),
	"PATCH /api/vuon/documents/{id}":            recorded(`{"class":"other"}`, ofProof),
	"DELETE /api/vuon/documents/{id}":           recorded("", ofDeck),
	"GET /api/vuon/documents/{id}/content":      recorded("", ofProof),
	"GET /api/vuon/startups/{id}/recognitions":  recorded("", nil),
	"POST /api/vuon/startups/{id}/recognitions": recorded(`{"type":"iso","title":"ISO 9001"}`, nil),
	"PATCH /api/vuon/recognitions/{id}":         recorded(`{"note":"sửa"}`, ofRecognition),
	"POST /api/vuon/recognitions/{id}/renew":    checked,
	"POST /api/vuon/recognitions/{id}/verify":   recorded("{}", ofRecognition),
	"POST /api/vuon/recognitions/{id}/revoke":   recorded(`{"reason":"giấy không khớp"}`, ofRecognition),
	"GET /api/vuon/recognitions":                recorded("", nil),
	"GET /api/vuon/startups/{id}/funding":       recorded("", nil),
	"POST /api/vuon/startups/{id}/funding":      recorded(`{"kind":"grant","closed_on":"2026-03-01"}`, nil),
	"POST /api/vuon/funding/{id}/correct":       recorded(`{"kind":"seed","amount_vnd":7,"closed_on":"2026-06-30","reason":"gõ nhầm"}`, ofFunding),
})
