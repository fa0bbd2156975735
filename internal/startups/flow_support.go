package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// mayGive permits staff over a cohort to work on what is given to one of its startups, but not to their own.
// Errors: access.sign_in, record.not_found, support.own.
func mayGive(app core.App, by access.Actor, cohort, startup string) error {
	if err := mayLead(app, by, cohort); err != nil {
		return err
	}
	m, err := seat(app, by, startup)
	if err == nil && m != nil {
		return fault.Conflict("support.own")
	}
	return err
}

// ProposeSupport says what a startup should be given. Staff over the cohort, but not to a startup of their own.
// Errors: as mayGive, and those of the guard.
func ProposeSupport(app core.App, by access.Actor, cohort string, f SupportFields, now time.Time) (s *Support, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayGive(tx, by, cohort, f.Startup); err != nil {
			return err
		}
		if s, err = offered(tx, cohort, by.ID, f, now); err != nil {
			return err
		}
		if err := tx.Save(s); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Supports.Collection, s.Id, "propose", lifecycle.With(map[string]any{"startup": f.Startup, "kind": s.Kind(), "amount_vnd": s.Amount()}))
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// onSupport lets those who may give to its startup work on a support.
func onSupport(app core.App, by access.Actor, id string, rev int, do func(core.App, *Support) error) (*Support, error) {
	may := func(tx core.App, s *Support) error { return mayGive(tx, by, s.CohortID(), s.StartupID()) }
	return onRow(app, by, Supports, id, may, seen(rev, do))
}

// AmendSupport changes what was proposed; whoever does has proposed it. Staff over the cohort.
// Errors: as ProposeSupport, and support.rooted once it is confirmed, record.stale.
func AmendSupport(app core.App, by access.Actor, id string, f SupportFields, now time.Time) (*Support, error) {
	return onSupport(app, by, id, f.Rev, func(tx core.App, s *Support) error {
		s.write(f, by.ID, now)
		return edited(tx, by, Supports.Collection, s, now)
	})
}

// ConfirmSupport agrees to what was proposed: money by a manager over the cohort who has not proposed it, a perk by its staff.
// Errors: as mayGive, and access.needs_manager, support.two_people, lifecycle.not_now, record.stale.
func ConfirmSupport(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Support, error) {
	return onSupport(app, by, id, rev, func(tx core.App, s *Support) error {
		if s.Kind() == SupportMoney {
			path, err := asked(tx).Path(tx, s.CohortID())
			if err != nil {
				return err
			}
			if err := access.MayDecide(by, path...); err != nil {
				return err
			}
		}
		s.confirmed(by.ID, now)
		return SupportLife.Fire(tx, s, "confirm", by, now)
	})
}

// RefuseSupport says that it is not given, as long as it was not handed over. Staff over the cohort, with a reason.
// Errors: as mayGive, and support.no_reason, lifecycle.not_now, record.stale.
func RefuseSupport(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Support, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Field("reason", "support.no_reason")
	}
	return onSupport(app, by, id, rev, func(tx core.App, s *Support) error {
		s.refused(reason)
		return SupportLife.Fire(tx, s, "refuse", by, now, lifecycle.Because(reason))
	})
}

// HandSupport says that it was handed over; the startup's admins are asked for a receipt. Staff over the cohort.
// Errors: as mayGive, and lifecycle.not_now, record.stale.
func HandSupport(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Support, error) {
	return onSupport(app, by, id, rev, func(tx core.App, s *Support) error {
		s.handed(by.ID, now)
		return SupportLife.Fire(tx, s, "hand", by, now)
	})
}

// onReceipt lets an admin of its startup answer for what was handed over, but nobody who had a part in giving it. To others of the
// startup it is refused, and to everybody else it does not exist.
func onReceipt(app core.App, by access.Actor, id string, rev int, do func(core.App, *Support) error) (*Support, error) {
	may := func(tx core.App, s *Support) error {
		m, err := seat(tx, by, s.StartupID())
		if err != nil {
			return err
		}
		if m == nil || !m.Admin() {
			if err := maySee(tx, by, s.StartupID()); err != nil {
				return err
			}
			return fault.Forbidden("startup.needs_admin")
		}
		if by.ID == s.ProposedBy() || by.ID == s.ConfirmedBy() || by.ID == s.HandedBy() {
			return fault.Conflict("support.own")
		}
		return nil
	}
	return onRow(app, by, Supports, id, may, seen(rev, do))
}

// ReceiveSupport is the receipt. An admin of the startup, who had no part in giving.
// Errors: access.sign_in, record.not_found, startup.needs_admin, support.own, lifecycle.not_now, record.stale.
func ReceiveSupport(app core.App, by access.Actor, id, _ string, rev int, now time.Time) (*Support, error) {
	return onReceipt(app, by, id, rev, func(tx core.App, s *Support) error {
		s.received(by.ID, now)
		return SupportLife.Fire(tx, s, "receive", by, now)
	})
}

// MissSupport says that it has not arrived. An admin of the startup, with a reason.
// Errors: as ReceiveSupport, and support.no_reason.
func MissSupport(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Support, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, fault.Field("reason", "support.no_reason")
	}
	return onReceipt(app, by, id, rev, func(tx core.App, s *Support) error {
		s.missing(reason)
		return SupportLife.Fire(tx, s, "miss", by, now, lifecycle.Because(reason))
	})
}
