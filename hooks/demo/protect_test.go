package demo_test

import (
	"io"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks/demo"
)

func TestRefusesPeople(t *testing.T) {
	dir := t.TempDir()
	app, _ := open(t, dir)
	if err := app.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	c, err := app.FindCollectionByNameOrId("candidates")
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"username": "somebody", "name": "某人", "id_type": "resident", "id_number": "11010519491231002X", "password": "a-password-of-mine"})
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
	_, err = demo.Fill(dir, options(), demo.Plan{Candidates: 10, Seed: 1, Now: today()})
	if err == nil || !strings.Contains(err.Error(), "no demo data") {
		t.Error("filled a database of others:", err)
	}
	if n, _ := app.CountRecords("staff"); n != 0 {
		t.Error("it made staff all the same")
	}
}

func TestRefusesAnotherSeed(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, demo.Plan{Seed: 1, Now: today()})
	if _, err := demo.Fill(dir, options(), demo.Plan{Seed: 2, Now: today()}); err == nil {
		t.Error("mixed people of two seeds")
	}
}

func TestRefusesProduction(t *testing.T) {
	t.Setenv("EXAMHALL_PRODUCTION", "1")
	o := options()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
	c := demo.Command(app, &o)
	c.SetArgs(nil)
	c.SetErr(io.Discard)
	c.SetOut(io.Discard)
	if err := c.Execute(); err == nil || !strings.Contains(err.Error(), "EXAMHALL_PRODUCTION") {
		t.Error("ran in production:", err)
	}
}

func TestCommandPrintsAccounts(t *testing.T) {
	var out strings.Builder
	o := options()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
	c := demo.Command(app, &o)
	c.SetOut(&out)
	c.SetArgs([]string{"--candidates", "3", "--certificates", "5"})
	ring()
	if err := c.Execute(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"zhangsan", "approver@examhall.test", demo.Password, "certificates.", "3 generated"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, out.String())
		}
	}
}
