package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// InboxItems are what people have been told in the house. Nobody writes them but Deliver.
var InboxItems = record.Of[InboxItem]("inbox_items")

// InboxItem is one line of one person's inbox.
type InboxItem struct{ core.BaseRecordProxy }

// User is whose inbox it lies in.
func (i *InboxItem) User() string { return i.GetString("user") }

// Kind is the key of the rule that says it: notice.<kind>.title and .body are its words.
func (i *InboxItem) Kind() string { return i.GetString("kind") }

// Link is the page that it is about.
func (i *InboxItem) Link() string { return i.GetString("link") }

// At is when it was said.
func (i *InboxItem) At() time.Time { return i.GetDateTime("at").Time() }

// ReadAt is when it was read; zero is not yet.
func (i *InboxItem) ReadAt() time.Time { return i.GetDateTime("read_at").Time() }

// Args are the slots of the words.
func (i *InboxItem) Args() (map[string]string, error) {
	args := map[string]string{}
	return args, i.UnmarshalJSONField("args", &args)
}

// SetRead marks it as read at now.
func (i *InboxItem) SetRead(now time.Time) { i.Set("read_at", now) }
