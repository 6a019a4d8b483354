package hooks

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"math/big"
	"strings"
	"sync"
	"time"

	"github.com/mojocn/base64Captcha"
	"golang.org/x/text/unicode/norm"
)

// The limits of a captcha 验证码: four digits, one use, three minutes.
const (
	captchaLength = 4
	captchaTime   = 3 * time.Minute
	captchaMost   = 100_000 // asked for and not used; the oldest go first
)

// captchas keeps the answers that were asked for. They live in memory: a
// restart costs a candidate one look at a new picture.
type captchas struct {
	now func() time.Time

	mu    sync.Mutex
	asked map[string]asked
	order []string // of asking
}

type asked struct {
	digits string
	until  time.Time
	spoken bool // may be heard: its digits are what is shown
}

// Captcha is one question: a picture and where to hear it, or a sum in words.
type Captcha struct {
	ID    string `json:"id"`
	Image string `json:"image"` // a data: URL
	Audio string `json:"audio"`
	Sum   string `json:"sum,omitempty"` // what a screen reader reads, in place of a picture
}

// Captcha asks a new question: a picture, or a sum in words of the language for
// those who do not see it. It is empty where captchas are off.
func (p *Portal) Captcha(sum bool, lang string) (Captcha, error) {
	if p.options.CaptchaOff {
		return Captcha{}, nil
	}
	if sum {
		return p.captchas.reckon(lang)
	}
	return p.captchas.issue()
}

// Answered reports whether the answer to a question is right, which uses the
// question up. Where captchas are off any answer is.
func (p *Portal) Answered(id, answer string) bool {
	return p.options.CaptchaOff || p.captchas.use(id, answer)
}

// CaptchaOff reports whether no captcha is asked for.
func (p *Portal) CaptchaOff() bool { return p.options.CaptchaOff }

func newCaptchas(now func() time.Time) *captchas {
	return &captchas{now: now, asked: map[string]asked{}}
}

// issue asks a new question.
func (c *captchas) issue() (Captcha, error) {
	digits, err := randomDigits(captchaLength)
	if err != nil {
		return Captcha{}, err
	}
	picture, err := base64Captcha.NewDriverDigit(80, 200, captchaLength, 0.6, 60).DrawCaptcha(digits)
	if err != nil {
		return Captcha{}, err
	}
	id := rand.Text()
	c.keep(id, asked{digits: digits, spoken: true})
	return Captcha{ID: id, Image: picture.EncodeB64string(), Audio: "/api/portal/captcha/" + id + "/audio"}, nil
}

func (c *captchas) keep(id string, a asked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a.until = c.now().Add(captchaTime)
	c.asked[id] = a
	c.order = append(c.order, id)
	for len(c.order) > captchaMost || (len(c.order) > 0 && c.over(c.order[0])) {
		delete(c.asked, c.order[0])
		c.order = c.order[1:]
	}
}

// over reports whether a question was answered or is too old.
func (c *captchas) over(id string) bool {
	a, ok := c.asked[id]
	return !ok || c.now().After(a.until)
}

// use reports whether the answer is right. Right or wrong, the question is gone.
func (c *captchas) use(id, answer string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, over := c.asked[id], c.over(id)
	delete(c.asked, id)
	typed := strings.TrimSpace(norm.NFKC.String(answer)) // full-width digits are digits
	return !over && subtle.ConstantTimeCompare([]byte(typed), []byte(a.digits)) == 1
}

// speak returns the question as a WAV file, for those who cannot see it.
func (c *captchas) speak(id, lang string) ([]byte, error) {
	c.mu.Lock()
	a, over := c.asked[id], c.over(id)
	c.mu.Unlock()
	if over || !a.spoken {
		return nil, errors.New("no such captcha")
	}
	if lang != "en" {
		lang = "zh"
	}
	sound, err := base64Captcha.NewDriverAudio(captchaLength, lang).DrawCaptcha(a.digits)
	if err != nil {
		return nil, err
	}
	var wav bytes.Buffer
	_, err = sound.WriteTo(&wav)
	return wav.Bytes(), err
}

func randomDigits(n int) (string, error) {
	digits := make([]byte, n)
	for i := range digits {
		d, err := rand.Int(rand.Reader, big.NewInt(10))
		if err != nil {
			return "", err
		}
		digits[i] = '0' + byte(d.Int64())
	}
	return string(digits), nil
}
