package certificates

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/credential"
)

// mostCopies is how many annotated copies of a certificate are live at once: who
// hands out more than that loses sight of them.
const mostCopies = 3

// periods are how long a copy may be shown, in days.
func periods() []int { return []int{7, 30, 90, 180} }

// copies are the annotated copies 加注副本 of a certificate as its holder sees
// them, and why there may be no further one.
type copies struct {
	Problem any         `json:"problem"`
	Most    int         `json:"most"`
	Days    []int       `json:"days"`
	Items   []annotated `json:"items"`
}

// annotated is one of them.
type annotated struct {
	ID        string `json:"id"`
	Purpose   string `json:"purpose"`
	Recipient string `json:"recipient"`
	Days      int    `json:"days"`
	Issued    string `json:"issued"`
	Expires   string `json:"expires"`
	Withdrawn string `json:"withdrawn"`
	Downloads int    `json:"downloads"`
	State     string `json:"state" db:"-"` // live, expired, withdrawn
}

// bindAnnotations lets holders make copies of their certificates for one purpose
// and one reader, for some days (人社厅发〔2021〕97号 加注), and take them back.
func (o *Office) bindAnnotations(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		holder := apis.RequireAuth("candidates")
		e.Router.POST("/api/portal/certificates/{id}/annotations", o.annotate).Bind(holder)
		e.Router.POST("/api/portal/annotations/{id}/withdraw", o.takeBack).Bind(holder)
		e.Router.GET("/api/portal/annotations/{id}/pdf", o.serveCopy)
		return e.Next()
	})
}

// wish is what a holder asks for.
type wish struct {
	Purpose   string `json:"purpose" form:"purpose"`
	Recipient string `json:"recipient" form:"recipient"`
	Days      int    `json:"days" form:"days"`
}

// annotate makes a copy, ready at once.
func (o *Office) annotate(e *core.RequestEvent) error {
	r, err := o.held(e)
	if err != nil {
		return err
	}
	var w wish
	if err := e.BindBody(&w); err != nil {
		return e.BadRequestError("The request is not readable.", err)
	}
	w.Purpose, w.Recipient = strings.TrimSpace(w.Purpose), strings.TrimSpace(w.Recipient)
	var made *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		made, err = o.makeCopy(tx, r.Id, w, actorOf(e))
		return err
	})
	if err != nil {
		return hooks.Answer(err)
	}
	return e.JSON(http.StatusOK, o.copyOf(made))
}

// makeCopy checks a wish and writes the copy, with its leaf in the log.
func (o *Office) makeCopy(tx core.App, id string, w wish, by modules.Actor) (*core.Record, error) {
	r, err := tx.FindRecordById("certificates", id)
	if err != nil {
		return nil, err
	}
	problem, err := o.noCopy(tx, r)
	if err != nil {
		return nil, err
	}
	if problem != nil {
		return nil, validation.Errors{"status": problem}
	}
	if err := o.checkWish(r, w).Filter(); err != nil {
		return nil, err
	}
	c, err := tx.FindCachedCollectionByNameOrId("annotations")
	if err != nil {
		return nil, err
	}
	now := o.portal.Now()
	made := core.NewRecord(c)
	made.Load(map[string]any{
		"certificate": r.Id, "holder": r.GetString("holder"), "code": certificate.NewCodes(1)[0], "purpose": w.Purpose,
		"recipient": w.Recipient, "days": w.Days, "issued": dateTime(now), "expires": dateTime(lastSecond(now, w.Days)),
	})
	return made, o.saveCopy(tx, r, made, by)
}

// saveCopy writes a copy with its leaf, and names the key that signs its QR code.
func (o *Office) saveCopy(tx core.App, r, made *core.Record, by modules.Actor) error {
	keys, err := o.keys(tx)
	if err != nil {
		return err
	}
	made.Set("signing_key", keys.KID())
	_, err = keys.Sign(annotatedFacts(r, made))
	if errors.Is(err, credential.ErrTooLong) {
		const short = 30
		return validation.Errors{"recipient": modules.NewProblem("validation_max_text_constraint", "Must be no more than {{.max}} character(s).", map[string]any{"max": short})}
	}
	if err != nil {
		return err
	}
	made.Id = newIDs(1)[0]
	index, err := o.enter(tx, r, made, "annotated", by)
	if err != nil {
		return err
	}
	made.Set("log_index", index)
	return tx.Save(made)
}

// lastSecond returns the end of a period: the day of the copy does not count, and
// the last day belongs to it.
func lastSecond(now time.Time, days int) time.Time {
	y, m, d := now.In(calendar.Zone).Date()
	return time.Date(y, m, d+days+1, 0, 0, -1, 0, calendar.Zone)
}

