package certificates

import (
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
)

// change saves a change of a certificate, whoever makes it: a route, the
// workflow of mailings, a script. Its events and leaves are written in the same
// transaction. What the certificate says now is read anew, since the record may
// have been loaded before others changed it.
func (o *Office) change(e *core.RecordEvent) error {
	was, err := e.App.FindRecordById("certificates", e.Record.Id)
	if err != nil {
		return err
	}
	if err := legal(was, e.Record); err != nil {
		return err
	}
	by := modules.Signer(e.Record)
	e.Record.Set("rev", was.GetInt("rev")+1)
	if status := e.Record.GetString("status"); status != was.GetString("status") && e.Record.GetDateTime("voided").IsZero() {
		e.Record.Set("voided", dateTime(o.portal.Now()))
	}
	if err := e.Next(); err != nil {
		return err
	}
	return o.tell(e.App, was, e.Record, by)
}

// tell writes what has changed: one event for each change, a leaf where the
// certificate is not valid any more, and one row of the audit trail.
func (o *Office) tell(tx core.App, was, is *core.Record, by modules.Actor) error {
	var kinds []string
	content := ""
	for _, c := range []struct{ column, kind, note string }{
		{"status", is.GetString("status"), is.GetString("void_document")},
		{"print_no", "printed", is.GetString("print_no")},
		{"distribution", "distributed", is.GetString("distribution")},
	} {
		if was.GetString(c.column) == is.GetString(c.column) {
			continue
		}
		_, leaf, err := o.happen(tx, entry{certificate: is, kind: c.kind, note: c.note, by: by, logged: c.column == "status"})
		if err != nil {
			return err
		}
		kinds, content = append(kinds, c.kind), content+leaf
	}
	if len(kinds) == 0 {
		return nil
	}
	if becameReady(was, is) {
		if err := o.message(tx, toldReady, []string{is.Id}); err != nil {
			return err
		}
	}
	return o.portal.Append(tx, hooks.Act{
		Service: "certificates", Record: is.Id, Owner: is.GetString("holder"), Action: strings.Join(kinds, ","),
		From: was.GetString("status"), To: is.GetString("status"), Actor: by, Content: content,
	})
}

// legal returns all that a change of a certificate may not do.
func legal(was, is *core.Record) error {
	problems := validation.Errors{}
	for _, column := range append(certificate.PrintedColumns(), onceSet()...) {
		if once := contains(onceSet(), column) && was.GetString(column) == ""; !once && !same(was, is, column) {
			problems[column] = modules.NewProblem("certificate_fixed", "What was printed does not change.", nil)
		}
	}
	for column, may := range map[string]func(from, to string) bool{"status": certificate.MayPass, "distribution": certificate.MayMove} {
		if from, to := was.GetString(column), is.GetString(column); !may(from, to) {
			problems[column] = modules.NewProblem("transition_denied", "It is {{.from}}.", map[string]any{"from": from, "to": to})
		}
	}
	return problems.Filter()
}

// onceSet lists the columns that are filled in once and stay.
func onceSet() []string {
	return []string{"holder", "print_no", "replaced_by", "pdf_sha256", "signing_key"}
}
