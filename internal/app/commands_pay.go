package app

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vuon/internal/payment/vietqr"
)

// payCommand writes and reads the text behind a VietQR picture. It asks no house.
func payCommand() *cobra.Command {
	c := &cobra.Command{Use: "pay", Short: "Write and read the text behind a VietQR picture"}
	c.AddCommand(vietqrCommand(), vietqrParseCommand())
	return c
}

func vietqrCommand() *cobra.Command {
	var t vietqr.Transfer
	c := &cobra.Command{
		Use: "vietqr", Short: "Print the text of a transfer to an account: for one transfer where an amount is given, else for many",
		Args: cobra.NoArgs, Annotations: map[string]string{noHouse: "yes"},
		RunE: func(c *cobra.Command, _ []string) error {
			text, err := t.Payload()
			switch {
			case errors.Is(err, vietqr.ErrBank):
				return Misuse("--bin is the six digits of a bank: " + err.Error())
			case errors.Is(err, vietqr.ErrAccount):
				return Misuse("--account is up to nineteen digits and letters: " + err.Error())
			case errors.Is(err, vietqr.ErrAmount):
				return Misuse("--amount is a whole number of đồng, thirteen digits at most: " + err.Error())
			case errors.Is(err, vietqr.ErrMemo):
				return Misuse("--memo is up to twenty-five plain characters without marks: " + err.Error())
			case err != nil:
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), text)
			return err
		},
	}
	c.Flags().StringVar(&t.Bank, "bin", "", "the bank's identification number, such as 970415")
	c.Flags().StringVar(&t.Account, "account", "", "the account's number")
	c.Flags().Int64Var(&t.Amount, "amount", 0, "how many đồng; 0 leaves it to the payer")
	c.Flags().StringVar(&t.Memo, "memo", "", "what the transfer says")
	return c
}

// vietqrParseCommand takes whatever single word it is given for a text, one that looks like a flag too: a broken text is
// refused, and is no wrong usage.
func vietqrParseCommand() *cobra.Command {
	return &cobra.Command{
		Use: "vietqr-parse PAYLOAD", Short: `Print {"bin","account","amount","memo","dynamic"} of such a text, or why it is broken`,
		Args: cobra.ArbitraryArgs, Annotations: map[string]string{noHouse: "yes"}, DisableFlagParsing: true,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				c.DisableFlagParsing = false
				if err := c.ParseFlags(args); err != nil {
					return Misuse(err.Error())
				}
				if args = c.Flags().Args(); len(args) != 1 {
					return Misuse("one text is read at a time; see `vuon pay vietqr-parse --help`")
				}
			}
			if args[0] == "--help" || args[0] == "-h" {
				return c.Help()
			}
			t, err := vietqr.Parse(args[0])
			if err != nil {
				return err
			}
			return json.NewEncoder(c.OutOrStdout()).Encode(t)
		},
	}
}
