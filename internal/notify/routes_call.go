package notify

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// callView is a call as managers read it. What it says are ids and codes; they can be read where they lead.
type callView struct {
	ID       string     `json:"id"`
	Topic    string     `json:"topic"`
	Says     string     `json:"says"` // the topic in words
	At       time.Time  `json:"at"`
	Status   Standing   `json:"status"`
	Attempts int        `json:"attempts"`
	NextAt   *time.Time `json:"next_at"` // null when it is not made any more
	DoneAt   *time.Time `json:"done_at"` // null until it is heard
	Answer   int        `json:"answer"`  // status of the last answer, 0 for none
	Error    string     `json:"error"`   // code of what went wrong last
}

func (p *Post) viewOfCall(e *core.RequestEvent, c *HookCall) callView {
	key := c.Topic()
	if key == topicPing {
		key = "hooks.ping"
	}
	return callView{
		ID: c.Id, Topic: c.Topic(), Says: p.needs.Words.Text(reads(e), key), At: c.At(), Status: c.Standing(), Attempts: c.Attempts(),
		NextAt: maybe(c.Next()), DoneAt: maybe(c.Done()), Answer: c.Answer(), Error: c.Trouble(),
	}
}

// showCalls answers with the calls to a hook, the newest first.
func showCalls(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayGovern(by); err != nil {
		return err
	}
	p, err := of(e.App)
	if err != nil {
		return err
	}
	h, err := Hooks.Find(e.App, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	ask := web.Asked(e)
	calls, err := callsOf(e.App, h.Id, ask)
	if err != nil {
		return err
	}
	calls, next := web.Cut(calls, ask.Limit, func(c *HookCall) string { return c.Id })
	rows := make([]callView, len(calls))
	for i, c := range calls {
		rows[i] = p.viewOfCall(e, c)
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}

func replayOne(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	c, err := ReplayCall(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": c.Id})
}

// replayFailed takes {since}, an instant; without it all that failed is asked for again.
func replayFailed(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var said struct {
		Since time.Time `json:"since"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	n, err := ReplayFailed(e.App, by, e.Request.PathValue("id"), said.Since, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"calls": n})
}
