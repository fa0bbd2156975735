package people

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// DataRequests are what people ask about their own data, as the law on personal data lets them.
var DataRequests = record.Of[DataRequest]("data_requests")

// DataRequest is one question or demand of one person.
type DataRequest struct{ core.BaseRecordProxy }

// The states of a data request.
const (
	DataRequestReceived   lifecycle.State = "received"
	DataRequestVerifying  lifecycle.State = "verifying"
	DataRequestInProgress lifecycle.State = "in_progress"
	DataRequestFulfilled  lifecycle.State = "fulfilled"
	DataRequestRefused    lifecycle.State = "refused"
	DataRequestDropped    lifecycle.State = "dropped"
)

// DataRequestLife is every legal move of a data request.
var DataRequestLife = lifecycle.Table{
	Collection: DataRequests.Collection,
	Start:      DataRequestReceived,
	Ends:       []lifecycle.State{DataRequestFulfilled, DataRequestRefused, DataRequestDropped},
	Moves: []lifecycle.Move{
		lifecycle.Moved("data_request", "verify", DataRequestVerifying, DataRequestReceived),
		lifecycle.Moved("data_request", "begin", DataRequestInProgress, DataRequestVerifying),
		lifecycle.Moved("data_request", "fulfil", DataRequestFulfilled, DataRequestInProgress),
		lifecycle.Moved("data_request", "refuse", DataRequestRefused, DataRequestReceived, DataRequestVerifying, DataRequestInProgress),
		lifecycle.Moved("data_request", "drop", DataRequestDropped, DataRequestReceived),
	},
}

// forErasure is the kind whose fulfilment erases the account.
const forErasure = "delete"

// ackDays is how many working days the centre has to say that it has received a request.
const ackDays = 2

// answerDays is how many days the centre has to answer, by kind. Decree 356/2025 names fifteen days for withdrawing,
// restricting and objecting; for the other kinds the mapping could not be confirmed [?] and stands here to be corrected.
var answerDays = map[string]int{"access": 10, "rectify": 10, "delete": 20, "withdraw": 15, "restrict": 15, "object": 15}

// asked describes a request received at now.
func asked(app core.App, user, kind, note string, now time.Time) (*DataRequest, error) {
	r, err := DataRequests.New(app)
	if err != nil {
		return nil, err
	}
	ack, err := workingDaysAfter(app, now, ackDays)
	if err != nil {
		return nil, err
	}
	r.Set("user", user)
	r.Set("kind", kind)
	r.Set("note", note)
	r.Set("received_at", now)
	r.Set("ack_due", ack)
	r.Set("due", now.AddDate(0, 0, answerDays[kind]))
	return r, nil
}

// workingDaysAfter is the same hour, n working days later by the calendar of the house.
func workingDaysAfter(app core.App, at time.Time, n int) (time.Time, error) {
	var calendar vn.Calendar
	if ask := needs(app).Calendar; ask != nil {
		var err error
		if calendar, err = ask(app); err != nil {
			return time.Time{}, err
		}
	}
	day := vn.DayOf(at)
	return at.AddDate(0, 0, int(calendar.AddWorkdays(day, n)-day)), nil
}

// UserID is who asks.
func (r *DataRequest) UserID() string { return r.GetString("user") }

// Kind is what they ask for.
func (r *DataRequest) Kind() string { return r.GetString("kind") }

// Words are what they wrote.
func (r *DataRequest) Words() string { return r.GetString("note") }

// Answer is what the privacy officer answered.
func (r *DataRequest) Answer() string { return r.GetString("answer") }

// Status is where the request stands.
func (r *DataRequest) Status() lifecycle.State { return lifecycle.State(r.GetString("status")) }

// Received is when it came.
func (r *DataRequest) Received() time.Time { return r.GetDateTime("received_at").Time() }

// AckDue is until when the centre must say that it has it.
func (r *DataRequest) AckDue() time.Time { return r.GetDateTime("ack_due").Time() }

// Due is until when it must be answered.
func (r *DataRequest) Due() time.Time { return r.GetDateTime("due").Time() }

// Open says whether somebody still has to do something.
func (r *DataRequest) Open() bool { return !slices.Contains(DataRequestLife.Ends, r.Status()) }

// NextDue is the next day on which something must have happened.
func (r *DataRequest) NextDue() time.Time {
	if r.Status() == DataRequestReceived {
		return r.AckDue()
	}
	return r.Due()
}

func (r *DataRequest) setAnswer(text string) { r.Set("answer", text) }

func (r *DataRequest) sameQuestion(was *DataRequest) bool {
	return r.UserID() == was.UserID() && r.Kind() == was.Kind() && r.Words() == was.Words() &&
		r.Received().Equal(was.Received()) && r.AckDue().Equal(was.AckDue()) && r.Due().Equal(was.Due())
}
