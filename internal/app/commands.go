package app

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// Commands are the roof's own, beside PocketBase's serve, superuser and migrate.
func Commands(app core.App) []*cobra.Command {
	return []*cobra.Command{doctorCommand(app)}
}

func doctorCommand(app core.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "doctor", Short: "Examine the database and name everything that is wrong with it",
		Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			checks, err := Doctor(c.Context(), app)
			if err != nil {
				return err
			}
			ok := true
			for _, check := range checks {
				ok = ok && check.OK
				if !asJSON && !check.OK {
					fmt.Fprintf(c.ErrOrStderr(), "%s: %s, but not for %v\n", check.ID, check.Says, check.Rows)
				}
			}
			if asJSON {
				if err := json.NewEncoder(c.OutOrStdout()).Encode(map[string]any{"ok": ok, "checks": checks}); err != nil {
					return err
				}
			}
			if !ok {
				return errors.New("the database is not well")
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, `print {"ok","checks":[{"id","ok","says","rows"}]}`)
	return c
}
