package startups

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"vuon/internal/fault"
	"vuon/internal/locale"
)

// Commands are the room's own. enter lends a house that can be written to, look one that can be read and no more.
func Commands(enter, look func(do func(house core.App) error) error, now func() time.Time) []*cobra.Command {
	var dry, asJSON bool
	c := &cobra.Command{
		Use: "startups FILE", Short: "Take startups in from a table, CSV or XLSX, and name what is wrong with each row",
		Long: "Takes a table in whose columns are name, tax_code, founded_on, revenue_vnd, jobs and website, in any order, or their Vietnamese words. " +
			"Rows without a fault go in, the others are named and left out; the exit code is 0 in both cases. A file that is no such table is refused whole, with 1. " +
			"What a row does not tell is not reported, which is not zero.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("import.no_file: %w", err)
			}
			house := enter
			if dry {
				house = look
			}
			return house(func(app core.App) error {
				told, err := ImportHere(app, raw, dry, now())
				if err != nil {
					return inWords(app, err)
				}
				return told.tell(c.OutOrStdout(), app, dry, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "tell what would be done, and write nothing")
	c.Flags().BoolVar(&asJSON, "json", false, `print {"rows","created","updated","faults":[{"row","field","code","message_vi","message_en"}]}`)
	all := &cobra.Command{Use: "import", Short: "Take rows in from tables"}
	all.AddCommand(c)
	return []*cobra.Command{all}
}

// inWords says a refusal with its code and in both languages; any other error stays as it is.
func inWords(app core.App, err error) error {
	f := fault.As(err)
	if f == nil {
		return err
	}
	p := asked(app).Words(f.Code)
	for name, value := range f.Slots {
		p.VI, p.EN = strings.ReplaceAll(p.VI, "{"+name+"}", value), strings.ReplaceAll(p.EN, "{"+name+"}", value)
	}
	return errors.New(f.Code + ": " + p.VI + " / " + p.EN)
}

// tell writes one JSON value, or a summary in Vietnamese.
func (i *Imported) tell(out io.Writer, app core.App, dry, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(i)
	}
	key := "import.told"
	if dry {
		key = "import.told_dry"
	}
	vi := func(key string, slots ...string) string {
		return strings.NewReplacer(slots...).Replace(asked(app).Words(key).VI)
	}
	whole := func(n int) string { return locale.Whole(locale.Vietnamese, int64(n)) }
	if _, err := fmt.Fprintln(out, vi(key, "{rows}", whole(i.Rows), "{created}", whole(i.Created), "{faults}", whole(len(i.Faults)))); err != nil {
		return err
	}
	for _, f := range i.Faults {
		column := ""
		if f.Field != "" {
			column = ", " + vi("import.column_"+f.Field)
		}
		if _, err := fmt.Fprintf(out, "  %s%s: %s\n", vi("import.row", "{row}", strconv.Itoa(f.Row)), column, f.MessageVI); err != nil {
			return err
		}
	}
	return nil
}
