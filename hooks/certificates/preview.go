package certificates

import (
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
)

// PreviewCommand is the command "certificate preview LAYOUT": whoever changes a
// layout sees what it makes, with sample values and marked as a specimen 样张.
// It needs no data.
func PreviewCommand(templates fs.FS) *cobra.Command {
	var file string
	var marks []string
	preview := &cobra.Command{
		Use: "preview LAYOUT", Short: "Print a layout with sample values, such as professional", Args: cobra.ExactArgs(1), SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			data, err := Preview(templates, args[0], marks...)
			if err != nil {
				return err
			}
			if file == "" {
				file = args[0] + ".pdf"
			}
			if err := os.WriteFile(file, data, 0o600); err != nil {
				return err
			}
			c.Println(file)
			return nil
		},
	}
	preview.Flags().StringVarP(&file, "output", "o", "", "the file to write; default: LAYOUT.pdf")
	preview.Flags().StringSliceVar(&marks, "mark", nil, "reissued, annotated or development")
	command := &cobra.Command{Use: "certificate", Short: "Certificates as PDF files"}
	command.AddCommand(preview, licencesCommand())
	return command
}

// licencesCommand prints what the authors of the fonts ask to be told.
func licencesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "licences", Short: "Print the licences of the fonts of certificates", Args: cobra.NoArgs,
		Run: func(c *cobra.Command, _ []string) { fmt.Fprintln(c.OutOrStdout(), fonts.Licences()) },
	}
}

// Preview returns a layout of the templates as a PDF file, or every fault of
// every layout with file and line.
func Preview(templates fs.FS, layout string, marks ...pdf.Mark) ([]byte, error) {
	layouts, err := fs.Sub(templates, "pdf")
	if err != nil {
		return nil, err
	}
	faces, err := fonts.Load()
	if err != nil {
		return nil, err
	}
	p, err := pdf.Open(layouts, faces, pdf.Options{})
	if err != nil {
		return nil, err
	}
	data, err := p.Preview(layout, marks...)
	if err != nil {
		return nil, fmt.Errorf("%w; the layouts are %s", err, strings.Join(p.Layouts(), ", "))
	}
	return data, nil
}
