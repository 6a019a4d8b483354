package hooks

import (
	"strings"
	"testing"
)

func TestProduction(t *testing.T) {
	o := &Options{CaptchaOff: true, SQLConsole: true}
	if err := o.fitForProduction(); err != nil {
		t.Error("outside of production:", err)
	}
	t.Setenv(Production, "1")
	err := o.fitForProduction()
	if err == nil || !strings.Contains(err.Error(), "captcha") || !strings.Contains(err.Error(), "sql-console") {
		t.Error("not all reasons at once:", err)
	}
	if err := new(Options).fitForProduction(); err != nil {
		t.Error(err)
	}
}
