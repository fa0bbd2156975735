package startups

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/uploads"
	"vuon/internal/web"
)

// recordRoutes are those over what a startup keeps with the centre and shows to few.
func recordRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/startups/{id}/deal":       giving(showDeal),
		"PATCH /api/vuon/startups/{id}/deal":     taking(editDeal),
		"POST /api/vuon/startups/{id}/deal/show": taking(openDeal),
		"POST /api/vuon/startups/{id}/deal/hide": taking(closeDeal),
		"GET /api/vuon/startups/{id}/investors":  giving(listInvestors),
		"GET /api/vuon/deals":                    listDeals,
		"GET /api/vuon/deals/{id}":               giving(showOffer),
		"GET /api/vuon/deals/{id}/deck":          sendDeck,

		"GET /api/vuon/startups/{id}/equity":    giving(showEquity),
		"POST /api/vuon/startups/{id}/equity":   taking(writeEquity),
		"GET /api/vuon/startups/{id}/accounts":  giving(listAccounts),
		"POST /api/vuon/startups/{id}/accounts": taking(addAccount),
		"GET /api/vuon/accounts":                listAllAccounts,
		"PATCH /api/vuon/accounts/{id}":         taking(changeAccount),
		"DELETE /api/vuon/accounts/{id}":        giving(dropAccount),
		"POST /api/vuon/accounts/{id}/reveal":   revealAccount,

		"GET /api/vuon/startups/{id}/documents":  giving(listDocuments),
		"POST /api/vuon/startups/{id}/documents": putDocument,
		"PATCH /api/vuon/documents/{id}":         taking(fileDocument),
		"DELETE /api/vuon/documents/{id}":        giving(takeOutDocument),
		"GET /api/vuon/documents/{id}/content":   sendDocument,

		"GET /api/vuon/startups/{id}/recognitions":  giving(listRecognitions),
		"POST /api/vuon/startups/{id}/recognitions": taking(claimRecognition),
		"PATCH /api/vuon/recognitions/{id}":         taking(writing(AmendClaim)),
		"POST /api/vuon/recognitions/{id}/renew":    taking(writing(Renew)),
		"POST /api/vuon/recognitions/{id}/verify":   taking(moving(VerifyClaim)),
		"POST /api/vuon/recognitions/{id}/revoke":   taking(moving(RevokeClaim)),
		"GET /api/vuon/recognitions":                listAllRecognitions,
		"GET /api/vuon/startups/{id}/funding":       giving(listFunding),
		"POST /api/vuon/startups/{id}/funding":      taking(writeFunding),
		"POST /api/vuon/funding/{id}/correct":       taking(correctFunding),
	}
}

// Carries says whether a route takes or gives papers as they are: nothing may read its body before it, keep a copy of it or
// pack its answer.
func Carries(pattern string) bool {
	method, path, _ := strings.Cut(pattern, " ")
	return method == http.MethodPost && strings.HasPrefix(path, "/api/vuon/startups/") && strings.HasSuffix(path, "/documents") ||
		strings.HasPrefix(path, "/api/vuon/documents/") && strings.HasSuffix(path, "/content") ||
		strings.HasPrefix(path, "/api/vuon/deals/") && strings.HasSuffix(path, "/deck")
}

func putDocument(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	body := uploads.Body(e.Request)
	sent, err := uploads.Arriving(e.Request, body)
	if err == nil {
		var d *Document
		on := Handing{sent.Said["class"], sent.Said["readers"], sent.Name, sent.Size}
		if d, err = Receive(e.App, by, id, on, sent.File, now); err == nil {
			return e.JSON(http.StatusOK, done(d))
		}
	}
	uploads.Drain(e, body)
	return err
}

func sendDocument(e *core.RequestEvent) error {
	by, id, _, err := actor(e)
	if err != nil {
		return err
	}
	d, err := Readable(e.App, by, id)
	if err != nil {
		return err
	}
	return send(e, d)
}

func send(e *core.RequestEvent, d *Document) error {
	is := asked(e.App).Kind(d.Kind())
	return uploads.Serve(e, uploads.Given{ID: d.Id, Key: d.key(), Name: d.Name(), MIME: is.MIME, Shown: is.Shown, At: d.At()})
}

func sendDeck(e *core.RequestEvent) error {
	by, id, now, err := actor(e)
	if err != nil {
		return err
	}
	deck, err := OpenDeck(e.App, by, id, now)
	if err != nil {
		return err
	}
	return send(e, deck)
}

func listDocuments(q asking) (any, error) {
	some, err := Papers(q.app, q.by, q.id)
	if err != nil {
		return nil, err
	}
	may := mayEdit(q.app, q.by, q.id) == nil
	list := make([]PaperView, 0, len(some))
	for _, d := range some {
		v, err := d.view(q.app)
		if err != nil {
			return nil, err
		}
		v.MayEdit = may
		list = append(list, v)
	}
	return web.ListOf(list, ""), nil
}

func fileDocument(q asking, f Filing) (any, error) {
	d, err := File(q.app, q.by, q.id, f, q.now)
	if err != nil {
		return nil, err
	}
	return done(d), nil
}

func takeOutDocument(q asking) (any, error) {
	return map[string]string{"id": q.id}, TakeOut(q.app, q.by, q.id, q.now)
}
