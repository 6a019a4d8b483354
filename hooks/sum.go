package hooks

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strconv"
)

// reckon asks a sum in words: the alternative to the picture for those who
// cannot see it and whose browser plays no sound (GB/T 37668-2019 wants one
// that is not visual). The answer has one or two digits.
func (c *captchas) reckon(lang string) (Captcha, error) {
	var n [3]int
	for i, most := range []int64{41, 9, 2} {
		d, err := rand.Int(rand.Reader, big.NewInt(most))
		if err != nil {
			return Captcha{}, err
		}
		n[i] = int(d.Int64())
	}
	a, b, minus := 10+n[0], 1+n[1], n[2] == 1
	question, answer := sum(lang, a, b, minus)
	id := rand.Text()
	c.keep(id, asked{digits: strconv.Itoa(answer)})
	return Captcha{ID: id, Sum: question}, nil
}

// sum returns a question in words and its answer. Numbers are words, so that a
// program which looks for digits finds none.
func sum(lang string, a, b int, minus bool) (question string, answer int) {
	answer = a + b
	if minus {
		answer = a - b
	}
	if lang == "en" {
		return fmt.Sprintf("What is %s %s %s?", inEnglish(a), map[bool]string{true: "minus", false: "plus"}[minus], inEnglish(b)), answer
	}
	return fmt.Sprintf("%s%s%s等于多少？", inChinese(a), map[bool]string{true: "减", false: "加"}[minus], inChinese(b)), answer
}

// inChinese writes a number below 100.
func inChinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	tens, ones := n/10, n%10
	text := ""
	if tens > 1 {
		text = string(digits[tens])
	}
	if tens > 0 {
		text += "十"
	}
	if ones > 0 || tens == 0 {
		text += string(digits[ones])
	}
	return text
}

// inEnglish writes a number below 60.
func inEnglish(n int) string {
	small := []string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
	if n < len(small) {
		return small[n]
	}
	tens := []string{"twenty", "thirty", "forty", "fifty"}[n/10-2]
	if n%10 == 0 {
		return tens
	}
	return tens + "-" + small[n%10]
}
