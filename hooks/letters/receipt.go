package letters

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/pdf"
	"examhall/modules/sealed"
)

// receipt writes the 受理回执: the applicant's own proof of what was filed and
// when. It is about the last submission, correction or edit, and is the same
// file whenever it is asked for.
func (o *Office) receipt(app core.App, d modules.Definition, r *core.Record) (*paper, error) {
	f, first, err := o.portal.Filed(app, d, r)
	if err != nil || f == nil {
		return nil, err
	}
	files, err := materials(app, f)
	if err != nil {
		return nil, err
	}
	number, home := f.Record.GetString("number"), strings.TrimRight(app.Settings().Meta.AppURL, "/")
	doc := pdf.Document{
		Title: "受理回执 " + number, Date: f.At, QR: home + "/applications/" + d.Name + "/" + r.Id,
		Values: map[string]string{
			"name": f.Name, "service": d.Title.ZH, "number": number, "submitted": second(f.At),
			"next": f.State().Next.ZH, "due": minute(f.Due),
			"seq": strconv.FormatInt(f.Seq, 10), "hash": f.Hash, "trail": home + "/.well-known/examhall-audit.json",
		},
		Rows: map[string][]map[string]string{"facts": filed(f, first), "materials": files},
	}
	if foreign(f.IDType) {
		doc.Values["english"] = fmt.Sprintf("This receipt confirms that your application %s (%s) was filed on %s, Beijing time.",
			number, d.Title.EN, f.At.In(calendar.Zone).Format("2 January 2006 at 15:04:05"))
	}
	o.makePrintable(receiptLayout, &doc)
	data, err := o.press.Signed(receiptLayout, doc)
	return &paper{"受理回执-" + number + ".pdf", data}, err
}

// filed lists who filed what and when.
func filed(f *hooks.Filing, first time.Time) facts {
	var list facts
	list.add("业务编号", f.Record.GetString("number"))
	list.add("申请事项", f.Definition.Title.ZH)
	list.add("考试", f.Session.ZH)
	if f.About != nil {
		list.add(f.About.Label.ZH, f.About.Title.ZH+" "+f.About.Note.ZH)
	}
	list.add("申请内容", strings.Join(subjects(f), "、"))
	list.price(f.Totals)
	list.add("申请人", f.Name)
	list.add("证件号码", idType(f.IDType)+" "+sealed.Masked(sealed.KindIDNumber, sealed.Own, f.IDNumber))
	list.add("提交时间", second(first))
	if !first.Equal(f.At) {
		list.add("最近一次修改", second(f.At))
	}
	list.add("版本", fmt.Sprintf("第%d版", f.Record.GetInt("rev")))
	return list
}

// subjects returns what the rows of an application are called.
func subjects(f *hooks.Filing) []string {
	var names []string
	for _, row := range asked(f) {
		names = append(names, row["name"])
	}
	return names
}

// materials lists what was uploaded, each file with the beginning of its
// SHA-256: who has the file can show that it is the one that was filed.
func materials(app core.App, f *hooks.Filing) ([]map[string]string, error) {
	store, err := app.NewFilesystem()
	if err != nil {
		return nil, err
	}
	defer store.Close()
	list := []map[string]string{}
	for _, slot := range f.Slots {
		for i, file := range slot.Files {
			sum, err := digest(store, f.Record.BaseFilesPath()+"/"+file)
			if err != nil {
				return nil, err
			}
			name := slot.Label.ZH
			if len(slot.Files) > 1 {
				name = fmt.Sprintf("%s（%d）", name, i+1)
			}
			list = append(list, map[string]string{"name": name, "sha256": sum})
		}
	}
	return list, nil
}

// digest returns the first 16 characters of the SHA-256 of a stored file, or
// that it is not kept any more.
func digest(store *filesystem.System, key string) (string, error) {
	in, err := store.GetReader(key)
	if errors.Is(err, filesystem.ErrNotFound) {
		return "文件已不再保存", nil
	}
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}
