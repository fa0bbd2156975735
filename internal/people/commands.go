package people

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"vuon/internal/access"
	"vuon/internal/locale"
)

// Commands are the room's own. enter readies the house for one that writes.
func Commands(app core.App, enter func() error, now func() time.Time) []*cobra.Command {
	var o Offer
	invite := &cobra.Command{
		Use: "invite EMAIL", Short: "Invite somebody, and print the link by which they take up their role",
		Long: "Prints a link that whoever signs in with this address can open for fourteen days. No mail is sent. " +
			"Asked again, it prints a new link, and the old one opens nothing any more.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := enter(); err != nil {
				return err
			}
			o.Email, o.Scope = args[0], access.House
			path, err := InviteHere(app, o, now())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), needs(app).PublicURL(app)+path)
			return err
		},
	}
	invite.Flags().StringVar((*string)(&o.Role), "role", string(access.Manager), "what they are to be, over the whole house")
	invite.Flags().StringVar(&o.FullName, "name", "", "what they are called")
	invite.Flags().StringVar((*string)(&o.Locale), "locale", string(locale.Vietnamese), "the language they read, vi or en")
	return []*cobra.Command{invite}
}
