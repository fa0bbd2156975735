package startups

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// pulseAsks are the people whom pulse p asks: founders and members of the startups that hold a place in its cohort.
const pulseAsks = `FROM enrolments n JOIN startup_members m ON m.startup = n.startup AND m.left_on = '' AND m.role != 'advisor'
	WHERE n.cohort = p.cohort AND ` + holding

// asksPerson says whether a pulse asks a person.
func asksPerson(app core.App, p *Pulse, user string) (yes bool, err error) {
	err = app.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM pulses p WHERE p.id = {:pulse} AND EXISTS (SELECT 1 ` + pulseAsks + ` AND m.user = {:user}))`).
		Bind(dbx.Params{"pulse": p.Id, "user": user}).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("look whom pulse %s asks: %w", p.Id, err)
	}
	return yes, nil
}

// turnout is how many people have answered a pulse, and how many it asks, with those who have answered and left.
func turnout(app core.App, p *Pulse) (answered, people int, err error) {
	err = app.DB().NewQuery(`SELECT (SELECT count(*) FROM pulse_answers a WHERE a.pulse = p.id),
		(SELECT count(*) FROM (SELECT m.user `+pulseAsks+` UNION SELECT v.user FROM pulse_voters v WHERE v.pulse = p.id))
		FROM pulses p WHERE p.id = {:pulse}`).Bind(dbx.Params{"pulse": p.Id}).Row(&answered, &people)
	if err != nil {
		return 0, 0, fmt.Errorf("count who has answered pulse %s: %w", p.Id, err)
	}
	return answered, people, nil
}

// keepAnswer stores what somebody said at a place among the rows that is chance: a table keeps the order in which its rows came,
// and so would tell whose answer is whose to whoever lays it beside the voters.
func keepAnswer(tx core.App, pulse string, said map[string]any) error {
	raw, err := json.Marshal(said) // in the order of the keys
	if err != nil {
		return fmt.Errorf("write an answer down: %w", err)
	}
	_, err = tx.NonconcurrentDB().NewQuery(`INSERT INTO pulse_answers (rowid, id, pulse, answers) VALUES (random() & 9223372036854775807, {:id}, {:pulse}, {:said})`).
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "pulse": pulse, "said": string(raw)}).Execute()
	if err != nil {
		return fmt.Errorf("keep an answer to pulse %s: %w", pulse, err)
	}
	return nil
}

// pulsesOver are the open pulses whose last day has passed.
func pulsesOver(app core.App, now time.Time) ([]*Pulse, error) {
	return Pulses.Query(app.RecordQuery(Pulses.Collection).AndWhere(dbx.HashExp{"status": string(PulseOpen)}).
		AndWhere(dbx.NewExp("closes_on < {:today}", dbx.Params{"today": locale.Day(now)})).OrderBy("id"))
}

// pulsesIn are the pulses of a cohort, the first first.
func pulsesIn(app core.App, cohort string) ([]*Pulse, error) {
	return Pulses.Query(app.RecordQuery(Pulses.Collection).AndWhere(dbx.HashExp{"cohort": cohort}).OrderBy("number"))
}

// pulsesAsking are the open pulses that ask somebody of a startup.
func pulsesAsking(app core.App, startup string) ([]*Pulse, error) {
	return Pulses.Query(app.RecordQuery(Pulses.Collection).AndWhere(dbx.HashExp{"status": string(PulseOpen)}).
		AndWhere(dbx.NewExp(`cohort IN (SELECT n.cohort FROM enrolments n WHERE n.startup = {:startup} AND `+holding+`)`,
			dbx.Params{"startup": startup})).OrderBy("closes_on", "id"))
}

// silent is an open pulse with one of the people whom it asks and who have not answered.
type silent struct {
	Pulse    string `db:"id"`
	OpenedAt string `db:"opened_at"`
	ClosesOn string `db:"closes_on"`
	TitleVI  string `db:"title_vi"`
	TitleEN  string `db:"title_en"`
	User     string `db:"user"`
	Startup  string `db:"startup"`
}

// silentAt are those of all pulses that can be answered on the day of an instant, or of one person.
func silentAt(app core.App, now time.Time, user string) ([]silent, error) {
	only, params := "", dbx.Params{"today": locale.Day(now)}
	if user != "" {
		only, params["user"] = " AND m.user = {:user}", user
	}
	var rows []silent
	err := app.DB().NewQuery(`SELECT p.id, p.opened_at, p.closes_on, p.title_vi, p.title_en, m.user, min(m.startup) AS startup FROM pulses p
		JOIN enrolments n ON n.cohort = p.cohort AND ` + holding + `
		JOIN startup_members m ON m.startup = n.startup AND m.left_on = '' AND m.role != 'advisor'
		WHERE p.status = 'open' AND p.closes_on >= {:today}` + only + `
			AND NOT EXISTS (SELECT 1 FROM pulse_voters v WHERE v.pulse = p.id AND v.user = m.user)
		GROUP BY p.id, m.user ORDER BY p.closes_on, p.id, m.user`).Bind(params).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for who has not answered: %w", err)
	}
	return rows, nil
}
