package demo

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/sealed"
)

// person is a candidate with a name of their own, one for every way in which a
// system may fail at a name.
type person struct {
	user, name string
	idType     string
	number     string // empty stands for a made-up one
	what       string // printed beside the account
	sittings   []sitting
}

// sitting is a registration with what each paper of the exam brought.
type sitting struct {
	exam   string
	grades []grade
}

// grade is what one paper brought; the score counts where flag is normal.
type grade struct {
	score        int // tenths
	flag, status string
}

func scored(tenths int) grade   { return grade{tenths, "normal", "active"} }
func flagged(flag string) grade { return grade{0, flag, "active"} }
func refunded() grade           { return grade{0, "pending", "refunded"} }

// people lists the named candidates. The first has a subject for every rule of
// a score review; most of the others have an application, see [filler.stories].
func people() []person {
	return []person{
		{user: "zhangsan", name: "张三", number: "11010519491231002X", what: "every kind of subject; may apply now", sittings: []sitting{
			{openNow, []grade{scored(612), flagged("absent"), flagged("zero"), scored(955)}},
			{openLonger, []grade{flagged("violation"), scored(582), refunded()}},
			{extended, []grade{flagged("void"), scored(861)}},
			{unscored, []grade{flagged("pending"), flagged("pending")}},
			{closed, []grade{scored(655), scored(702), scored(618), scored(719)}},
		}},
		{user: "lisi", name: "李四", number: "440305200002290010", what: "must correct an application within two days", sittings: []sitting{
			{openLonger, []grade{scored(705), scored(594), scored(630)}}, {openNow, []grade{scored(640), scored(810), scored(799), scored(948)}},
		}},
		{user: "wangwu", name: "王五", what: "has just applied", sittings: []sitting{{openNow, []grade{scored(688), scored(845), scored(902), scored(957)}}}},
		{user: "ouyangnana", name: "欧阳娜娜", what: "application accepted", sittings: []sitting{{openLonger, []grade{scored(733), scored(655), scored(588)}}}},
		{user: "wangzhe", name: "王喆", what: "with the markers, results recorded", sittings: []sitting{{openLonger, []grade{scored(681), scored(590), scored(577)}}}},
		{user: "guojun", name: "郭鋆", what: "completed: score corrected, passes now", sittings: []sitting{{closed, []grade{scored(641), scored(660), scored(625), scored(707)}}}},
		{user: "liyan", name: "李䶮", what: "completed: score confirmed", sittings: []sitting{
			{closed, []grade{scored(633), scored(612), scored(604), scored(718)}}, {openNow, []grade{scored(702), scored(788), scored(910), scored(959)}},
		}},
		{user: "chenhong", name: "陈𬭎", what: "refused", sittings: []sitting{{closed, []grade{scored(655), scored(688), flagged("violation"), scored(733)}}}},
		{user: "yandi", name: "严𬱖", what: "withdrawn; may apply again", sittings: []sitting{{openLonger, []grade{scored(612), scored(596), scored(644)}}}},
		{user: "lijie", name: "李𠅤", what: "did not correct it in time: expired", sittings: []sitting{{closed, []grade{scored(645), scored(601), scored(622), scored(711)}}}},
		{user: "abudula", name: "阿卜杜拉·买买提", what: "returned, corrected, submitted again", sittings: []sitting{{openLonger, []grade{scored(640), scored(599), scored(650)}}}},
		{user: "guliba", name: "古丽巴哈尔·阿不都热依木·买买提明·穆罕默德", what: "sent back by the approver", sittings: []sitting{
			{openLonger, []grade{scored(670), scored(700), scored(597)}},
		}},
		{user: "changming", name: longest(), what: "a name of 50 characters; edited an application", sittings: []sitting{
			{openNow, []grade{scored(630), scored(792), scored(801), scored(950)}},
		}},
		{user: "oneil", name: "O'NEIL MARY-ANN", idType: sealed.Passport, number: "PA4418820", what: "a passport; absence was a mistake", sittings: []sitting{
			{closed, []grade{scored(702), flagged("absent"), scored(655), scored(745)}},
		}},
		{user: "wenjing", name: "文静", what: "passed everything", sittings: []sitting{
			{openNow, []grade{scored(755), scored(910), scored(988), scored(1102)}}, {closedLong, []grade{scored(822), scored(790), scored(914)}},
			{historic, []grade{scored(870)}},
		}},
		{user: "chankayan", name: "陳嘉欣", idType: sealed.HMTResidence, number: "810000198503150025", what: "residence permit, Hong Kong", sittings: []sitting{
			{openNow, []grade{scored(590), scored(770), scored(760), scored(941)}},
		}},
		{user: "hokahou", name: "何嘉豪", idType: sealed.HMTResidence, number: "820000198503150035", what: "residence permit, Macao", sittings: []sitting{
			{extended, []grade{scored(839), scored(902)}},
		}},
		{user: "linyijun", name: "林怡君", idType: sealed.HMTResidence, number: "830000198503150010", what: "residence permit, Taiwan", sittings: []sitting{
			{unscored, []grade{flagged("pending"), flagged("pending")}},
		}},
	}
}

// longest is a name of as many code points as one may have: 50.
func longest() string {
	return "阿依努尔·买买提吐尔逊·阿卜杜热合曼·库尔班尼亚孜·热合木提拉·伊斯拉木·玛依努尔·努尔买买提·艾力"
}

// Candidates returns the named candidates as they are printed.
func Candidates() []Account {
	var list []Account
	for _, p := range people() {
		list = append(list, Account{p.user, p.name, p.what})
	}
	return list
}

// addPeople makes the named candidates, their registrations and subjects.
func (f *filler) addPeople(tx core.App) error {
	for i, p := range people() {
		if p.idType == "" {
			p.idType = sealed.Resident
		}
		if p.number == "" {
			p.number = idNumber(i, 900)
		}
		err := account(tx, "candidates", key(p.user), map[string]any{
			"username": p.user, "name": p.name, "id_type": p.idType, "id_number": p.number, "mobile": p.mobile(i), "verified": true,
		})
		if err != nil {
			return err
		}
		if err := f.addSittings(tx, p); err != nil {
			return err
		}
	}
	f.report.Accounts += len(people())
	return nil
}

func (person) mobile(i int) string { return fmt.Sprintf("138001380%02d", i) }

func (f *filler) addSittings(tx core.App, p person) error {
	b := f.newBatch()
	for _, s := range p.sittings {
		b.sit(enrolment{
			candidate: key(p.user), exam: find(s.exam), id: registrationID(s.exam, p.user), grades: s.grades,
			subject: func(code string) string { return subjectID(s.exam, code, p.user) },
			ticket:  ticketOf(p.user, s.exam),
		})
	}
	return b.insert(tx)
}

func registrationID(exam, user string) string  { return key("reg", exam, user) }
func subjectID(exam, code, user string) string { return key("s", exam, code, user) }

// ticketOf makes up the number of an admission ticket from a name.
func ticketOf(user, exam string) string {
	n := 0
	for _, c := range user + exam {
		n = (n*31 + int(c)) % 1_000_000
	}
	return fmt.Sprintf("44%s%06d", strings.Repeat("0", 3), n)
}
