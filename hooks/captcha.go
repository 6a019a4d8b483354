package hooks

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"math"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mojocn/base64Captcha"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/unicode/norm"

	"examhall/modules"
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

// TooMany is the error of who asks for more than one may, and for how long they
// have to wait.
type TooMany struct{ Wait time.Duration }

// Error implements error.
func (TooMany) Error() string { return "Too many verification codes. Try again later." }

// Minutes returns how long to wait, rounded up.
func (t TooMany) Minutes() int { return int(math.Ceil(t.Wait.Minutes())) }

// LimitCaptchas sets who counts the questions that a sender asks for: drawing a
// picture costs more than asking for it. It must be called before the server starts.
func (p *Portal) LimitCaptchas(count func(e *core.RequestEvent) (wait time.Duration, err error)) {
	p.countCaptcha = count
}

// Captcha asks the sender of a request a new question: a picture, or a sum in
// words of the language for those who do not see it. It is empty where captchas
// are off. The error is [TooMany] where the sender has asked for too many.
func (p *Portal) Captcha(e *core.RequestEvent, sum bool, lang string) (Captcha, error) {
	if p.options.CaptchaOff {
		return Captcha{}, nil
	}
	if err := p.admitCaptcha(e); err != nil {
		return Captcha{}, err
	}
	if sum {
		return p.captchas.reckon(lang)
	}
	return p.captchas.issue()
}

func (p *Portal) admitCaptcha(e *core.RequestEvent) error {
	if p.countCaptcha == nil {
		return nil
	}
	wait, err := p.countCaptcha(e)
	if err == nil && wait > 0 {
		return TooMany{wait}
	}
	return err
}

// later answers who asks for too many captchas, and any other error as it is.
func later(e *core.RequestEvent, err error) error {
	var many TooMany
	if !errors.As(err, &many) {
		return err
	}
	e.Response.Header().Set("Retry-After", strconv.Itoa(many.Minutes()*60))
	return apis.NewApiError(http.StatusTooManyRequests, many.Error(), map[string]error{
		"captcha": modules.NewProblem("too_many_requests", many.Error(), map[string]any{"n": many.Minutes()}),
	})
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
