package demo

import (
	"errors"
	"fmt"
	"io"
	"net"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"vuon/internal/app"
)

// Command is `vuon demo`: it makes the demo's folder if there is none, serves it, and returns when it is told to stop.
// Of cfg it takes where the browser's files lie and where the metrics go; of deps everything but the clock and the mail.
func Command(cfg app.Config, deps app.Deps) *cobra.Command {
	var address, dir string
	c := app.WithoutHouse(&cobra.Command{
		Use: "demo", Short: "Serve a made-up centre with two years of history, on this machine alone",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !local(address) {
				return app.Misuse(fmt.Sprintf("the demo's passwords are public: --http is an address of this machine alone, such as 127.0.0.1:8090, not %q", address))
			}
			return serve(c.Context(), c.OutOrStdout(), address, dir, cfg, deps)
		},
	})
	c.Flags().StringVar(&address, "http", "127.0.0.1:8090", "where to serve; only this machine's own addresses")
	c.Flags().StringVar(&dir, "dir", "demo_data", "the demo's own folder; made if it is not there")
	return c
}

// local says whether host:port can be reached from this machine alone.
func local(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// welcome tells whoever started the demo where it is and who may sign in.
func welcome(out io.Writer, address string) error {
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	_, err := fmt.Fprintf(table, "\nVườn is open at http://%s  ·  mails: http://%s/demo/mail\nEverything in it is made up. The password of everybody is %s\n\n", address, address, Password)
	for _, a := range accounts {
		_, failed := fmt.Fprintf(table, "  %s\t%s\t%s\n", a.mail(), a.name, a.does)
		err = errors.Join(err, failed)
	}
	_, failed := fmt.Fprintln(table)
	return errors.Join(err, failed, table.Flush())
}
