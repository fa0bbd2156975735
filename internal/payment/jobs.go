package payment

import (
	"context"
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// What the room does by itself: it matches what the bank says, and asks gateways elsewhere.
const (
	jobMatch     = "match_bank_lines"
	jobElsewhere = "settle_payments"
)

// Jobs are what the room does by itself, keyed as a crontab writes a line.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{"*/5 * * * * " + jobMatch: MatchLines, "*/5 * * * * " + jobElsewhere: SettleElsewhere}
}

// How long one gateway may think about one thing, and a round may take as a whole.
const (
	patience = 10 * time.Second
	round    = 4 * time.Minute
)

// SettleElsewhere asks gateways elsewhere what became of what they were asked, whatever they told by themselves: what a crash or a
// silence has left open is begun again, what has run out is ended, and refunds are sent. One that fails does not hold up the others.
func SettleElsewhere(app core.App, now time.Time) error {
	var ways []Provider
	for by := range gateways(app) {
		ways = append(ways, by)
	}
	payments, refunds, err := hanging(app, ways)
	if err != nil {
		return err
	}
	whole, done := context.WithTimeout(context.Background(), round)
	defer done()
	var failed error
	each := func(ids []string, do func(context.Context, core.App, string, time.Time) error) {
		for _, id := range ids {
			ctx, done := context.WithTimeout(whole, patience)
			failed = errors.Join(failed, do(ctx, app, id, now))
			done()
			if whole.Err() != nil {
				return
			}
		}
	}
	each(payments, Settle)
	each(refunds, SettleRefund)
	return failed
}

// MatchLines looks at what the bank said and nobody has looked at. One that fails does not hold up the others.
func MatchLines(app core.App, now time.Time) error {
	lines, err := untried(app)
	if err != nil {
		return err
	}
	var failed error
	for _, l := range lines {
		failed = errors.Join(failed, match(app, access.Job(jobMatch), l.Id, now))
	}
	return failed
}
