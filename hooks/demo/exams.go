package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// paper is one subject of an exam. Marks are tenths.
type paper struct {
	code, name, nameEN, kind string
	full, pass               int
}

// exam is an exam project with its last session. Papers, marks and dates are
// examples: they follow real exams closely enough to exercise every rule, and
// must be checked before anything is presented as theirs.
type exam struct {
	key                       string // two letters, part of every id below it
	code, name, nameEN, level string
	eCert, inCatalogue        bool
	published                 int // days before the day of the demo; 0 is not yet
	extended                  int // days after it to which a row of windows extends reviews
	specialties               []string
	papers                    []paper
}

const (
	objective  = "objective"
	subjective = "subjective"
)

// The exams of the demo, by their key.
const (
	openNow    = "jz" // 一级建造师: reviews may be asked for
	openLonger = "sj" // 审计: so they may, for three weeks already
	closed     = "zj" // 一级造价工程师: the 30 days are over
	extended   = "jj" // 经济: they are over, and a row of windows extends them
	unscored   = "rk" // 软考: scores are not published
	closedLong = "ej" // 二级建造师
	historic   = "wy" // 职称外语: no longer held
)

// exams lists all of them.
func exams() []exam { return append(scoredLately(), others()...) }

// scoredLately are those whose scores may still be reviewed, or could be
// until a short while ago.
func scoredLately() []exam {
	return []exam{
		{
			key: openNow, code: "YJJZS", name: "一级建造师", nameEN: "Constructor, class 1", eCert: true, inCatalogue: true,
			published: 3, specialties: []string{"建筑工程", "公路工程", "机电工程", "市政公用工程"},
			papers: []paper{
				{"01", "建设工程经济", "Construction economics", objective, 1000, 600},
				{"02", "建设工程项目管理", "Project management", objective, 1300, 780},
				{"03", "建设工程法规及相关知识", "Construction law", objective, 1300, 780},
				{"04", "专业工程管理与实务", "Practice of the specialty", subjective, 1600, 960},
			},
		},
		{
			key: openLonger, code: "SJ", name: "审计专业技术资格（中级）", nameEN: "Auditor, intermediate", level: "中级", eCert: true, inCatalogue: true,
			published: 20,
			papers: []paper{
				{"01", "审计相关基础知识", "Foundations of auditing", objective, 1000, 600},
				{"02", "审计理论与实务", "Theory and practice of auditing", subjective, 1000, 600},
				{"03", "审计案例分析", "Case studies in auditing", subjective, 1000, 600},
			},
		},
		{
			key: closed, code: "YJZJS", name: "一级造价工程师", nameEN: "Cost engineer, class 1", level: "一级", eCert: true, inCatalogue: true,
			published: 75, specialties: []string{"土木建筑工程", "安装工程"},
			papers: []paper{
				{"01", "建设工程造价管理", "Cost management", objective, 1000, 600},
				{"02", "建设工程计价", "Pricing", objective, 1000, 600},
				{"03", "建设工程技术与计量", "Technology and measurement", objective, 1000, 600},
				{"04", "建设工程造价案例分析", "Case study", subjective, 1200, 720},
			},
		},
		{
			key: extended, code: "JJ", name: "经济专业技术资格（中级）", nameEN: "Economist, intermediate", level: "中级", eCert: true, inCatalogue: true,
			published: 40, extended: 7, specialties: []string{"人力资源管理", "工商管理", "财政税收", "金融"},
			papers: []paper{
				{"01", "经济基础知识", "Foundations of economics", objective, 1400, 840},
				{"02", "专业知识和实务", "Knowledge and practice of the specialty", objective, 1400, 840},
			},
		},
	}
}

