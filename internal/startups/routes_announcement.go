package startups

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

func listAnnouncements(e *core.RequestEvent) error {
	id, p, err := tended(e, 2)
	if err != nil {
		return err
	}
	rows, err := announcementsIn(e.Request.Context(), e.App, id, e.Request.URL.Query().Get("status"), p)
	if err != nil {
		return err
	}
	if !p.CSV {
		return answerAnnouncements(e, rows, p)
	}
	table := make([][]string, 0, len(rows))
	for _, r := range rows {
		table = append(table, []string{r.TitleVI, r.Status, r.SentAt, itoa(r.Readers), itoa(r.Hearers)})
	}
	return web.CSV(e, "announcements.csv", []string{"title", "status", "sent_at", "readers", "hearers"}, table)
}

func answerAnnouncements(e *core.RequestEvent, rows []announcementRow, p page) error {
	rows, next := web.Cut(rows, p.Limit, func(r announcementRow) string { return web.Cursor(r.Order, r.ID) })
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}

func readAnnouncement(q asking) (any, error) {
	return map[string]string{"id": q.id}, ReadAnnouncement(q.app, q.by, q.id, q.now)
}

// listReaders answers staff with who has opened an announcement and who has not: ?q= &after= &limit= &format=csv.
func listReaders(e *core.RequestEvent) error {
	by, id, _, err := actor(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	n, err := Announcements.Find(e.App, id)
	if err != nil {
		return err
	}
	if err := mayLead(e.App, by, n.CohortID()); err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	rows, err := readersOf(e.Request.Context(), e.App, n, p)
	if err != nil {
		return err
	}
	if !p.CSV {
		rows, next := web.Cut(rows, p.Limit, func(r readerRow) string { return web.Cursor(r.SortKey, r.ID) })
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]string, 0, len(rows))
	for _, r := range rows {
		table = append(table, []string{r.Startup, r.Name, r.ReadAt})
	}
	return web.CSV(e, "readers.csv", []string{"startup", "name", "read_at"}, table)
}

func listOwnAnnouncements(e *core.RequestEvent) error {
	by, id, p, err := ownPart(e)
	if err != nil {
		return err
	}
	rows, err := announcementsTo(e.Request.Context(), e.App, id, by.ID, p)
	if err != nil {
		return err
	}
	return answerAnnouncements(e, rows, p)
}
