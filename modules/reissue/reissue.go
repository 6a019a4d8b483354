// Package reissue is 证书补发: the holder of a paper certificate that is lost or
// damaged, that nobody has collected in time, or that says something wrong, asks
// for a new one. The old certificate stays valid until the new one is made; then
// one transaction puts the new one into its place, with the same management
// number and is marked as a reissue.
//
// Source: 人社厅发〔2023〕16号 (who has an electronic certificate gets no paper
// again; a reissue says so; what was not collected is kept for five years).
package reissue

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/certificate"
)

// The states after the approval follow the sheet of paper.
const (
	Reported  modules.State = "reported"  // 已上报
	Making    modules.State = "making"    // 制证中
	Ready     modules.State = "ready"     // 可领取
	Collected modules.State = "collected" // 已领取
	Delivered modules.State = "delivered" // 已签收
)

// Business is the definition with its hooks.
type Business struct{ modules.Definition }

// New returns the business.
func New() Business { return Business{Definition()} }

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "reissues", Prefix: "ZSBF", Icon: "ri-file-copy-2-line",
		Title: modules.T("证书补发", "Reissue of a certificate"),
		Intro: modules.T("纸质证书遗失、损毁、超期未领取或者信息有误的，申请补发。原证书在新证书制成前继续有效。", "A new sheet for a paper certificate that is lost, damaged, never collected or wrong. The old one stays valid until the new one is made."),
		Apply: modules.T("申请证书补发", "Apply for a reissue"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"本人承诺：\n1. 所填信息和上传的材料真实、有效。\n2. 新证书制成后，原证书作废；如找回原证书，交回发证机构，不再使用。\n3. 补发的证书使用原管理号和新的印制号，并注明“补发”字样。",
			"I declare:\n1. What I state and upload is true.\n2. Once the new certificate is made the old one is void; if I find it again I hand it back and do not use it.\n3. The new one has the old number, a sheet number of its own and is marked as a reissue.",
		)},
		About: &modules.About{
			Column: "certificate", Collection: "certificates", Owner: "holder",
			Label: modules.T("原证书", "Certificate"), Title: certificate.Title, Note: certificate.Note,
		},
		Yields:   &modules.Yields{Column: "replacement", Collection: "certificates"},
		Fields:   fields(),
		Workflow: workflow(),
		Unique: modules.Unique{
			Fields: []string{"certificate"},
			Frees:  []modules.State{modules.Rejected, modules.Withdrawn, modules.Expired, Collected, Delivered},
		},
		Eligible: []modules.Guard{reissuable},
		Checks:   []modules.Guard{reasonable, happened},
		Term:     modules.Term{Workdays: 20},
	}
}

// Bind follows the new certificate: when its paper is handed over, the reissue is
// done.
func (b Business) Bind(app core.App) error {
	app.OnRecordUpdateExecute("certificates").BindFunc(func(e *core.RecordEvent) error {
		outer, was := e.App, e.Record.Original().GetString("distribution")
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			err := e.Next()
			if now := e.Record.GetString("distribution"); err != nil || now == was || now != certificate.Collected {
				return err
			}
			return handedOver(tx, e.Record)
		})
	})
	return nil
}
