package payouts

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
	"github.com/xuri/excelize/v2"

	"examhall/modules"
)

// result is what the bank says about one payment.
type result struct {
	Number string `json:"number"` // of the payout
	Result string `json:"result"` // paid, failed
	Serial string `json:"serial"`
	PaidOn string `json:"paid_on"`
	Amount int    `json:"amount"` // fen
	Reason string `json:"reason"`
}

// outcome is what became of one line.
type outcome struct {
	Line     int      `json:"line"`
	Number   string   `json:"number"`
	Outcome  string   `json:"outcome"`            // done, ignored, refused
	Problems []string `json:"problems,omitempty"` // codes, with the columns they are about
}

// most is how many lines one file may have: each is a transaction.
const most = 5000

// bring takes results, as JSON {"rows": […]} or as the sheet that was taken, in
// the field "file". Every line stands for itself: one that is refused keeps no
// other from counting.
func (d desk) bring(e *core.RequestEvent) error {
	lines, err := read(e)
	if err != nil || len(lines) > most {
		return e.BadRequestError("The file is not readable.", nil)
	}
	actor, list := modules.ActorOf(e.Auth, service), []outcome{}
	for i, line := range lines {
		one := outcome{Line: i + 1, Number: line.Number, Outcome: "done"}
		err := e.App.RunInTransaction(func(tx core.App) error { return settle(tx, actor, line) })
		switch {
		case errors.Is(err, errKnown):
			one.Outcome = "ignored"
		case err != nil:
			one.Outcome = "refused"
			if one.Problems = problemsOf(err); one.Problems == nil {
				return err
			}
		}
		list = append(list, one)
	}
	return e.JSON(http.StatusOK, map[string]any{"lines": list})
}

// errKnown says that a result was brought before.
var errKnown = errors.New("payouts: the result is known")

// settle leads the refund of one payment to where its result says.
func settle(tx core.App, actor modules.Actor, line result) error {
	payout, err := tx.FindFirstRecordByData("payouts", "number", line.Number)
	if err != nil {
		return modules.Invalid("number", "payout_unknown", "There is no such payout.")
	}
	if was := payout.GetString("result"); was != "" {
		if was == line.Result && payout.GetString("serial") == line.Serial {
			return errKnown
		}
		return modules.Invalid("number", "payout_settled", "This payout has another result.")
	}
	r, err := tx.FindRecordById(service, payout.GetString("refund"))
	if err != nil {
		return err
	}
	modules.Sign(r, actor)
	switch line.Result {
	case "paid":
		r.Load(map[string]any{"status": "refunded", "serial": line.Serial, "paid_on": line.PaidOn, "paid_amount": line.Amount})
	case "failed":
		if err := keepSerial(tx, payout, line.Serial); err != nil {
			return err
		}
		r.Load(map[string]any{"status": "pay_failed", "reply": line.Reason})
	default:
		return modules.Invalid("result", "validation_invalid_value", "Choose one of the list.")
	}
	return tx.Save(r)
}

// keepSerial notes the serial of a payment that failed, by which its result is
// known when it is brought again.
func keepSerial(tx core.App, payout *core.Record, serial string) error {
	if serial == "" {
		return nil
	}
	var number string
	err := tx.DB().Select("COALESCE(MAX(number), '')").From("payouts").Where(dbx.HashExp{"serial": serial}).Row(&number)
	if err != nil {
		return err
	}
	if number != "" {
		return modules.InvalidWith("serial", "serial_used", "{{.number}} has this serial.", map[string]any{"number": number})
	}
	payout.Set("serial", serial)
	return tx.Save(payout)
}

// problemsOf returns problems as "column code", or nil for a fault of ours.
func problemsOf(err error) []string {
	found := map[string]error{}
	var refused *router.ApiError
	var problems validation.Errors
	switch {
	case errors.As(err, &problems):
		found = problems
	case errors.As(err, &refused):
		found, _ = refused.RawData().(map[string]error)
	}
	var list []string
	for _, column := range slices.Sorted(maps.Keys(found)) {
		var coded interface{ Code() string }
		if errors.As(found[column], &coded) {
			list = append(list, column+" "+coded.Code())
		}
	}
	return list
}

// read returns the lines of a request.
func read(e *core.RequestEvent) ([]result, error) {
	if !strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/") {
		body := struct {
			Rows []result `json:"rows"`
		}{}
		err := e.BindBody(&body)
		return body.Rows, err
	}
	files, err := e.FindUploadedFiles("file")
	if err != nil {
		return nil, err
	}
	in, err := files[0].Reader.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return fromSheet(in)
}

// unpacked is how large a sheet may become: a small file can hold a huge one.
const unpacked = 64 << 20

// fromSheet reads the sheet that was taken, with the bank's answers in its last
// columns. Lines without an answer are left out.
func fromSheet(in io.Reader) ([]result, error) {
	f, err := excelize.OpenReader(in, excelize.Options{UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	var list []result
	for _, row := range rows[min(1, len(rows)):] {
		cells := make([]string, len(columns()))
		for i := range min(len(row), len(cells)) {
			cells[i] = strings.TrimSpace(row[i])
		}
		words := map[string]string{"成功": "paid", "失败": "failed"}
		if cells[11] == "" {
			continue
		}
		list = append(list, result{cells[0], words[cells[11]], cells[12], cells[13], fen(cells[14]), cells[15]})
	}
	return list, nil
}

// fen reads an amount in yuan, such as 183 or 183.5 or 183.00, or zero. It never
// goes through a fraction.
func fen(yuan string) int {
	m := regexp.MustCompile(`^(\d{1,8})(?:\.(\d{1,2}))?$`).FindStringSubmatch(yuan)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1] + (m[2] + "00")[:2])
	if err != nil {
		return 0
	}
	return n
}
