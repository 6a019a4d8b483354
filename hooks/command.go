package hooks

import (
	"errors"
	"fmt"
	"os"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"examhall/modules"
)

// AddCommands adds the commands of ExamHall to those of PocketBase.
func (p *Portal) AddCommands(app core.App, root *cobra.Command) {
	root.Use, root.Short = "examhall", "Candidate-service platform of an examination authority 考生服务大厅"
	root.AddCommand(p.auditCommand(app), p.draftCommand(), p.expireCommand(app))
}

// ParseFlags adds the flags of ExamHall and reads them at once: what they say
// decides what is registered. They are persistent because PocketBase makes the
// command "serve" later, and flags of other commands pass.
func ParseFlags(root *cobra.Command, o *Options) error {
	flags := root.PersistentFlags()
	flags.Var(onOff{off: &o.CaptchaOff}, "captcha", `"off" asks no captcha at login (tests and load runs only)`)
	flags.BoolVar(&o.SQLConsole, "sql-console", false, "open the SQL console to the administrator")
	flags.IntVar(&o.LiveClients, "live-clients", defaultLiveClients, "realtime connections before pages are told to poll")
	flags.StringVar(&o.SigningKey, "signing-key", "", "PEM file of the key that signs certificates (ECDSA P-256 or RSA)")
	flags.StringVar(&o.SigningChain, "signing-chain", "", "PEM file of its certificates, its own first; default: the file of the key")
	flags.StringVar(&o.HooksDir, "hooksDir", "", "folder of trusted scripts that define businesses; off by default")
	if err := root.ParseFlags(os.Args[1:]); !errors.Is(err, pflag.ErrHelp) {
		return err
	}
	return nil // cobra prints the help later
}

// onOff is the value of a flag that is "on" or "off".
type onOff struct{ off *bool }

func (v onOff) String() string {
	if v.off != nil && *v.off {
		return "off"
	}
	return "on"
}

// Set implements the flag value.
func (v onOff) Set(s string) error {
	if s != "on" && s != "off" {
		return fmt.Errorf("it is on or off")
	}
	*v.off = s == "off"
	return nil
}

// Type implements the flag value.
func (v onOff) Type() string { return "on|off" }

// auditCommand walks the audit trail.
func (p *Portal) auditCommand(app core.App) *cobra.Command {
	audit := &cobra.Command{Use: "audit", Short: "The audit trail"}
	audit.AddCommand(&cobra.Command{
		Use: "verify", Short: "Check that nobody changed, removed or cut off events", SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			n, err := p.VerifyAudit(app)
			if err != nil {
				return fmt.Errorf("audit trail broken: %w", err)
			}
			c.Printf("audit trail whole: %d events\n", n)
			return nil
		},
	})
	return audit
}

// draftCommand prints the migration of a new business.
func (p *Portal) draftCommand() *cobra.Command {
	return &cobra.Command{
		Use: "draft SERVICE", Short: "Print the migration that a business needs", Args: cobra.ExactArgs(1), SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			d, ok := p.set.Find(args[0])
			if !ok {
				return fmt.Errorf("no business is called %q: list it in main.go first", args[0])
			}
			source, err := modules.Migration(d)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(c.OutOrStdout(), source)
			return err
		},
	}
}

// expireCommand takes the steps of the system that are due, as the job does.
func (p *Portal) expireCommand(app core.App) *cobra.Command {
	return &cobra.Command{
		Use: "expire", Short: "Close applications whose time is over", SilenceUsage: true,
		RunE: func(c *cobra.Command, _ []string) error {
			n, err := p.Expire(app)
			c.Printf("%d applications closed\n", n)
			return err
		},
	}
}
