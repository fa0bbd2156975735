package startups

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// secondThought is how long after an alert was closed it is asked once more whether it was right.
const secondThought = 30 * day

// AlertWord is what somebody says who settles an alert; each verb reads its own part.
type AlertWord struct {
	Resolution string  `json:"resolution"` // what came of it, or why it is muted
	Verdict    Verdict `json:"verdict"`    // whether it was right; "" is not said
	Until      string  `json:"until"`      // the last local day on which it rests; "" is for good
	Owner      string  `json:"owner"`
	Shared     bool    `json:"shared"`
}

// Ack takes an alert up: somebody looks after it. Staff over the startup.
// Errors: access.sign_in, record.not_found, lifecycle.not_now.
func Ack(app core.App, by access.Actor, id string, now time.Time) (*Alert, error) {
	return tend(app, by, id, func(tx core.App, a *Alert) error {
		a.setAcked(now, by.ID)
		return AlertLife.Fire(tx, a, "ack", by, now)
	})
}

// Resolve closes an alert, and says what came of it and whether it was right. Staff over the startup.
// Errors: as Ack, alert.no_resolution, alert.verdict.
func Resolve(app core.App, by access.Actor, id string, said AlertWord, now time.Time) (*Alert, error) {
	said.Until = ""
	return shut(app, by, id, "resolve", said, now)
}

// Mute says that an alert means nothing here, and why: until a day, after which it waits again if it is still so, or for good,
// which is for its period. Staff over the startup. Errors: as Resolve, and alert.until for a day that is none or is past.
func Mute(app core.App, by access.Actor, id string, said AlertWord, now time.Time) (*Alert, error) {
	if said.Until != "" && (endOf(said.Until).IsZero() || said.Until < locale.Day(now)) {
		return nil, fault.Field("until", "alert.until")
	}
	return shut(app, by, id, "mute", said, now)
}

func shut(app core.App, by access.Actor, id, verb string, said AlertWord, now time.Time) (*Alert, error) {
	switch {
	case strings.TrimSpace(said.Resolution) == "":
		return nil, fault.Field("resolution", "alert.no_resolution")
	case said.Verdict != "" && !slices.Contains(verdicts, said.Verdict):
		return nil, fault.Field("verdict", "alert.verdict")
	}
	return tend(app, by, id, func(tx core.App, a *Alert) error {
		a.setClosed(said.Resolution, said.Verdict, said.Until, now)
		return AlertLife.Fire(tx, a, verb, by, now, lifecycle.Because(said.Resolution))
	})
}

// Judge says whether an alert that is closed was right; what is said a month later stands beside what was said then. Staff over
// the startup. Errors: access.sign_in, record.not_found, alert.verdict, lifecycle.not_now.
func Judge(app core.App, by access.Actor, id string, said AlertWord, now time.Time) (*Alert, error) {
	if !slices.Contains(verdicts, said.Verdict) {
		return nil, fault.Field("verdict", "alert.verdict")
	}
	return tend(app, by, id, func(tx core.App, a *Alert) error {
		if a.Live() {
			return fault.Conflict("lifecycle.not_now")
		}
		a.setVerdict(said.Verdict, now)
		return noted(tx, by, a, "judge", map[string]string{"verdict": string(said.Verdict)}, now)
	})
}

// Entrust hands an alert to somebody else who looks after the startup. Staff over it.
// Errors: access.sign_in, record.not_found, alert.not_keeper, lifecycle.not_now.
func Entrust(app core.App, by access.Actor, id string, said AlertWord, now time.Time) (*Alert, error) {
	return tend(app, by, id, func(tx core.App, a *Alert) error {
		if !a.Live() {
			return fault.Conflict("lifecycle.not_now")
		}
		who, err := keepersOver(tx, a.StartupID(), now)
		if err != nil {
			return err
		}
		if !slices.Contains(who, said.Owner) {
			return fault.Field("owner", "alert.not_keeper")
		}
		a.setOwner(said.Owner)
		return noted(tx, by, a, "entrust", map[string]string{"owner": said.Owner}, now)
	})
}

// Share shows an alert to the startup's founders and members, or no more. Staff over it. Errors: access.sign_in, record.not_found.
func Share(app core.App, by access.Actor, id string, said AlertWord, now time.Time) (*Alert, error) {
	return tend(app, by, id, func(tx core.App, a *Alert) error {
		verb := "unshare"
		if said.Shared {
			verb = "share"
		}
		a.setShared(said.Shared)
		return noted(tx, by, a, verb, nil, now)
	})
}

func tend(app core.App, by access.Actor, id string, do func(core.App, *Alert) error) (*Alert, error) {
	return record.Change(app, Alerts, id, func(tx core.App, a *Alert) error {
		if err := mayLookAfter(tx, by, a.StartupID()); err != nil {
			return err
		}
		return do(tx, a)
	})
}

// noted stores an alert that does not move, and tells of it.
func noted(tx core.App, by access.Actor, a *Alert, verb string, detail any, now time.Time) error {
	if err := tx.Save(a); err != nil {
		return err
	}
	return lifecycle.Note(tx, by, now, Alerts.Collection, a.Id, verb, lifecycle.With(detail))
}

// Keeper is somebody who looks after a startup.
type Keeper struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Keepers are who may own an alert, by name. Staff over the startup. Errors: access.sign_in, record.not_found.
func Keepers(app core.App, by access.Actor, id string, now time.Time) ([]Keeper, error) {
	a, err := Alerts.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := mayLookAfter(app, by, a.StartupID()); err != nil {
		return nil, err
	}
	who, err := keepersOver(app, a.StartupID(), now)
	if err != nil {
		return nil, err
	}
	rows := make([]Keeper, 0, len(who))
	for _, user := range who {
		name, err := asked(app).Person(app, user)
		if err != nil {
			return nil, err
		}
		rows = append(rows, Keeper{user, name})
	}
	slices.SortFunc(rows, func(a, b Keeper) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return rows, nil
}

// keepersOver are the staff and managers over a startup. Each person once.
func keepersOver(app core.App, startup string, now time.Time) ([]string, error) {
	path, err := pathOf(app, startup)
	if err != nil {
		return nil, err
	}
	var who []string
	for _, role := range keepers {
		some, err := access.Holders(app, role, now, path...)
		if err != nil {
			return nil, err
		}
		for _, user := range some {
			if !slices.Contains(who, user) {
				who = append(who, user)
			}
		}
	}
	return who, nil
}

// AlertsOf are the alerts of a startup, the latest first: all that were not muted for whoever looks after it, for its founders
// and members those that were shared with them, and nothing of what staff wrote. Errors: access.sign_in, record.not_found.
func AlertsOf(app core.App, by access.Actor, startup string) ([]SharedAlert, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	err := mayLookAfter(app, by, startup)
	if err == nil {
		return alertsOf(app, startup, false)
	}
	m, none := liveMember(app, startup, by.ID)
	if none != nil {
		return nil, none
	}
	if m.Role() == Advisor {
		return nil, err
	}
	return alertsOf(app, startup, true)
}
