package notify

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// lastYear is the last about which the command is asked: what waits goes in the next, and JSON writes years of four digits.
const lastYear = 9998

// Commands are the room's own. look lends a house that can be read and not written to; misuse is an error of whoever wrote
// the command line.
func Commands(look func(do func(house core.App) error) error, misuse func(says string) error) []*cobra.Command {
	var at string
	var asJSON bool
	var now time.Time
	due := &cobra.Command{
		Use: "due", Short: "List what people would be told at an instant, sending and storing nothing",
		Long: "Lists what is due at an instant and nobody has been told: what goes at once, and what waits for an open minute or " +
			"for the mail of the day, with the time at which it goes and why. What is too late to be of use is left out.",
		Args: func(c *cobra.Command, args []string) (err error) { // misuse is told whether or not there is a house
			if err := cobra.NoArgs(c, args); err != nil {
				return err
			}
			if now, err = time.Parse(time.RFC3339, at); err != nil || now.Year() > lastYear {
				return misuse("--at is an instant such as 2026-11-25T08:00:00+07:00")
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error {
			return look(func(house core.App) error {
				all, err := Planned(house, now)
				if err != nil {
					return err
				}
				return show(c.OutOrStdout(), all, asJSON)
			})
		},
	}
	due.Flags().StringVar(&at, "at", "", "the instant, as RFC 3339")
	due.Flags().BoolVar(&asJSON, "json", false, `print [{"key","class","recipient","channel","at","why"}]`)
	_ = due.MarkFlagRequired("at")
	c := &cobra.Command{Use: "notices", Short: "Look at what people are told"}
	c.AddCommand(due)
	return []*cobra.Command{c}
}

// show prints one JSON value, or a line for each entry.
func show(out io.Writer, all []Plan, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(all)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, p := range all {
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n",
			p.At.Format("2006-01-02 15:04"), p.Class, p.Channel, p.Recipient, p.Key, p.Why); err != nil {
			return err
		}
	}
	return table.Flush()
}
