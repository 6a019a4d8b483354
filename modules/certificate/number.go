package certificate

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// DefaultRule makes management numbers of 18 digits.
const DefaultRule = "{yyyy}{exam 3}{org 4}{specialty 2}{seq 5}"

// Rule makes management numbers 管理号. It is literal characters and fields:
//
//	{yyyy} {yy}    the year of the exam
//	{exam 3}       the code of the exam, with zeros in front
//	{org 4}        the code of the issuing authority
//	{specialty 2}  the code of the specialty; zeros where there is none
//	{seq 5}        counts up from 1, for each year, exam and authority
type Rule struct{ parts []part }

// part is a literal, or a field of a width.
type part struct {
	literal, field string
	width          int
}

// ParseRule reads a rule; the empty text is [DefaultRule]. The error says what
// is wrong with it.
func ParseRule(text string) (Rule, error) {
	if text == "" {
		text = DefaultRule
	}
	var rule Rule
	pattern := regexp.MustCompile(`^(?:([0-9A-Z]+)|\{(yyyy|yy)\}|\{(exam|org|specialty|seq) ([1-9])\})`)
	length, counters := 0, 0
	for rest := text; rest != ""; {
		m := pattern.FindStringSubmatch(rest)
		if m == nil {
			return Rule{}, fmt.Errorf("%q is no part of a number", rest)
		}
		p := part{literal: m[1], field: m[2] + m[3], width: len(m[1] + m[2])}
		if m[4] != "" {
			p.width, _ = strconv.Atoi(m[4]) // the pattern wants a digit
		}
		if p.field == "seq" {
			counters++
		}
		rule.parts, length, rest = append(rule.parts, p), length+p.width, rest[len(m[0]):]
	}
	if counters != 1 {
		return Rule{}, fmt.Errorf("a number has one {seq}, not %d", counters)
	}
	if length < 8 || length > 32 {
		return Rule{}, fmt.Errorf("a number has 8 to 32 characters, not %d", length)
	}
	return rule, nil
}

// Codes are what a rule fills in. Specialty is empty where the exam has none.
type Codes struct {
	Year                 int
	Exam, Org, Specialty string
}

// Check returns the name of the first code that does not fit into the rule:
// "exam", "org" or "specialty"; or nothing. A code may be shorter, never longer,
// and only that of the specialty may be missing.
func (r Rule) Check(c Codes) string {
	for _, p := range r.parts {
		value := c.value(p.field)
		if value == "" && (p.field == "exam" || p.field == "org") || len(value) > p.width {
			return p.field
		}
	}
	return ""
}

// Most returns how many numbers the counter can make.
func (r Rule) Most() int {
	for _, p := range r.parts {
		if p.field == "seq" {
			most, _ := strconv.Atoi(strings.Repeat("9", p.width)) // at most nine nines
			return most
		}
	}
	return 0
}

// Key names the counter: everything in the number but the specialty and the
// count itself, so that two counters never make the same number.
func (r Rule) Key(c Codes) string {
	c.Specialty = ""
	return r.fill(c, "")
}

// Number returns the n-th number.
func (r Rule) Number(c Codes, n int) string { return r.fill(c, strconv.Itoa(n)) }

func (r Rule) fill(c Codes, count string) string {
	var out strings.Builder
	for _, p := range r.parts {
		value := p.literal
		switch p.field {
		case "":
		case "seq":
			value = padded(count, p.width)
		default:
			value = padded(c.value(p.field), p.width)
		}
		out.WriteString(value)
	}
	return out.String()
}

func (c Codes) value(field string) string {
	switch field {
	case "yyyy":
		return fmt.Sprintf("%04d", c.Year)
	case "yy":
		return fmt.Sprintf("%02d", c.Year%100)
	case "exam":
		return c.Exam
	case "org":
		return c.Org
	case "specialty":
		return c.Specialty
	}
	return ""
}

// padded puts zeros in front of what is shorter than its place.
func padded(s string, width int) string {
	if len(s) >= width {
		return s
	}
	return strings.Repeat("0", width-len(s)) + s
}
