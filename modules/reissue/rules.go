package reissue

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
)

// reissuable wants a valid certificate on paper that the holder cannot simply
// collect, of an exam that is still in the catalogue and has no electronic ones.
func reissuable(s *modules.Step) error {
	c, err := s.About()
	if err != nil {
		return err
	}
	project, err := s.App.FindRecordById("exam_projects", c.GetString("project"))
	if err != nil {
		return err
	}
	switch {
	case c.GetString("status") != certificate.Valid:
		return modules.Invalid("certificate", "cert_not_valid", "The certificate is not valid any more.")
	case project.GetBool("e_cert") || c.GetString("medium") != "paper":
		return modules.Invalid("certificate", "ecert_no_reissue", "There is an electronic certificate: download it.")
	case !project.GetBool("in_catalogue"):
		return modules.Invalid("certificate", "no_reissue_catalogue", "This exam has left the catalogue: ask for a proof of having passed.")
	}
	return lying(s, c)
}

// lying refuses paper that is still being made, lies ready or is on its way: it
// is to be collected, not made again. Nobody keeps it for ever.
func lying(s *modules.Step, c *core.Record) error {
	switch c.GetString("distribution") {
	case certificate.Collected:
		return nil
	case certificate.Mailing, certificate.Shipped:
		return modules.Invalid("certificate", "mail_already", "There is a mailing for this certificate already.")
	case certificate.Ready, certificate.ReturnedMail:
		_, until, err := certificate.Keeping(c)
		if err != nil || s.Over(until) {
			return err
		}
		return modules.Invalid("certificate", "collect_first", "The certificate lies ready: collect it or have it mailed.")
	}
	return modules.Invalid("certificate", "cert_not_ready", "The certificate is not ready yet.")
}

// reasonable wants the reason to agree with where the paper is: what nobody has
// collected is not lost, and what was collected was not left behind.
func reasonable(s *modules.Step) error {
	c, err := s.About()
	if err != nil {
		return nil // said elsewhere
	}
	reason, had := s.Record.GetString("reason"), c.GetString("distribution") == certificate.Collected
	if reason == uncollected && had || slices.Contains([]string{lost, damaged}, reason) && !had {
		return modules.Invalid("reason", "reissue_reason", "This is not so by our records: the certificate was collected, or was not.")
	}
	return nil
}

// happened wants a day that has come.
func happened(s *modules.Step) error {
	text := s.Record.GetString("happened_on")
	if text == "" {
		return nil // said elsewhere
	}
	day, err := time.ParseInLocation(time.DateOnly, text, calendar.Zone)
	if err != nil {
		return modules.Invalid("happened_on", "validation_date_invalid", "This is no date.")
	}
	if day.After(s.Now) {
		return modules.Invalid("happened_on", "validation_date_out_of_range", "The day has not come yet.")
	}
	return nil
}

// inForce keeps the authority from going on with a certificate that was revoked
// meanwhile.
func inForce(s *modules.Step) error {
	c, err := s.About()
	if err != nil {
		return err
	}
	if c.GetString("status") != certificate.Valid {
		return modules.Invalid("status", "cert_not_valid", "The certificate is not valid any more.")
	}
	return nil
}

// fresh wants a sheet that no other certificate is printed on.
func fresh(s *modules.Step) error {
	number := s.Record.GetString("print_no")
	if number == "" {
		return nil // said elsewhere
	}
	taken, err := s.App.CountRecords("certificates", dbx.NewExp("print_no <> '' AND print_no = {:n}", dbx.Params{"n": number}))
	if err == nil && taken > 0 {
		return modules.InvalidWith("print_no", "print_no_taken", "The print number {{.number}} is taken.", map[string]any{"number": number})
	}
	return err
}

// collect notes that the new certificate was handed over at the counter.
func collect(s *modules.Step) error {
	c, err := s.App.FindRecordById("certificates", s.Record.GetString("replacement"))
	if err != nil || c.GetString("distribution") == certificate.Collected {
		return err
	}
	if c.GetString("distribution") == certificate.Mailing || !certificate.MayMove(c.GetString("distribution"), certificate.Collected) {
		return modules.Invalid("status", "mail_already", "There is a mailing for this certificate already.")
	}
	c.Set("distribution", certificate.Collected)
	return s.Save(c)
}

// handedOver ends the reissue that has made a certificate. Whoever hands the paper
// over does that here as well: as a parcel, or at the counter.
func handedOver(tx core.App, c *core.Record) error {
	list, err := tx.FindAllRecords("reissues", dbx.HashExp{"replacement": c.Id, "status": string(Ready)})
	if err != nil || len(list) == 0 {
		return err
	}
	to, by := Collected, modules.Signer(c)
	by.Roles = []modules.Role{modules.Cert}
	parcels, err := tx.CountRecords("mailings", dbx.HashExp{"certificate": c.Id, "status": string(Delivered)})
	if err != nil {
		return err
	}
	if parcels > 0 {
		to, by = Delivered, modules.Portal()
	}
	modules.Sign(list[0], by)
	list[0].Set("status", string(to))
	return tx.Save(list[0])
}
