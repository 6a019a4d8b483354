package certificates

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// bindKept keeps issued certificates as they were issued. Hooks refuse first,
// since the answer of a trigger has no field; triggers refuse what comes past
// the hooks.
func (o *Office) bindKept(app core.App) {
	o.guard()
	app.OnRecordUpdateExecute("certificates").BindFunc(func(e *core.RecordEvent) error {
		return hooks.Answer(hooks.InTransaction(e, func() error { return o.change(e) }))
	})
	for _, c := range []string{"certificates", "certificate_events", "annotations", "number_sequences"} {
		app.OnRecordDelete(c).BindFunc(func(*core.RecordEvent) error {
			return hooks.Answer(modules.Invalid("id", "rows_kept", "This is never deleted."))
		})
	}
}

// guard adds the triggers. Every column that is printed is there to be copied
// from, never to be changed.
func (o *Office) guard() {
	p := o.portal
	p.Guard("certificates_fixed", "UPDATE ON certificates", changedFacts(), "what is printed on a certificate stays")
	p.Guard("certificates_delete", "DELETE ON certificates", "", "certificates are never deleted")
	p.Guard("certificates_replace", "INSERT ON certificates",
		"EXISTS (SELECT 1 FROM certificates WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM certificates WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM certificates WHERE number = NEW.number AND reissue_no = NEW.reissue_no)",
		"a certificate is never replaced by another row")
	p.Guard("certificates_status", "UPDATE OF status ON certificates", "OLD.status <> NEW.status AND NOT (OLD.status = 'valid' AND NEW.status IN ('replaced', 'revoked', 'cancelled'))", "nothing leads back to valid")
	p.Guard("certificates_print_no", "UPDATE OF print_no ON certificates", "OLD.print_no <> '' AND OLD.print_no <> NEW.print_no", "a print number stays")
	p.Guard("certificates_distribution", "UPDATE OF distribution ON certificates", "OLD.distribution <> NEW.distribution AND (OLD.distribution, NEW.distribution) NOT IN (VALUES "+moves()+")", "no such way of the paper")
	p.Freeze("certificate_events", "id = NEW.id")
	p.Guard("certificate_events_leaf", "INSERT ON certificate_events",
		"NEW.leaf <> 0 AND EXISTS (SELECT 1 FROM certificate_events WHERE leaf <> 0 AND leaf = NEW.leaf)", "a leaf is about one event") // as its index says
	p.Guard("annotations_fixed", "UPDATE ON annotations",
		"OLD.id <> NEW.id OR OLD.certificate <> NEW.certificate OR OLD.holder <> NEW.holder OR OLD.code <> NEW.code OR OLD.purpose <> NEW.purpose OR OLD.recipient <> NEW.recipient OR OLD.days <> NEW.days OR OLD.log_index <> NEW.log_index OR OLD.issued <> NEW.issued OR OLD.expires <> NEW.expires OR (OLD.withdrawn <> '' AND OLD.withdrawn <> NEW.withdrawn) OR NEW.downloads < OLD.downloads",
		"an annotated copy is withdrawn and counted only")
	p.Guard("annotations_delete", "DELETE ON annotations", "", "annotated copies stay")
	p.Guard("annotations_replace", "INSERT ON annotations", "EXISTS (SELECT 1 FROM annotations WHERE id = NEW.id OR code = NEW.code)", "annotated copies stay")
	p.Guard("number_sequences_back", "UPDATE ON number_sequences", "NEW.key <> OLD.key OR NEW.last < OLD.last", "numbers are never given twice")
	p.Guard("number_sequences_delete", "DELETE ON number_sequences", "", "numbers are never given twice")
}

// moves lists the ways of the paper in SQL.
func moves() string {
	var list []string
	for _, m := range certificate.Moves() {
		list = append(list, "('"+m[0]+"', '"+m[1]+"')")
	}
	return strings.Join(list, ", ")
}

// changedFacts is true, in SQL, of a change to what is printed. A number may be
// sealed anew with another key, and an import may find its holder later.
func changedFacts() string {
	tests := []string{
		"OLD.id <> NEW.id", "OLD.holder <> '' AND OLD.holder <> NEW.holder",
		"OLD.id_number <> NEW.id_number AND substr(OLD.id_number, 1, instr(OLD.id_number, ':')) = substr(NEW.id_number, 1, instr(NEW.id_number, ':'))",
	}
	for _, column := range certificate.PrintedColumns() {
		if column != "id_number" {
			tests = append(tests, "OLD."+column+" <> NEW."+column)
		}
	}
	return strings.Join(tests, " OR ")
}

// same compares a column of two versions of a record, sealed ones by what they
// hold.
func same(a, b *core.Record, column string) bool {
	if v, ok := a.Get(column).(sealed.Value); ok {
		return v.Equal(b.Get(column))
	}
	return a.GetString(column) == b.GetString(column)
}
