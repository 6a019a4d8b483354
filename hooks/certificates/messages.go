package certificates

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
)

// The actions that holders are told about.
const (
	toldIssued = "issued"
	toldReady  = "ready"
)

// bindMessages gives the messages about certificates their words.
func (o *Office) bindMessages() {
	o.portal.Tell("certificates", hooks.Tidings{
		Title: modules.T("证书", "Certificate"), Page: "/my/certificates/",
		Texts: map[string]modules.Text{
			toldIssued: modules.T("您的证书已制发，可在“证书管理”中查看。", "Your certificate has been issued. You find it under My certificates."),
			toldReady:  modules.T("您的纸质证书已可领取，可现场领取或申请邮寄。", "Your paper certificate is ready. Collect it, or apply to have it mailed."),
		},
	})
}

// message writes what the holders of some certificates are told, in the
// transaction tx and with one statement. Who has no account yet is told nothing.
func (o *Office) message(tx core.App, action string, certificates []string) error {
	pairs := make([][2]string, len(certificates))
	for i, id := range newIDs(len(certificates)) {
		pairs[i] = [2]string{id, certificates[i]}
	}
	text, err := asJSON(pairs)
	if err != nil {
		return err
	}
	_, err = tx.NonconcurrentDB().NewQuery(`INSERT INTO notifications (id, owner, service, record, number, action, status, due, at, read)
		SELECT p.value ->> 0, c.holder, 'certificates', c.id, c.number, {:action}, c.status, '', {:at}, ''
		FROM json_each({:pairs}) p JOIN certificates c ON c.id = p.value ->> 1 WHERE c.holder <> ''`).
		Bind(dbx.Params{"action": action, "at": dateTime(o.portal.Now()), "pairs": text}).Execute()
	return err
}

// becameReady reports whether the paper of a certificate is there for its holder
// now. A mailing that was called off brings nothing new.
func becameReady(was, is *core.Record) bool {
	from := was.GetString("distribution")
	return is.GetString("distribution") == certificate.Ready && (from == certificate.Making || from == certificate.ReturnedMail)
}
