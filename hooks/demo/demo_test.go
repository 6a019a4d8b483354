package demo_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/demo"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/integrity"
	"examhall/modules/qualification"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
	"examhall/modules/violation"
	_ "examhall/pb_migrations"
)

// ring returns the keys of all tests, and makes the sealed type known once.
var ring = sync.OnceValue(func() *sealed.Ring {
	r := sealed.NewRing([]byte("demo tests"))
	r.Register()
	return r
})

func options() hooks.Options {
	return hooks.Options{Ring: ring(), Modules: []modules.Module{qualification.New(), qualification.AppealDefinition(), scorereview.Definition(), integrity.New(), violation.New()}}
}

// today is the day that most tests are about.
func today() time.Time { return time.Date(2026, 11, 23, 12, 30, 0, 0, calendar.Zone) }

func fill(t *testing.T, dir string, plan demo.Plan) demo.Report {
	t.Helper()
	report, err := demo.Fill(dir, options(), plan)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// open opens a filled folder as a server would.
func open(t *testing.T, dir string) (*core.BaseApp, *hooks.Portal) {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	o := options()
	p := hooks.MustRegister(app, &o)
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.ClearBootstrap(); err != nil {
			t.Error(err)
		}
	})
	return app, p
}

// counts returns how many rows each table has.
func counts(t *testing.T, app core.App) map[string]int64 {
	t.Helper()
	list := map[string]int64{}
	collections, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if list[c.Name], err = app.CountRecords(c); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// column reads one column.
func column(t *testing.T, app core.App, sql string) []string {
	t.Helper()
	var list []string
	if err := app.DB().NewQuery(sql).Column(&list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTwiceAddsNothingAndMoreAddsOnly(t *testing.T) {
	dir := t.TempDir()
	plan := demo.Plan{Candidates: 60, Seed: 1, Now: today()}
	first := fill(t, dir, plan)
	if first.Candidates != 60 || first.Applications != 44 {
		t.Errorf("first run: %+v", first)
	}
	app, p := open(t, dir)
	before, people := counts(t, app), facts(t, app)

	plan.Now = plan.Now.AddDate(0, 0, 9)
	if again := fill(t, dir, plan); again != (demo.Report{}) {
		t.Errorf("second run: %+v", again)
	}
	if after := counts(t, app); !maps.Equal(before, after) {
		t.Errorf("rows before %v, after %v", before, after)
	}

	plan.Candidates = 110
	if more := fill(t, dir, plan); more != (demo.Report{Candidates: 50, Applications: 1}) {
		t.Errorf("larger run: %+v", more)
	}
	after := facts(t, app)
	for _, row := range people {
		if !slices.Contains(after, row) {
			t.Error("changed:", row)
		}
	}
	if _, err := p.VerifyAudit(app); err != nil {
		t.Error(err)
	}
}

// facts returns the rows that depend on the seed and the day, without what is
// random on purpose: nonces, salts and tokens.
func facts(t *testing.T, app core.App) []string {
	return slices.Concat(
		column(t, app, "SELECT id || username || name || id_number_idx || mobile_idx || created FROM candidates ORDER BY id"),
		column(t, app, "SELECT id || candidate || session || ticket_no || specialty || result FROM registrations ORDER BY id"),
		column(t, app, "SELECT id || registration || code || score || flag || status FROM registration_subjects ORDER BY id"),
		column(t, app, "SELECT id || number || owner || status || rev || submitted || due || items || COALESCE(results, '') || statement || created || updated FROM score_reviews ORDER BY id"),
		column(t, app, "SELECT id || code || title || score_published FROM exam_sessions ORDER BY id"),
		column(t, app, "SELECT number || reissue_no || name || holder || title || approve_date || medium || status || distribution || print_no || issued FROM certificates ORDER BY number, reissue_no"),
		column(t, app, "SELECT seq || CASE WHEN service LIKE 'certificate%' OR service = 'integrity_records' THEN '' ELSE record END || action || actor || at FROM events ORDER BY seq"),
	)
}

func TestSameSeedSamePeople(t *testing.T) {
	runs := map[string][]string{}
	for name, seed := range map[string]uint64{"one": 1, "again": 1, "other": 2} {
		dir := t.TempDir()
		fill(t, dir, demo.Plan{Candidates: 100, Seed: seed, Now: today()})
		app, _ := open(t, dir)
		runs[name] = facts(t, app)
	}
	if !slices.Equal(runs["one"], runs["again"]) {
		t.Error("the same seed made something else")
	}
	if slices.Equal(runs["one"], runs["other"]) {
		t.Error("another seed made the same")
	}
}

// TestAnyDay fills folders on days around holidays, weekends and the ends of
// months and years: windows, deadlines and the trail must fit each time.
func TestAnyDay(t *testing.T) {
	for _, day := range []string{
		"2026-11-23 00:05", "2026-11-21 23:50", "2026-11-22 12:00", "2026-10-01 09:00", "2026-10-04 09:00", "2026-10-08 08:00",
		"2026-02-18 10:00", "2026-03-01 10:00", "2026-12-31 23:59", "2027-01-01 00:00", "2028-02-29 12:00",
	} {
		t.Run(day, func(t *testing.T) {
			now, err := time.ParseInLocation("2006-01-02 15:04", day, calendar.Zone)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			fill(t, dir, demo.Plan{Candidates: 500, Seed: 3, Now: now})
			app, p := open(t, dir)
			if _, err := p.VerifyAudit(app); err != nil {
				t.Error(err)
			}
			if late := column(t, app, "SELECT at FROM events WHERE at > '"+now.UTC().Format(time.DateTime)+"'"); len(late) > 0 {
				t.Error("events in the future:", late)
			}
			r, err := app.FindFirstRecordByData("score_reviews", "owner", "lisi00000000000")
			if err != nil {
				t.Fatal(err)
			}
			left := r.GetDateTime("due").Time().Sub(now)
			if r.GetString("status") != "returned" || left < 47*time.Hour || left > 12*24*time.Hour {
				t.Errorf("lisi: %s, %v left", r.GetString("status"), left)
			}
		})
	}
}

func TestContent(t *testing.T) {
	dir := t.TempDir()
	began := time.Now()
	fill(t, dir, demo.Plan{Candidates: 2000, Seed: 1, Now: today()})
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("2,000 candidates took %v", took)
	}
	app, p := open(t, dir)
	if _, err := p.VerifyAudit(app); err != nil {
		t.Error("audit:", err)
	}
	t.Run("states", func(t *testing.T) { everyState(t, app) })
	t.Run("names", func(t *testing.T) { everyName(t, app) })
	t.Run("accounts", func(t *testing.T) { everyAccount(t, app) })
	t.Run("subjects", func(t *testing.T) { everyFlag(t, app) })
	t.Run("side rows", func(t *testing.T) { everySideRow(t, app) })
	t.Run("files", func(t *testing.T) { everyFile(t, app) })
}

// everyState wants an application in every state, of named people and of
// generated ones, with numbers without gaps.
func everyState(t *testing.T, app core.App) {
	for _, state := range scorereview.Definition().Workflow.Names() {
		for _, whose := range []string{"owner LIKE 'demo%'", "owner NOT LIKE 'demo%'"} {
			if n := column(t, app, fmt.Sprintf("SELECT id FROM score_reviews WHERE status = '%s' AND %s", state, whose)); len(n) == 0 {
				t.Errorf("no application is %s where %s", state, whose)
			}
		}
	}
	for table, d := range map[string]modules.Definition{qualification.Reviews: qualification.Definition(), qualification.Appeals: qualification.AppealDefinition()} {
		for _, state := range d.Workflow.Names() {
			passing := table == qualification.Appeals && (state == modules.Returned || state == modules.Expired)
			if n := column(t, app, fmt.Sprintf("SELECT id FROM %s WHERE status = '%s'", table, state)); len(n) == 0 && !passing {
				t.Errorf("no row of %s is %s", table, state)
			}
		}
	}
	for _, state := range violation.Definition().Workflow.Names() {
		if n := column(t, app, fmt.Sprintf("SELECT id FROM violation_appeals WHERE status = '%s'", state)); len(n) == 0 {
			t.Errorf("no appeal against a violation is %s", state)
		}
	}
	for _, state := range []string{"submitted", "returned", "under_review", "approved", "rejected", "withdrawn"} {
		if n := column(t, app, fmt.Sprintf("SELECT id FROM integrity_reviews WHERE status = '%s'", state)); len(n) == 0 {
			t.Errorf("no review of somebody on record is %s", state)
		}
	}
	for _, outcome := range []string{"unchanged", "changed", "mark_fixed"} {
		if n := column(t, app, "SELECT id FROM score_reviews WHERE status = 'completed' AND results LIKE '%\""+outcome+"\"%'"); len(n) == 0 {
			t.Error("nothing was completed with", outcome)
		}
	}
	seen := map[string]int{}
	for _, number := range column(t, app, "SELECT number FROM score_reviews ORDER BY number") {
		day := number[:12]
		seen[day]++
		if number != fmt.Sprintf("%s%06d", day, seen[day]) {
			t.Error("the sequence has a gap before", number)
		}
	}
}

// everyName wants the names of the rules for names as they are written.
func everyName(t *testing.T, app core.App) {
	have := column(t, app, "SELECT name FROM candidates WHERE id NOT LIKE 'demo%'")
	for _, name := range []string{
		"张三", "欧阳娜娜", "王喆", "郭鋆", "李\u4dae", "陈\U0002cb4e", "严\U0002cc56", "李\U00020164", "阿卜杜拉\u00b7买买提",
		"古丽巴哈尔\u00b7阿不都热依木\u00b7买买提明\u00b7穆罕默德", "O'NEIL MARY-ANN", "文静",
	} {
		if !slices.Contains(have, name) {
			t.Errorf("nobody is called %s (%+q)", name, name)
		}
	}
	if !slices.ContainsFunc(have, func(name string) bool { return utf8.RuneCountInString(name) == 50 }) {
		t.Error("nobody has a name of 50 characters")
	}
}

// everyAccount wants logins that work, valid numbers, and nobody twice.
func everyAccount(t *testing.T, app core.App) {
	for _, table := range []string{"candidates", "staff", core.CollectionNameSuperusers} {
		if hashes := column(t, app, "SELECT DISTINCT password FROM "+table); len(hashes) != 1 {
			t.Errorf("%s have %d password hashes", table, len(hashes))
		}
		r := &core.Record{}
		if err := app.RecordQuery(table).Limit(1).One(r); err != nil || !r.ValidatePassword(demo.Password) {
			t.Errorf("%s: the password does not match: %v", table, err)
		}
	}
	list, err := app.FindAllRecords("candidates")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range list {
		for _, unique := range []string{r.GetString("username"), r.TokenKey(), sealed.Plain(r, "id_number"), r.GetString("id_number_idx")} {
			if unique == "" || seen[unique] {
				t.Fatal(r.Id, "has something twice or not at all:", unique)
			}
			seen[unique] = true
		}
		if !sealed.ValidIDNumber(r.GetString("id_type"), sealed.Plain(r, "id_number")) || len(sealed.Plain(r, "mobile")) != 11 {
			t.Error(r.Id, sealed.Plain(r, "id_number"), sealed.Plain(r, "mobile"))
		}
	}
	roles := column(t, app, "SELECT group_concat(roles) FROM staff")[0]
	for _, role := range []string{"score_reviews.reviewer", "score_reviews.approver", "finance", "cert", "operator", "auditor"} {
		if !strings.Contains(roles, `"`+role+`"`) {
			t.Error("nobody is", role)
		}
	}
}

// everyFlag wants the subjects of the first candidate to show every rule.
func everyFlag(t *testing.T, app core.App) {
	have := column(t, app, `SELECT DISTINCT s.type || ' ' || s.flag || ' ' || s.status FROM registration_subjects s
		JOIN registrations r ON r.id = s.registration WHERE r.candidate = 'zhangsan0000000'`)
	for _, want := range []string{
		"objective normal active", "objective absent active", "objective violation active", "objective zero active",
		"objective void active", "subjective normal active", "subjective pending active", "subjective pending refunded",
	} {
		if !slices.Contains(have, want) {
			t.Error("no subject is", want)
		}
	}
	if n := column(t, app, `SELECT r.id FROM registrations r WHERE r.result = 'passed' AND EXISTS (SELECT 1 FROM registration_subjects s
		WHERE s.registration = r.id AND s.status = 'active' AND (s.flag != 'normal' OR s.score < s.pass_mark))`); len(n) > 0 {
		t.Error("these do not pass:", n)
	}
}

// everySideRow wants what the workflow leaves behind, and no message from the
// past that is still to be sent.
func everySideRow(t *testing.T, app core.App) {
	for _, empty := range []string{
		`SELECT s.id FROM score_reviews s LEFT JOIN applications a ON a.id = s.id WHERE a.status IS NOT s.status OR a.rev IS NOT s.rev`,
		`SELECT s.id FROM score_reviews s WHERE s.rev != (SELECT COUNT(*) FROM versions v WHERE v.record = s.id)`,
		`SELECT s.id FROM score_reviews s WHERE NOT EXISTS (SELECT 1 FROM score_review_subjects m WHERE m.application = s.id
			AND m.active = (s.status NOT IN ('withdrawn', 'rejected')))`,
		`SELECT s.id FROM score_reviews s WHERE NOT EXISTS (SELECT 1 FROM notifications n WHERE n.record = s.id)`,
		`SELECT id FROM outbox WHERE state != 'sent'`,
	} {
		if ids := column(t, app, empty); len(ids) > 0 {
			t.Error(empty, ids)
		}
	}
	if n, _ := app.CountRecords("replaced_files"); n == 0 {
		t.Error("no file was replaced")
	}
}

// everyFile wants the materials on disk.
func everyFile(t *testing.T, app core.App) {
	store, err := app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	list, err := app.FindAllRecords("score_reviews")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		files := slices.Concat(r.GetStringSlice("id_card"), r.GetStringSlice("admission_ticket"), r.GetStringSlice("statement"))
		if len(files) != 4 {
			t.Error(r.Id, files)
		}
		for _, name := range files {
			if ok, err := store.Exists(r.BaseFilesPath() + "/" + name); !ok || err != nil {
				t.Error(r.Id, name, "is not stored:", err)
			}
		}
	}
}
