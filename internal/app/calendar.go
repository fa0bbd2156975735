package app

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"vuon/internal/locale"
	"vuon/internal/site"
	"vuon/internal/vn"
)

// calendarCommand tells the days of a year that the Moon and the law decide. It asks no house: what a centre has confirmed
// stands in its workspace.
func calendarCommand(cfg Config, deps Deps) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "calendar YEAR", Short: "Tell Tết, the Hung Kings' day and the public holidays of a year, as the law proposes them",
		Args: cobra.ExactArgs(1), Annotations: map[string]string{noHouse: "yes"},
		RunE: func(c *cobra.Command, args []string) error {
			year, err := strconv.Atoi(args[0])
			if err != nil || year < vn.FirstYear || year > vn.LastYear {
				return Misuse(fmt.Sprintf("the calendar knows the years %d to %d, not %q", vn.FirstYear, vn.LastYear, args[0]))
			}
			words, err := locale.Open(publicFiles(cfg, deps))
			if err != nil {
				return err
			}
			return almanacOf(year, words).tell(c.OutOrStdout(), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, `print {"year","tet","hung_kings","holidays":[{"date","kind","name_vi","name_en","proposed"}]}`)
	return c
}

// almanac is what the command tells of a year.
type almanac struct {
	Year      int        `json:"year"`
	Tet       vn.Day     `json:"tet"`
	HungKings vn.Day     `json:"hung_kings"`
	Holidays  []proposal `json:"holidays"`
}

type proposal struct {
	Date     vn.Day  `json:"date"`
	Kind     vn.Kind `json:"kind"`
	NameVI   string  `json:"name_vi"`
	NameEN   string  `json:"name_en"`
	Proposed bool    `json:"proposed"` // nobody has confirmed it
}

func almanacOf(year int, words *locale.Dictionary) almanac {
	a := almanac{Year: year, Tet: vn.Tet(year), HungKings: vn.HungKings(year)}
	for _, h := range vn.Proposal(year, vn.OfficeWeek) {
		name := site.Called(words, h)
		a.Holidays = append(a.Holidays, proposal{h.Day, h.Kind, name.VI, name.EN, true})
	}
	return a
}

// tell writes one JSON value, or a table in both languages.
func (a almanac) tell(out io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(a)
	}
	for _, p := range a.Holidays {
		if _, err := fmt.Fprintf(out, "%s  %s  %s · %s\n", p.Date, p.Date.Weekday().String()[:3], p.NameVI, p.NameEN); err != nil {
			return err
		}
	}
	return nil
}
