package judging

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Audiences say who may know that a row of the room has changed.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	return map[string]func(core.App, *core.Record) access.Audience{
		Rounds.Collection: func(app core.App, row *core.Record) access.Audience {
			return owners(app, Rounds.From(row))
		},
		Assignments.Collection: func(app core.App, row *core.Record) access.Audience {
			a := Assignments.From(row)
			return withJudge(app, a.RoundID(), a.JudgeID())
		},
		Sheets.Collection: func(app core.App, row *core.Record) access.Audience {
			s := Sheets.From(row)
			return withJudge(app, s.RoundID(), s.JudgeID())
		},
		Commitments.Collection: func(app core.App, row *core.Record) access.Audience {
			c := Commitments.From(row)
			return withJudge(app, c.RoundID(), c.JudgeID())
		},
		Comments.Collection: func(app core.App, row *core.Record) access.Audience {
			c := Comments.From(row)
			return panelOf(app, c)
		},
	}
}

// owners are those who work for the owner of a round; nobody, if it cannot be found.
func owners(app core.App, r *Round) access.Audience {
	over, err := needs(app).Over(app, r.OwnerType(), r.Owner())
	if err != nil {
		app.Logger().Warn("nobody is told of a round", "round", r.Id, "error", err)
		return access.Audience{}
	}
	return access.Audience{Roles: []access.Role{access.Staff, access.Manager}, Path: over}
}

func withJudge(app core.App, round, judge string) access.Audience {
	r, err := Rounds.Find(app, round)
	if err != nil {
		app.Logger().Warn("only the judge is told", "round", round, "error", err)
		return access.Audience{Users: []string{judge}}
	}
	told := owners(app, r)
	told.Users = []string{judge}
	return told
}

// panelOf are those who may read a comment: the staff, and the judges whose own sheet is in.
func panelOf(app core.App, c *Comment) access.Audience {
	r, err := Rounds.Find(app, c.RoundID())
	if err != nil {
		app.Logger().Warn("nobody is told of a comment", "round", c.RoundID(), "error", err)
		return access.Audience{}
	}
	told := owners(app, r)
	if told.Users, err = judgesDone(app, r.Id, c.SubjectType(), c.Subject()); err != nil {
		app.Logger().Warn("only staff are told of a comment", "round", r.Id, "error", err)
	}
	return told
}
