package certificates

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
)

// refusal is why an inquiry is not looked at, or what is said of a miss.
type refusal struct {
	status   int
	message  string
	problems map[string]modules.Problem // by field
	minutes  int                        // until it may be tried again; zero is at once
}

// Error implements error. It repeats nothing that was typed.
func (r *refusal) Error() string { return r.message }

// tooMany tells for how long nothing is searched.
func tooMany(wait time.Duration) *refusal {
	minutes := int(math.Ceil(wait.Minutes()))
	const message = "Too many searches. Try again later."
	return &refusal{http.StatusTooManyRequests, message, map[string]modules.Problem{
		"search": modules.NewProblem("too_many_requests", message, map[string]any{"n": minutes}),
	}, minutes}
}

// notFound is the one answer to every miss.
func notFound() *refusal {
	const message = "There is no such certificate. Check what you typed and try again."
	return &refusal{http.StatusNotFound, message, map[string]modules.Problem{
		"search": modules.NewProblem("cert_not_found", message, nil),
	}, 0}
}

// check refuses what nobody needs to look up: an empty field, and a wrong
// answer to the captcha. It says nothing about an ID number.
func (in inquiry) check(portal *hooks.Portal) error {
	problems := map[string]modules.Problem{}
	for field, typed := range map[string]string{"name": in.Name, "id_number": in.IDNumber} {
		if strings.TrimSpace(typed) == "" {
			problems[field] = modules.NewProblem("validation_required", "Cannot be blank.", nil)
		}
	}
	if len(problems) == 0 && !portal.Answered(in.CaptchaID, in.Captcha) {
		problems["captcha"] = modules.NewProblem("captcha_invalid", "The code is wrong or too old.", nil)
	}
	if len(problems) == 0 {
		return nil
	}
	return &refusal{http.StatusBadRequest, "Please check the marked fields.", problems, 0}
}

// json answers a program. It is no error to PocketBase, which logs requests that
// fail: these say who looks for whom. PocketBase writes a map in any order; the
// same refusal is the same text here.
func (r *refusal) json(e *core.RequestEvent) error {
	r.later(e)
	data := map[string]error{}
	for field, problem := range r.problems {
		data[field] = problem
	}
	text, err := json.Marshal(apis.NewApiError(r.status, r.message, data))
	if err != nil {
		return err
	}
	return e.Blob(r.status, "application/json", text)
}

// later says in a header when to try again.
func (r *refusal) later(e *core.RequestEvent) {
	if r.minutes > 0 {
		e.Response.Header().Set("Retry-After", strconv.Itoa(r.minutes*60))
	}
}

// sentences returns what a person reads, by field.
func (r *refusal) sentences(lang string) map[string]string {
	texts := map[string]string{}
	for field, problem := range r.problems {
		texts[field] = r.sentence(field, problem.Code()).In(lang)
	}
	return texts
}

func (r *refusal) sentence(field, code string) modules.Text {
	switch {
	case code == "too_many_requests":
		return modules.T(fmt.Sprintf("操作过于频繁，请 %d 分钟后再试", r.minutes), fmt.Sprintf("Too many attempts. Try again in %d min.", r.minutes))
	case code == "captcha_invalid":
		return modules.T("验证码错误或已失效", "The code is wrong or has expired")
	case code == "cert_not_found":
		return modules.T("未查询到符合条件的证书信息，请核对后重试", "No certificate matches what you entered. Check it and try again")
	case field == "name":
		return modules.T("请填写姓名", "Enter the name")
	}
	return modules.T("请填写身份证号", "Enter the ID number")
}
