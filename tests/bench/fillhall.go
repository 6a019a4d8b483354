package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// fillHall makes an ExamHall after an exam: scores were published yesterday,
// and each candidate has a registration with two subjects to be reviewed. Every
// material is optional, so that an application is one JSON body.
func fillHall(app core.App, rows, candidates int) error {
	return errors.Join(
		fillExam(app), fillStaff(app), fillCandidates(app, candidates), fillApplications(app, rows), fillReviews(app, rows), fillCertificates(app),
	)
}

func fillExam(app core.App) error {
	for _, slot := range []string{"id_card", "admission_ticket", "statement"} {
		err := add(app, "material_templates", "", map[string]any{"service": "score_reviews", "slot": slot, "need": "optional"})
		if err != nil {
			return err
		}
	}
	return errors.Join(
		add(app, "exam_projects", id("p", 0), map[string]any{"code": "YJ", "name": "一级造价工程师"}),
		add(app, "exam_sessions", id("s", 0), map[string]any{
			"project": id("p", 0), "code": "YJ", "title": "一级造价工程师", "year": 2026, "score_published": time.Now().Add(-24 * time.Hour),
		}),
	)
}

// fillStaff makes the reviewer r and the dashboard login d that belongs to it.
func fillStaff(app core.App) error {
	return errors.Join(
		account(app, "staff", id("r", 0), map[string]any{
			"email": "reviewer@examhall.test", "name": "审核员", "roles": []string{"score_reviews.reviewer"}, "active": true,
		}),
		account(app, core.CollectionNameSuperusers, id("d", 0), map[string]any{
			"email": "reviewer@examhall.test", "staff": id("r", 0),
		}),
		account(app, core.CollectionNameSuperusers, id("d", 1), map[string]any{"email": "admin@examhall.test", "role": "admin"}),
	)
}

func fillCandidates(app core.App, candidates int) error {
	for i := range candidates {
		err := errors.Join(
			account(app, "candidates", id("c", i), map[string]any{
				"username": fmt.Sprintf("candidate%d", i), "name": "李䶮", "id_type": "passport",
				"id_number": fmt.Sprintf("E%08d", i), "mobile": fmt.Sprintf("138%08d", i), "verified": true,
			}),
			add(app, "registrations", id("g", i), map[string]any{"candidate": id("c", i), "session": id("s", 0), "status": "paid"}),
			subject(app, i, "0", "案例分析"),
			subject(app, i, "1", "计量"),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

func subject(app core.App, i int, code, name string) error {
	return add(app, "registration_subjects", subjectID(i, code), map[string]any{
		"registration": id("g", i), "code": code, "name": name, "type": "subjective", "flag": "normal", "score": 539,
		"pass_mark": 600, "status": "active",
	})
}

func subjectID(i int, code string) string { return id("j"+code, i)[:2] + id("", i)[1:] }

// fillReviews inserts the applications themselves.
func fillReviews(app core.App, rows int) error {
	_, err := app.NonconcurrentDB().NewQuery(numbered + `
		INSERT INTO score_reviews (id, number, owner, status, session, rev, waits_for, submitted, created, updated)
		SELECT printf('a%014d', i), printf('CJFH20250101%07d', i), owner, status, 's00000000000000', 1,
			CASE WHEN status IN ('submitted', 'accepted') THEN 'authority' ELSE 'nobody' END, at, at, at FROM n`).
		Bind(dbx.Params{"rows": rows, "own": rows / 30}).Execute()
	return err
}
