package notify

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// wishing is one kind of notice as the person who chooses sees it.
type wishing struct {
	Kind  string       `json:"kind"`
	Name  string       `json:"name"` // in the reader's language
	Class notice.Class `json:"class"`
	Mode  Mode         `json:"mode"`  // "" for what always comes at once
	Usual Mode         `json:"usual"` // for somebody who has said nothing
	Heard bool         `json:"heard"` // they have had one
}

func showWishes(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	rows, err := wishesOf(e, by.ID)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, ""))
}

// makeWish takes {kind, mode}.
func makeWish(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var asked struct {
		Kind string `json:"kind"`
		Mode Mode   `json:"mode"`
	}
	if err := web.Body(e, &asked); err != nil {
		return err
	}
	if err := Wish(e.App, by, asked.Kind, asked.Mode, now); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"kind": asked.Kind, "mode": asked.Mode})
}

// wishesOf lists all kinds of notices by name.
func wishesOf(e *core.RequestEvent, user string) ([]wishing, error) {
	p, err := of(e.App)
	if err != nil {
		return nil, err
	}
	said, err := p.speech(e.App)
	if err != nil {
		return nil, err
	}
	prefs, err := Prefs.All(e.App, dbx.HashExp{"user": user})
	if err != nil {
		return nil, err
	}
	heard, err := heardOf(e.App, user)
	if err != nil {
		return nil, err
	}
	var rows []wishing
	for _, rule := range p.needs.Rules() {
		row := wishing{Kind: rule.Key, Name: said.name(reads(e), rule.Key), Class: rule.Class, Heard: slices.Contains(heard, rule.Key)}
		if rule.Class != notice.Transactional {
			row.Usual = usual(rule.Class)
			row.Mode = row.Usual
		}
		if at := slices.IndexFunc(prefs, func(p *Pref) bool { return p.Kind() == rule.Key }); at >= 0 && row.Mode != "" {
			row.Mode, row.Heard = prefs[at].Mode(), true
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b wishing) int { return strings.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)) })
	return rows, nil
}
