package payouts

import (
	"bytes"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/region"
	"examhall/modules/sealed"
)

// sheet is the name of the only sheet of a file.
const sheet = "Sheet1"

// textFormat is the number of the cell format "@": a card number of 19 digits is
// no number, and must not lose its last ones.
const textFormat = 49

// columns are the heads of the sheet; the last five are for the bank's answer.
func columns() []string {
	return []string{
		"付款编号", "业务编号", "订单号", "退款方式", "户名", "卡号", "银行", "开户支行", "所在地区", "联行号", "金额（元）",
		"结果（成功/失败）", "流水号", "退款日期", "实退金额（元）", "失败原因",
	}
}

// take answers with the payments whose result is not known yet, of one batch if
// the query names it. It shows whole card numbers, so every line is an event of
// its case.
func (d desk) take(e *core.RequestEvent) error {
	where := dbx.HashExp{"result": ""}
	if batch := e.Request.URL.Query().Get("batch"); batch != "" {
		where["batch"] = batch
	}
	var file []byte
	err := e.App.RunInTransaction(func(tx core.App) error {
		list, err := tx.FindAllRecords("payouts", where)
		if err != nil {
			return err
		}
		lines := [][]string{columns()}
		for _, payout := range list {
			line, err := d.line(tx, e.Auth, payout)
			if err != nil {
				return err
			}
			lines = append(lines, line)
		}
		file, err = written(lines)
		return err
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Content-Disposition", `attachment; filename="payouts.xlsx"`)
	return e.Blob(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file)
}

// line returns one payment as the bank reads it, and notes who took it.
func (d desk) line(tx core.App, auth, payout *core.Record) ([]string, error) {
	r, err := tx.FindRecordById(service, payout.GetString("refund"))
	if err != nil {
		return nil, err
	}
	payment, err := tx.FindRecordById("payments", payout.GetString("payment"))
	if err != nil {
		return nil, err
	}
	bank := ""
	if id := r.GetString("bank"); id != "" {
		b, err := tx.FindRecordById("banks", id)
		if err != nil {
			return nil, err
		}
		bank = b.GetString("name")
	}
	route := map[string]string{"original": "原路退回", "bank_card": "银行卡"}[r.GetString("route")]
	line := []string{
		payout.GetString("number"), r.GetString("number"), payment.GetString("order_no"), route, sealed.Plain(r, "account_name"),
		sealed.Plain(r, "card_no"), bank, r.GetString("branch"), region.Name(r.GetString("bank_region")), r.GetString("bank_code"),
		modules.Yuan(payout.GetInt("amount")),
	}
	return line, d.portal.Append(tx, hooks.Act{
		Service: service, Record: r.Id, Owner: r.GetString("owner"), Action: "export_payout", From: r.GetString("status"), To: r.GetString("status"),
		Actor: modules.ActorOf(auth, service),
	})
}

// written returns lines as a spreadsheet whose every cell is text: nothing is
// taken for a number, a date or a formula.
func written(lines [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return nil, err
	}
	last, err := excelize.ColumnNumberToName(len(columns()))
	if err != nil {
		return nil, err
	}
	if err := f.SetColStyle(sheet, "A:"+last, style); err != nil {
		return nil, err
	}
	for i, line := range lines {
		for j, text := range line {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return nil, err
			}
			if err := f.SetCellStr(sheet, cell, text); err != nil {
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}
