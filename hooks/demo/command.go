package demo

import (
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"examhall/hooks"
)

// Command returns "examhall demo". Options are read when it runs.
func Command(app core.App, o *hooks.Options) *cobra.Command {
	var plan Plan
	c := &cobra.Command{
		Use: "demo", Short: "Fill the data folder with people and applications that do not exist", Args: cobra.NoArgs, SilenceUsage: true,
		Long: "Fill the data folder with an examination authority that does not exist, for trying ExamHall out, tests and load runs.\n" +
			"Run again, it adds what is missing. It refuses a database with other candidates, and any with EXAMHALL_PRODUCTION set.",
		RunE: func(c *cobra.Command, _ []string) error {
			if os.Getenv(hooks.Production) != "" {
				return errors.New("EXAMHALL_PRODUCTION is set: accounts with a known password do not belong there")
			}
			plan.Now = time.Now()
			report, err := Fill(app.DataDir(), *o, plan)
			if err != nil {
				return err
			}
			return report.print(c.OutOrStdout())
		},
	}
	c.Flags().IntVar(&plan.Candidates, "candidates", 200, "generated candidates, beside those with names of their own")
	c.Flags().Uint64Var(&plan.Seed, "seed", 1, "the same seed makes the same people")
	c.Flags().IntVar(&plan.Certificates, "certificates", 0, "certificates issued in bulk, beside those of the named candidates")
	return c
}

// print tells what was added and with which accounts to look at it.
func (r Report) print(out io.Writer) error {
	fmt.Fprintf(out, "Added %d accounts, %d generated candidates, %d applications and %d certificates.\n",
		r.Accounts, r.Candidates, r.Applications, r.Certificates)
	fmt.Fprintf(out, "Everybody's password is %s.\n\n", Password)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "STAFF (dashboard /_/)\t\t")
	for _, a := range Staff() {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", a.Login, a.What, a.Name)
	}
	fmt.Fprintln(w, "CANDIDATES (/login)\t\t")
	for _, a := range Candidates() {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", a.Login, a.What, a.Name)
	}
	fmt.Fprintln(w, "  demo000001, demo000002, …\t\tgenerated")
	return w.Flush()
}
