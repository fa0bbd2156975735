package intake

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/web"
)

// begun is what the pages show on which somebody begins without an account.
type begun struct {
	*Call
	Step   string // "ask" for the address, "code" for what was mailed, "over" when it must be asked for again
	Ticket string
	Said   Newcomer
	Wrong  map[string]*wrong // by field; "_" for what is about none of them
}

// wrong is why something was refused: a key of the dictionary, and what fills its slot if it has one.
type wrong struct{ Code, Slot, Value string }

// refusedWith says with which status a page tells of a refusal.
var refusedWith = map[fault.Kind]int{
	fault.KindConflict: http.StatusConflict, fault.KindGone: http.StatusGone, fault.KindTooMany: http.StatusTooManyRequests,
	fault.KindForbidden: http.StatusForbidden,
}

// showStart answers GET: it asks for an address, and changes nothing.
func showStart(e *core.RequestEvent) error { return startPage(e, begun{Step: "ask"}, http.StatusOK) }

// knock takes what somebody says of themselves and leads them to where the code is entered.
func knock(e *core.RequestEvent) error {
	who := Newcomer{
		Email: e.Request.PostFormValue("email"), Name: e.Request.PostFormValue("name"), Title: e.Request.PostFormValue("title"), Lang: web.Lang(e.Request),
	}
	slug := e.Request.PathValue("slug")
	ticket, err := Knock(e.App, slug, who, access.Now(e))
	if err != nil {
		return startAgain(e, begun{Step: "ask", Said: who}, err)
	}
	return e.Redirect(http.StatusSeeOther, web.Path(who.Lang, startPath(slug, ticket)))
}

// showCode answers GET with the page for a code. Programs that look for danger in mails follow its link: it changes nothing.
func showCode(e *core.RequestEvent) error {
	shown := begun{Step: "code", Ticket: e.Request.PathValue("ticket")}
	s, err := record.OrNone(startOf(e.App, shown.Ticket))
	if err != nil {
		return err
	}
	if s == nil || !s.HoldsAt(access.Now(e)) {
		shown.Step = "over"
	}
	return startPage(e, shown, http.StatusOK)
}

// enter takes the code, and leads whoever has the right one into the form.
func enter(e *core.RequestEvent) error {
	slug, ticket := e.Request.PathValue("slug"), e.Request.PathValue("ticket")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, e.Request.PostFormValue("code"))
	in, err := Admit(e.Request.Context(), e.App, slug, ticket, digits, web.Lang(e.Request), access.Now(e))
	switch {
	case fault.Code(err) == "sign_in.code_over":
		return startAgain(e, begun{Step: "over", Ticket: ticket}, err)
	case err != nil:
		return startAgain(e, begun{Step: "code", Ticket: ticket}, err)
	}
	return e.Redirect(http.StatusSeeOther, pathOfResume+"#now."+in.Token)
}

// startAgain shows a step again with what was wrong about it. What is no refusal is none of the visitor's.
func startAgain(e *core.RequestEvent, shown begun, err error) error {
	f := fault.As(err)
	if f == nil || f.Kind == fault.KindNotFound {
		return err
	}
	shown.Wrong = map[string]*wrong{}
	for _, one := range append([]*fault.Fault{f}, f.Also...) {
		field := one.Field
		if field == "" {
			field = "_"
		}
		why := wrong{Code: one.Code}
		for slot, value := range one.Slots {
			why.Slot, why.Value = slot, value
		}
		shown.Wrong[field] = &why
	}
	status, known := refusedWith[f.Kind]
	if !known {
		status = http.StatusBadRequest
	}
	return startPage(e, shown, status)
}

func startPage(e *core.RequestEvent, shown begun, status int) error {
	c, err := called(e.App, e.Request.PathValue("slug"), access.Now(e))
	if err != nil {
		return err
	}
	shown.Call = c
	return web.Render(e, Pages, "start", web.Page{Key: "start", Section: "/intakes", Private: true, Status: status, Data: shown})
}