// noCopy returns why a certificate gets no further copy, or nil.
func (o *Office) noCopy(app core.App, r *core.Record) (modules.Problem, error) {
	if r.GetString("status") != certificate.Valid {
		return modules.NewProblem("annotation_void", "The certificate is not valid any more.", nil), nil
	}
	var live int
	err := app.DB().Select("COUNT(*)").From("annotations").Where(dbx.HashExp{"certificate": r.Id, "withdrawn": ""}).
		AndWhere(dbx.NewExp("expires >= {:now}", dbx.Params{"now": o.second()})).Row(&live)
	if err != nil || live < mostCopies {
		return nil, err
	}
	return modules.NewProblem("annotation_limit", "There are {{.most}} live copies.", map[string]any{"most": mostCopies}), nil
}

// second returns the running second as stored: the last one belongs to a period.
func (o *Office) second() string { return dateTime(o.portal.Now().Truncate(time.Second)).String() }

// checkWish returns every problem of what was filled in.
func (o *Office) checkWish(r *core.Record, w wish) validation.Errors {
	problems := validation.Errors{}
	if n := utf8.RuneCountInString(w.Purpose); n < 2 || n > 50 {
		problems["purpose"] = modules.NewProblem("validation_length_out_of_range", "Write {{.min}} to {{.max}} characters.", map[string]any{"min": 2, "max": 50})
	}
	if utf8.RuneCountInString(w.Recipient) > 100 {
		problems["recipient"] = modules.NewProblem("validation_max_text_constraint", "Must be no more than {{.max}} character(s).", map[string]any{"max": 100})
	}
	if !slices.Contains(periods(), w.Days) {
		problems["days"] = modules.NewProblem("validation_in_invalid", "Choose one of the list.", nil)
	}
	for field, text := range map[string]string{"purpose": w.Purpose, "recipient": w.Recipient} {
		if problems[field] != nil {
			continue
		}
		if strings.ContainsFunc(text, modules.Forbidden) || strings.ContainsAny(text, "\n\r\t") {
			problems[field] = modules.NewProblem("text_invalid", "This contains characters that cannot be stored.", nil)
		} else if runes := o.printer.Missing(r.GetString("layout"), text); len(runes) > 0 {
			problems[field] = modules.NewProblem("glyph_missing", "There is no glyph for {{.char}} (U+{{.hex}}).", character(runes[0]))
		}
	}
	return problems
}

// takeBack ends a copy before its time. Whoever checks it reads so at once.
func (o *Office) takeBack(e *core.RequestEvent) error {
	var r *core.Record
	err := e.App.RunInTransaction(func(tx core.App) error {
		var err error
		if r, err = ownCopy(tx, e.Request.PathValue("id"), e.Auth); err != nil {
			return e.NotFoundError("", nil)
		}
		if state := o.copyOf(r).State; state != "live" {
			return modules.Invalid("status", "annotation_over", "The copy is not live any more.")
		}
		parent, err := tx.FindRecordById("certificates", r.GetString("certificate"))
		if err != nil {
			return err
		}
		r.Set("withdrawn", dateTime(o.portal.Now()))
		if err := tx.Save(r); err != nil {
			return err
		}
		_, err = o.enter(tx, parent, r, "annotation_withdrawn", actorOf(e))
		return err
	})
	if err != nil {
		return hooks.Answer(err)
	}
	return e.JSON(http.StatusOK, o.copyOf(r))
}

// ownCopy returns a copy of its holder, and of nobody else.
func ownCopy(app core.App, id string, holder *core.Record) (*core.Record, error) {
	return app.FindFirstRecordByFilter("annotations", "id = {:id} && holder = {:holder}", dbx.Params{"id": id, "holder": holder.Id})
}

// copiesOf lists the copies of a certificate: live ones first, then the newest.
func (o *Office) copiesOf(app core.App, r *core.Record) (copies, error) {
	list := copies{Most: mostCopies, Days: periods(), Items: []annotated{}}
	problem, err := o.noCopy(app, r)
	if err != nil {
		return list, err
	}
	list.Problem = hooks.Reason(problem)
	records, err := app.FindRecordsByFilter("annotations", "certificate = {:id}", "-issued,-@rowid", 0, 0, dbx.Params{"id": r.Id})
	for _, one := range records {
		list.Items = append(list.Items, o.copyOf(one))
	}
	slices.SortStableFunc(list.Items, func(a, b annotated) int {
		live := map[bool]int{true: 0, false: 1}
		return live[a.State == "live"] - live[b.State == "live"]
	})
	return list, err
}

func (o *Office) copyOf(r *core.Record) annotated {
	c := annotated{
		ID: r.Id, Purpose: r.GetString("purpose"), Recipient: r.GetString("recipient"), Days: r.GetInt("days"),
		Issued: r.GetDateTime("issued").String(), Expires: r.GetDateTime("expires").String(),
		Withdrawn: r.GetDateTime("withdrawn").String(), Downloads: r.GetInt("downloads"), State: "live",
	}
	switch {
	case c.Withdrawn != "":
		c.State = "withdrawn"
	case c.Expires < o.second():
		c.State = "expired"
	}
	return c
}
