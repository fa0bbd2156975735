package demo

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/fault"
	"vuon/internal/notify"
	"vuon/internal/web"
)

// bindRoutes adds what only the demo has. In any other house these addresses do not exist.
func bindRoutes(house core.App, box *notify.Mailbox, now *clock) {
	house.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "demo.routes",
		Func: func(e *core.ServeEvent) error {
			for pattern, do := range routes(box, now) {
				method, path, _ := strings.Cut(pattern, " ")
				e.Router.Route(method, path, do)
			}
			return e.Next()
		},
	})
}

func routes(box *notify.Mailbox, now *clock) map[string]func(*core.RequestEvent) error {
	all := web.Public(map[string]func(*core.RequestEvent) error{"/demo/mail": showMails(box, now)})
	maps.Copy(all, map[string]func(*core.RequestEvent) error{
		"GET /demo/mail/{number}": showMail(box),
		"GET /demo/mail.json":     func(e *core.RequestEvent) error { return e.JSON(http.StatusOK, told(box)) },
		"POST /demo/later":        moveOn(now),
	})
	return all
}

// letter is one mail of the mailbox.
type letter struct {
	To      string    `json:"to"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Code    string    `json:"code"` // "" when it carries none
	Link    string    `json:"link"` // "" when it carries none
	At      time.Time `json:"at"`
	Number  int       `json:"number"` // it stands at /demo/mail/{number}
}

func told(box *notify.Mailbox) []letter {
	mails := box.Mails()
	all := make([]letter, len(mails))
	for i, m := range mails {
		all[i] = letter{m.To, m.Subject, m.Text, m.Code, m.Link, m.At.UTC(), m.Number}
	}
	return all
}

// moveOn moves time on, as JSON {"days": n} or {"months": n} asks, or a form with the same fields. It answers when every
// job between has run: {"now": …}; a form is led back to where it was.
func moveOn(now *clock) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		var asked struct {
			Days   int `form:"days"   json:"days"`
			Months int `form:"months" json:"months"`
		}
		form := strings.HasPrefix(e.Request.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
		if form {
			asked.Days, asked.Months = number(e.Request.FormValue("days")), number(e.Request.FormValue("months"))
		} else if err := e.BindBody(&asked); err != nil {
			return fault.Field("body", "request.unreadable")
		}
		if err := now.later(e.App, asked.Months, asked.Days); err != nil {
			return err
		}
		if form {
			return e.Redirect(http.StatusSeeOther, back(e.Request))
		}
		return e.JSON(http.StatusOK, map[string]any{"now": now.Now().UTC()})
	}
}

// back is the page of ours that a form was on.
func back(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host || !strings.HasPrefix(from.Path, "/") || strings.HasPrefix(from.Path, "//") {
		return "/demo/mail"
	}
	return from.RequestURI()
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