// others are those for which it is too early or too late.
func others() []exam {
	return []exam{
		{
			key: unscored, code: "RK", name: "计算机软件资格（中级 软件设计师）", nameEN: "Software designer", level: "中级", inCatalogue: true,
			papers: []paper{
				{"01", "基础知识", "Foundations", objective, 750, 450},
				{"02", "应用技术", "Applied technology", subjective, 750, 450},
			},
		},
		{
			key: closedLong, code: "EJJZS", name: "二级建造师", nameEN: "Constructor, class 2", level: "二级", eCert: true, inCatalogue: true,
			published: 160, specialties: []string{"建筑工程", "市政公用工程"},
			papers: []paper{
				{"01", "建设工程施工管理", "Construction management", objective, 1000, 600},
				{"02", "建设工程法规及相关知识", "Construction law", objective, 1000, 600},
				{"03", "专业工程管理与实务", "Practice of the specialty", subjective, 1200, 720},
			},
		},
		{
			key: inBulk, code: "XFGCS", name: "一级注册消防工程师", nameEN: "Fire protection engineer, class 1", level: "一级", eCert: true, inCatalogue: true,
			specialties: []string{"消防安全技术", "消防安全管理"},
		},
		{
			key: historic, code: "ZCWY", name: "职称外语（英语B级）", nameEN: "English for titles, level B", level: "B", published: 4000,
			papers: []paper{{"01", "英语", "English", objective, 1000, 600}},
		},
	}
}

// find returns the exam with a key.
func find(key string) exam {
	for _, x := range exams() {
		if x.key == key {
			return x
		}
	}
	panic("demo: no exam " + key) // a literal of this package is wrong
}

// publishedAt returns when the scores were published, or the zero time.
func (x exam) publishedAt(now time.Time) time.Time {
	if x.published == 0 {
		return time.Time{}
	}
	return daysBefore(now, x.published, 10, 0)
}

// held returns the first day of the exam: seventy days before its scores, or
// two weeks ago.
func (x exam) held(now time.Time) time.Time {
	if x.published == 0 {
		return daysBefore(now, 14, 9, 0)
	}
	return daysBefore(now, x.published+70, 9, 0)
}

// addExams makes the projects, their sessions and the extended window.
func (f *filler) addExams(tx core.App) error {
	for i, x := range exams() {
		if err := add(tx, "exam_projects", key("project", x.key), x.project(i)); err != nil {
			return err
		}
		if len(x.papers) == 0 {
			continue // of which only certificates are shown
		}
		if err := f.addSession(tx, x); err != nil {
			return err
		}
	}
	return nil
}

// project returns the exam as a row, the i-th one of all.
func (x exam) project(i int) map[string]any {
	codes := map[string]string{}
	for n, specialty := range x.specialties {
		codes[specialty] = fmt.Sprintf("%02d", n+1)
	}
	rule := ""
	if x.key == inBulk {
		rule = "{yyyy}{exam 3}{org 4}{specialty 2}{seq 7}" // for a million
	}
	return map[string]any{
		"code": x.code, "name": x.name, "name_en": x.nameEN, "level": x.level, "e_cert": x.eCert, "in_catalogue": x.inCatalogue,
		"search_enabled": true, "issuer": "示例省人力资源和社会保障厅", "number_code": fmt.Sprintf("%03d", i+1), "issuer_code": "4400",
		"specialty_codes": codes, "number_rule": rule,
	}
}

func (f *filler) addSession(tx core.App, x exam) error {
	now := f.plan.Now
	first := x.held(now)
	values := map[string]any{
		"project": key("project", x.key), "code": fmt.Sprintf("%s%d", x.code, first.Year()), "year": first.Year(),
		"title": fmt.Sprintf("%d年度%s", first.Year(), x.name), "title_en": fmt.Sprintf("%s %d", x.nameEN, first.Year()),
		"exam_from": first.Format(time.DateOnly), "exam_to": first.AddDate(0, 0, 1).Format(time.DateOnly),
		"score_review_days": 30,
	}
	if x.published > 0 {
		values["score_published"] = dateTime(x.publishedAt(now))
	}
	if err := add(tx, "exam_sessions", key("session", x.key), values); err != nil || x.extended == 0 {
		return err
	}
	return add(tx, "windows", key("window", x.key), map[string]any{
		"service": "score_reviews", "session": key("session", x.key), "opens": dateTime(x.publishedAt(now)),
		"closes": dateTime(daysBefore(now, -x.extended, 23, 59).Add(59 * time.Second)),
	})
}

// add saves a record of a fact.
func add(tx core.App, collection, id string, values map[string]any) error {
	c, err := tx.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(values)
	r.Id = id
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("%s %s: %w", collection, id, err)
	}
	return nil
}
