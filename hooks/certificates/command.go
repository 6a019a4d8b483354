package certificates

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"examhall/modules/sealed"
	"examhall/modules/translog"
)

// AddCommands adds the commands of the transparency log and of the signing keys.
// keyFile is where the keys lie.
func (o *Office) AddCommands(app core.App, root *cobra.Command, keyFile string) {
	log := &cobra.Command{Use: "log", Short: "The transparency log of certificates"}
	log.AddCommand(o.verifyCommand(app), o.exportCommand(app))
	keys := &cobra.Command{Use: "keys", Short: "The keys that sign certificates"}
	keys.AddCommand(o.rotateCommand(keyFile))
	root.AddCommand(log, keys)
}

// check is what `log verify` is asked to check.
type check struct {
	url, dir, key string
	older         []string
	certificates  bool
}

// verifyCommand checks the log: anybody's copy of the public files, or the one
// in the database.
func (o *Office) verifyCommand(app core.App) *cobra.Command {
	var c check
	cmd := &cobra.Command{
		Use: "verify", Short: "Check that nobody changed, put in or took out what was logged", SilenceUsage: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.url == "" && c.dir == "" {
				if err := app.RunAllMigrations(); err != nil {
					return err
				}
			}
			if c.certificates {
				n, err := o.VerifyLog(app)
				if err != nil {
					return fmt.Errorf("log broken: %w", err)
				}
				cmd.Printf("log whole: %d entries, and every certificate fits\n", n)
				return nil
			}
			return o.verifyFiles(cmd, app, c)
		},
	}
	cmd.Flags().StringVar(&c.url, "url", "", "address of the server or of a mirror: https://host")
	cmd.Flags().StringVar(&c.dir, "mirror", "", "folder with a copy of the public files")
	cmd.Flags().StringVar(&c.key, "key", "", "public key of the log; without it the one beside the files is believed")
	cmd.Flags().StringArrayVar(&c.older, "checkpoint", nil, "a checkpoint that was kept earlier; may be repeated")
	cmd.Flags().BoolVar(&c.certificates, "certificates", false, "check every certificate of this database against the log as well")
	cmd.MarkFlagsMutuallyExclusive("url", "mirror", "certificates")
	return cmd
}

func (o *Office) verifyFiles(cmd *cobra.Command, app core.App, c check) error {
	source := o.source(app)
	switch {
	case c.url != "":
		source = fromURL(c.url)
	case c.dir != "":
		source = func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(path))) }
	}
	key := c.key
	if key == "" {
		found, err := source("key")
		if err != nil {
			return err
		}
		key = strings.TrimSpace(string(found))
		cmd.Printf("key: %s\n", key)
	}
	var older [][]byte
	for _, name := range c.older {
		kept, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		older = append(older, kept)
	}
	head, err := translog.Verify(source, key, older...)
	if err != nil {
		return fmt.Errorf("log broken: %w", err)
	}
	cmd.Printf("log whole: %d entries, root %s, %d older checkpoints fit\n", head.N, head.Hash, len(older))
	return nil
}

// fromURL reads the public files of a server.
func fromURL(base string) translog.Source {
	client := &http.Client{Timeout: 30 * time.Second}
	base = strings.TrimSuffix(strings.TrimRight(base, "/"), "/log") + "/log/"
	return func(path string) ([]byte, error) {
		r, err := client.Get(base + path)
		if err != nil {
			return nil, err
		}
		defer r.Body.Close()
		if r.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s%s: %s", base, path, r.Status)
		}
		const most = 1 << 20
		return io.ReadAll(io.LimitReader(r.Body, most))
	}
}

// exportCommand writes the public files into a folder, for a mirror.
func (o *Office) exportCommand(app core.App) *cobra.Command {
	return &cobra.Command{
		Use: "export FOLDER", Short: "Write the public files of the log and the status list into a folder", Args: cobra.ExactArgs(1), SilenceUsage: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			if err := translog.Export(app.DB(), o.log, args[0]); err != nil {
				return err
			}
			list, err := o.statusList(app)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(args[0], "status-list"), []byte(list), 0o644)
		},
	}
}

// rotateCommand adds a signing key.
func (o *Office) rotateCommand(keyFile string) *cobra.Command {
	return &cobra.Command{
		Use: "rotate", Short: "Sign with a new key from the next start on; what old keys signed stays valid", SilenceUsage: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if keyFile == "" {
				return errors.New("there is no key file")
			}
			kid, err := sealed.RotateSigning(keyFile, o.portal.Now())
			if err != nil {
				return err
			}
			cmd.Printf("new signing key %s in %s\nback the file up, then restart the server\n", kid, keyFile)
			return nil
		},
	}
}
