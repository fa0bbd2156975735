package notify

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// textRoutes are for managers, who put words of their own in the place of the house's.
func textRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/notices/texts":                         showTexts,
		"GET /api/vuon/notices/texts/{kind}":                  showText,
		"PATCH /api/vuon/notices/texts/{kind}/{lang}":         reword,
		"POST /api/vuon/notices/texts/{kind}/{lang}/original": unreword,
		"POST /api/vuon/notices/texts/{kind}/{lang}/preview":  showPreview,
		"POST /api/vuon/notices/texts/{kind}/{lang}/test":     try,
		"POST /notices/preview":                               framePreview,
	}
}

// textRow is one kind in the list.
type textRow struct {
	Kind    string        `json:"kind"`
	Name    string        `json:"name"`
	Class   notice.Class  `json:"class"` // "" for a mail that no rule sends
	Subject string        `json:"subject"`
	Changed []locale.Lang `json:"changed"` // the languages in which managers have changed it
}

func showTexts(e *core.RequestEvent) error {
	s, p, err := governing(e)
	if err != nil {
		return err
	}
	var rows []textRow
	for _, k := range p.kinds(s) {
		row := textRow{Kind: k.key, Name: s.name(reads(e), k.key), Class: k.class, Subject: s.told(k.key, reads(e)).subject, Changed: []locale.Lang{}}
		for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
			if _, ok := s.changed[wordingKey{k.key, lang}]; ok {
				row.Changed = append(row.Changed, lang)
			}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b textRow) int { return strings.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)) })
	return e.JSON(http.StatusOK, web.ListOf(rows, ""))
}

// spokenText is one kind in one language.
type spokenText struct {
	Words
	Original Words `json:"original"`
	Changed  bool  `json:"changed"`
	Rev      int   `json:"rev"` // 0 where the house speaks for itself
}

func showText(e *core.RequestEvent) error {
	s, p, err := governing(e)
	if err != nil {
		return err
	}
	kind := e.Request.PathValue("kind")
	answer := map[string]any{}
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		w, err := wordingOf(e.App, kind, lang)
		if err != nil {
			return err
		}
		original := s.original(kind, lang)
		one := spokenText{Words: original.words(), Original: original.words(), Rev: record.Rev(w)}
		if one.Changed = !w.ProxyRecord().IsNew(); one.Changed {
			one.Words = w.text().words()
		}
		answer[string(lang)] = one
	}
	k, _ := p.kind(s, kind)
	answer["kind"], answer["name"], answer["class"], answer["slots"] = kind, s.name(reads(e), kind), k.class, s.slots(k)
	answer["has_subject"], answer["has_button"], answer["in_house"] = !k.part(), k.pressed(), k.class != "" && !s.mailOnly(kind)
	return e.JSON(http.StatusOK, answer)
}

// draft is what an editor sends.
type draft struct {
	Words
	Rev int `json:"rev"`
}

// edit is a draft of one kind in one language, and who sends it when.
type edit struct {
	draft
	by   access.Actor
	now  time.Time
	kind string
	lang locale.Lang
}

func edited(e *core.RequestEvent) (sent edit, err error) {
	if sent.by, sent.now, err = access.Of(e); err != nil {
		return sent, err
	}
	sent.kind, sent.lang = e.Request.PathValue("kind"), locale.Lang(e.Request.PathValue("lang"))
	return sent, web.Body(e, &sent.draft)
}

func reword(e *core.RequestEvent) error {
	sent, err := edited(e)
	if err != nil {
		return err
	}
	if err := Reword(e.App, sent.by, sent.kind, sent.lang, sent.Words, sent.Rev, sent.now); err != nil {
		return err
	}
	return showText(e)
}

func unreword(e *core.RequestEvent) error {
	sent, err := edited(e)
	if err != nil {
		return err
	}
	if err := Unreword(e.App, sent.by, sent.kind, sent.lang, sent.Rev, sent.now); err != nil {
		return err
	}
	return showText(e)
}

func showPreview(e *core.RequestEvent) error {
	sent, err := edited(e)
	if err != nil {
		return err
	}
	mail, err := Preview(e.App, sent.by, sent.kind, sent.lang, sent.Words)
	if err != nil {
		return err
	}
	p, err := of(e.App)
	if err != nil {
		return err
	}
	seal, err := p.sealed(e.App, mail.HTML)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"subject": mail.Subject, "text": mail.Text, "html": mail.HTML, "seal": seal})
}

func try(e *core.RequestEvent) error {
	sent, err := edited(e)
	if err != nil {
		return err
	}
	if err := Try(e.App, sent.by, sent.kind, sent.lang, sent.Words, sent.now); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"sent": true})
}

// framePreview answers the frame of the editor with a mail as its reader sees it. A mail has its style inline, which no other
// page of the house may; so this one runs nothing, loads nothing, and stands in no frame but our own.
func framePreview(e *core.RequestEvent) error {
	p, err := of(e.App)
	if err != nil {
		return err
	}
	html := strings.ReplaceAll(e.Request.PostFormValue("html"), "\r\n", "\n") // a form breaks lines in its own way
	if err := p.unsealed(e.App, html, e.Request.PostFormValue("seal")); err != nil {
		return err
	}
	head := e.Response.Header()
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
	head.Set("X-Frame-Options", "SAMEORIGIN")
	head.Set("Cache-Control", "private, no-store")
	return e.HTML(http.StatusOK, html)
}

// governing lets managers of the whole house in.
func governing(e *core.RequestEvent) (speech, *Post, error) {
	by, _, err := access.Of(e)
	if err == nil {
		err = access.MayGovern(by)
	}
	if err != nil {
		return speech{}, nil, err
	}
	p, err := of(e.App)
	if err != nil {
		return speech{}, nil, err
	}
	s, err := p.speech(e.App)
	return s, p, err
}
