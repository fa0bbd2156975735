package demo

import (
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
)

// seed of everything that looks like chance.
const seed = 2026

// Plant fills an empty house. The same seed makes the same garden; its dates lie before and after now. What is older than
// two months is stored at once, with the journal it would have left; what is younger happens by the rooms' own verbs, and
// every morning of the last weeks people are told of it. reached is called with the instants that are reached on the way.
func Plant(house core.App, now time.Time, reached func(time.Time)) error {
	g := &garden{
		now: now, dice: rand.New(rand.NewPCG(seed, seed)), rows: map[string][]row{}, actors: map[string]access.Actor{}, //nolint:gosec // chance here is to be repeated
	}
	err := house.RunInTransaction(func(tx core.App) error {
		g.tx = tx
		for _, do := range []func() error{g.centre, g.people, g.programmes, g.startups, g.reports, g.milestones, g.oldCalls, g.store} {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return g.lately(house, reached)
}

// actor is whoever does something.
type actor = access.Actor

var zone = locale.Zone

// garden is a house while it is being filled.
type garden struct {
	tx      core.App
	now     time.Time
	dice    *rand.Rand
	rows    map[string][]row // by table, not yet stored
	tables  []string         // in the order in which they first got a row
	told    []lifecycle.Row  // the journal of it
	hash    string           // of the password of everybody
	plots   []*plot
	ideas   []idea
	known   map[string]bool // applicants who have an account
	lesson  string          // a workshop that was held
	pulse   string          // that is open
	waiting int             // how many were ever put on a waiting list
	actors  map[string]access.Actor
	shows   map[string]*show // the events, by what they are in the demo
	guest   int              // how many have taken tickets
	door    door
}

// add keeps a row to be stored. at is when it was made.
func (g *garden) add(table string, at time.Time, r row) {
	if !slices.Contains(g.tables, table) {
		g.tables = append(g.tables, table)
	}
	r["created"] = stamp(at)
	g.rows[table] = append(g.rows[table], r)
}

// say keeps a line of the journal.
func (g *garden) say(at time.Time, actor, role, kind, subject, noun, verb string, from, to lifecycle.State, reason string) {
	g.told = append(g.told, lifecycle.Row{
		At: at, Actor: actor, ActorRole: role, SubjectKind: kind, Subject: subject, Verb: verb, From: from, To: to, Reason: reason,
		Notice: noun + "." + verb,
	})
}

// store writes what was kept, and its journal in the order of time. Answers go in before their reports: what startups tell is then
// added up once for each report, and not once more for each of its answers.
func (g *garden) store() error {
	slices.SortStableFunc(g.tables, func(a, b string) int {
		first := map[string]int{"kpi_readings": -1}
		return first[a] - first[b]
	})
	for _, table := range g.tables {
		if err := plant(g.tx, table, g.rows[table]); err != nil {
			return err
		}
	}
	slices.SortStableFunc(g.told, func(a, b lifecycle.Row) int { return a.At.Compare(b.At) })
	if err := lifecycle.Append(g.tx, g.told); err != nil {
		return err
	}
	g.rows, g.tables, g.told = map[string][]row{}, nil, nil
	return g.refresh()
}

// refresh saves the rows whose keys for searching and sorting are made by their rooms.
func (g *garden) refresh() error {
	for _, table := range []string{"users", "startups"} {
		rows, err := g.tx.FindAllRecords(table)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := g.tx.Save(r); err != nil {
				return fmt.Errorf("refresh %s %s: %w", table, r.Id, err)
			}
		}
	}
	return nil
}

// as is a person as they stood at an instant.
func (g *garden) as(user string, at time.Time) (access.Actor, error) {
	if by, ok := g.actors[user]; ok {
		return by, nil
	}
	r, err := g.tx.FindRecordById("users", user)
	if err != nil {
		return access.Actor{}, fmt.Errorf("find %s: %w", user, err)
	}
	by, err := access.At(g.tx, r, at)
	g.actors[user] = by
	return by, err
}

// id is the n-th id of a kind, the same in every demo.
func id(kind string, n int) string {
	digits := strconv.Itoa(n)
	return kind + strings.Repeat("0", 15-len(kind)-len(digits)) + digits
}

// month is the first instant of the month that lies k months from now's.
func (g *garden) month(k int) time.Time {
	here := g.now.In(locale.Zone)
	return time.Date(here.Year(), here.Month()+time.Month(k), 1, 0, 0, 0, 0, locale.Zone)
}

// on is an hour of the n-th day of the month that lies k months from now's.
func (g *garden) on(k, day, hour, minute int) time.Time {
	return g.month(k).AddDate(0, 0, day-1).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

func day(at time.Time) string { return locale.Day(at) }

func key(at time.Time) string { return at.In(locale.Zone).Format("2006-01") }

// inOrder walks a map by its keys: chance must not depend on how Go walks maps.
func inOrder[V any](m map[int]V) iter.Seq2[int, V] {
	return func(yield func(int, V) bool) {
		for _, n := range slices.Sorted(maps.Keys(m)) {
			if !yield(n, m[n]) {
				return
			}
		}
	}
}

// numbered are the first so many ids of a kind.
func numbered(kind string, most int) []string {
	all := make([]string, most)
	for i := range all {
		all[i] = id(kind, i+1)
	}
	return all
}

// chance is true in so many of a hundred cases.
func (g *garden) chance(percent int) bool { return g.dice.IntN(100) < percent }

// between is a number from low to high, both included.
func (g *garden) between(low, high int) int { return low + g.dice.IntN(high-low+1) }

func pick[T any](g *garden, list []T) T { return list[g.dice.IntN(len(list))] }
