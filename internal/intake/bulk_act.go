package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// BulkActs remember what somebody did to many cards at once, so that it can be undone.
var BulkActs = record.Of[BulkAct]("bulk_acts")

// BulkAct is one such act: it grows with each batch, and is undone once.
type BulkAct struct{ core.BaseRecordProxy }

// changedCard is what an act changed of one card, and the revision that it left behind.
type changedCard struct {
	Card     string          `json:"card"`
	Rev      int             `json:"rev"`
	Column   lifecycle.State `json:"column,omitempty"`   // where it was
	Owner    *string         `json:"owner,omitempty"`    // whose it was
	Proposal *Proposal       `json:"proposal,omitempty"` // what was proposed
	Seats    []seated        `json:"seats,omitempty"`    // who was asked to judge it
}

type seated struct {
	Assignment string `db:"assignment" json:"assignment"`
	Rev        int    `db:"rev" json:"rev"`
}

func newBulkAct(app core.App, intake, by, act string, now time.Time) (*BulkAct, error) {
	b, err := BulkActs.New(app)
	if err != nil {
		return nil, err
	}
	b.Set("intake", intake)
	b.Set("by", by)
	b.Set("act", act)
	b.Set("at", now)
	b.Set("changes", []changedCard{})
	return b, nil
}

// IntakeID is the board that it happened on.
func (b *BulkAct) IntakeID() string { return b.GetString("intake") }

// ByID is who did it, and who alone may undo it.
func (b *BulkAct) ByID() string { return b.GetString("by") }

// Act is what was done.
func (b *BulkAct) Act() string { return b.GetString("act") }

// At is when it began.
func (b *BulkAct) At() time.Time { return b.GetDateTime("at").Time() }

// UndoneAt is when it was undone; zero as long as it stands.
func (b *BulkAct) UndoneAt() time.Time { return b.GetDateTime("undone_at").Time() }

func (b *BulkAct) changes() ([]changedCard, error) {
	var all []changedCard
	if err := json.Unmarshal([]byte(b.GetString("changes")), &all); err != nil {
		return nil, fmt.Errorf("read what act %s changed: %w", b.Id, err)
	}
	return all, nil
}

func (b *BulkAct) remember(all []changedCard) { b.Set("changes", all) }

func (b *BulkAct) undone(now time.Time) { b.Set("undone_at", now) }
