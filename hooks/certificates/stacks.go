package certificates

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// stack is what one run has issued on paper, and what still waits there.
type stack struct {
	ID          string `json:"id"`
	Started     string `json:"started"`
	FirstNumber string `json:"first_number" db:"first_number"`
	LastNumber  string `json:"last_number" db:"last_number"`
	FirstSheet  string `json:"first_print_no" db:"first_sheet"` // of the print numbers that are registered
	LastSheet   string `json:"last_print_no" db:"last_sheet"`
	Sheets      int    `json:"sheets"`     // valid certificates on paper
	Unnumbered  int    `json:"unnumbered"` // of them without a print number
	Making      int    `json:"making"`     // of them not yet ready to collect
	Ready       int    `json:"ready"`
}

// mostStacks is how many runs of a session are listed.
const mostStacks = 50

// stacks lists the runs of a session with paper, the latest first.
func (o *Office) stacks(e *core.RequestEvent) error {
	list := []stack{}
	err := e.App.DB().NewQuery(`SELECT b.id, b.started, b.first_number, b.last_number,
		COALESCE(MIN(NULLIF(c.print_no, '')), '') AS first_sheet, COALESCE(MAX(c.print_no), '') AS last_sheet,
		COUNT(*) AS sheets, SUM(c.print_no = '') AS unnumbered,
		SUM(c.distribution IN ('making', 'returned_mail')) AS making, SUM(c.distribution = 'ready') AS ready
		FROM certificate_batches b JOIN certificates c ON c.batch = b.id AND c.batch <> ''
		WHERE b.session = {:session} AND c.status = 'valid' AND c.medium <> 'electronic'
		GROUP BY b.id ORDER BY b.started DESC, b.id DESC LIMIT {:most}`).
		Bind(dbx.Params{"session": e.Request.URL.Query().Get("session"), "most": mostStacks}).All(&list)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list})
}
