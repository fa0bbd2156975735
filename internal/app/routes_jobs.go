package app

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// runsPage is how many runs one answer carries, where ?limit= asks for no fewer.
const runsPage = 20

// jobNow is a job as staff see it.
type jobNow struct {
	Job   string    `json:"job"`
	Line  string    `json:"line"`     // five fields of a crontab
	Catch catchUp   `json:"catch_up"` // what becomes of missed slots
	Next  time.Time `json:"next"`
	Last  *toldRun  `json:"last"` // null before its first
}

// toldRun is a run with what the clock says of it.
type toldRun struct {
	jobRun
	Lost    bool `json:"lost"`     // it never ended, and its lease is over
	GivenUp bool `json:"given_up"` // it failed and is not tried again
}

func tell(r jobRun, now time.Time) toldRun {
	return toldRun{
		jobRun: r, Lost: r.Outcome == runRunning && r.Lease <= record.Stamp(now),
		GivenUp: r.Outcome == runFailed && (r.Attempts >= attempts || r.Actor != ""),
	}
}

// jobsNow answers with every job, its latest run and its next slot. Staff and managers of the whole house.
func jobsNow(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	all, here, err := planned(now)
	if err != nil {
		return err
	}
	names := make([]string, len(all))
	for i, j := range all {
		names[i] = j.name
	}
	runs, err := latestRuns(e.Request.Context(), e.App, names)
	if err != nil {
		return err
	}
	rows := make([]jobNow, len(all))
	for i, j := range all {
		rows[i] = jobNow{Job: j.name, Line: j.line, Catch: j.catch, Next: j.at.Next(here).UTC()}
		if r, ran := runs[j.name]; ran {
			last := tell(r, now)
			rows[i].Last = &last
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": "", "may_run": access.MayGovern(by) == nil})
}

// jobHistory answers with the runs of one job, the latest first. Staff and managers of the whole house.
// Error: record.not_found.
func jobHistory(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	j, err := jobNamed(e.Request.PathValue("name"), now)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	limit, before := runsPage, math.MaxInt
	if n, err := strconv.Atoi(query.Get("limit")); err == nil && n > 0 {
		limit = min(n, runsPage)
	}
	if n, err := strconv.Atoi(query.Get("after")); err == nil {
		before = n
	}
	runs, err := runsOf(e.Request.Context(), e.App, j.name, before, limit+1)
	if err != nil {
		return err
	}
	next := ""
	if len(runs) > limit {
		runs, next = runs[:limit], strconv.Itoa(runs[limit-1].Fence)
	}
	rows := make([]toldRun, len(runs))
	for i, r := range runs {
		rows[i] = tell(r, now)
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": next})
}

// runJob runs one job at once, beside its schedule, and answers with its run. It takes no Idempotency-Key: the ledger keeps
// two runs apart. Managers of the whole house. Errors: record.not_found, job.running.
func runJob(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayGovern(by); err != nil {
		return err
	}
	j, err := jobNamed(e.Request.PathValue("name"), now)
	if err != nil {
		return err
	}
	c, err := crewOf(e.App)
	if err != nil {
		return err
	}
	run, err := c.byHand(e.App, by, j, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, tell(run, now))
}

// runsAJob says whether a request runs a job, which works outside of any transaction.
func runsAJob(path string) bool {
	return strings.HasPrefix(path, "/api/vuon/jobs/") && strings.HasSuffix(path, "/run")
}

// jobNamed finds a job. Error: record.not_found.
func jobNamed(name string, now time.Time) (job, error) {
	all, _, err := planned(now)
	if err != nil {
		return job{}, err
	}
	if i := slices.IndexFunc(all, func(j job) bool { return j.name == name }); i >= 0 {
		return all[i], nil
	}
	return job{}, fault.NotFound("record.not_found")
}
