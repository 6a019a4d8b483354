package mailing

import (
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/certificate"
)

// mailable wants a certificate whose paper lies ready. Whoever changes a request
// has moved it into the state of being mailed already.
func mailable(s *modules.Step) error {
	c, err := s.About()
	if err != nil {
		return err
	}
	if problem := obstacle(c, s.From != modules.None); problem != nil {
		return validation.Errors{"certificate": problem}
	}
	return nil
}

// obstacle returns why the paper of a certificate cannot be mailed, or nil.
func obstacle(c *core.Record, asked bool) modules.Problem {
	if p := invalid(c); p != nil {
		return p
	}
	if c.GetString("medium") == "electronic" {
		return modules.NewProblem("cert_no_paper", "There is no paper of this certificate: download it.", nil)
	}
	switch c.GetString("distribution") {
	case certificate.Ready, certificate.ReturnedMail:
		return nil
	case certificate.Mailing, certificate.Shipped:
		if asked {
			return nil
		}
		return modules.NewProblem("mail_already", "There is a mailing for this certificate already.", nil)
	case certificate.Collected:
		return modules.NewProblem("cert_collected", "The certificate has been collected.", nil)
	}
	return modules.NewProblem("cert_not_ready", "The certificate is not ready yet.", nil)
}

// invalid is the problem of a certificate that nobody should have any more.
func invalid(c *core.Record) modules.Problem {
	if c.GetString("status") == certificate.Valid {
		return nil
	}
	return modules.NewProblem("cert_not_valid", "The certificate is not valid any more.", nil)
}

// valid keeps the authority from sending what was revoked meanwhile.
func valid(s *modules.Step) error {
	c, err := s.About()
	if err != nil {
		return err
	}
	if problem := invalid(c); problem != nil {
		return validation.Errors{"status": problem}
	}
	return nil
}

// window takes requests while the session says so, else from the issue until
// the paper is no longer kept.
func window(s *modules.Step) (opens, closes time.Time, err error) {
	c, err := s.About()
	if err != nil {
		return opens, closes, err
	}
	opens, closes, err = certificate.Keeping(c)
	if err != nil || s.Record.GetString("session") == "" {
		return opens, closes, err
	}
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	if from := session.GetDateTime("mailing_opens"); !from.IsZero() {
		opens = from.Time()
	}
	if to := session.GetDateTime("mailing_closes"); !to.IsZero() {
		closes = to.Time()
	}
	return opens, closes, nil
}

// distribute returns the effect that says where the paper is now.
func distribute(to string) modules.Effect {
	return func(s *modules.Step) error {
		c, err := s.About()
		if err != nil {
			return err
		}
		c.Set("distribution", to)
		c.Set("rev", c.GetInt("rev")+1)
		return s.Save(c)
	}
}

// Bind stops what is being mailed when its certificate becomes void, in the
// same transaction, and writes waybill numbers the one way they are compared.
func (b Business) Bind(app core.App) error {
	app.OnRecordUpdateExecute("certificates").BindFunc(func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil || e.Record.GetString("status") == certificate.Valid {
				return err
			}
			return stop(tx, e.Record.Id)
		})
	})
	app.OnRecordUpdate(b.Name).BindFunc(func(e *core.RecordEvent) error {
		e.Record.Set("waybill", Waybill(e.Record.GetString("waybill")))
		return e.Next()
	})
	return nil
}

// stop ends the open requests about a certificate.
func stop(tx core.App, id string) error {
	list, err := tx.FindAllRecords("mailings", dbx.HashExp{
		"certificate": id, "status": []any{string(modules.Submitted), string(Accepted)},
	})
	for _, r := range list {
		modules.Sign(r, modules.Portal())
		r.Set("status", string(Stopped))
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return err
}
