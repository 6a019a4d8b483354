package mailing

import (
	"crypto/rand"
	"math/big"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// The ways to get a certificate that was made again. None is by mail: of others
// nothing else is asked.
const (
	byMail    = "mail"
	atCounter = "counter"
)

// method is 领取方式.
func method() modules.Field {
	return modules.Field{
		Field: &core.TextField{Name: "method", Max: 10}, Input: modules.Pick, Words: []modules.Option{
			{Value: byMail, Label: modules.T("邮寄", "By mail")},
			{Value: atCounter, Label: modules.T("现场", "At the counter")},
		},
		Label: modules.T("领取方式", "How you get it"),
	}
}

// methods offers the counter for certificates that were made again, and nothing
// for others: those are collected without asking.
func methods(s *modules.Step) (map[string][]modules.Choice, error) {
	c, err := s.About()
	if err != nil || c.GetInt("reissue_no") == 0 {
		return nil, nil // who it is about is said elsewhere
	}
	var list []modules.Choice
	for _, o := range method().Words {
		list = append(list, modules.Choice{Value: o.Value, Label: o.Label})
	}
	list[1].Note = modules.T("考试机构服务窗口，凭身份证原件和领取码", "at the authority, with your identity card and the code")
	return map[string][]modules.Choice{"method": list}, nil
}

// chosen wants a way where there are two.
func chosen(s *modules.Step) error {
	c, err := s.About()
	if err != nil || c.GetInt("reissue_no") == 0 || s.Record.GetString("method") != "" {
		return nil // said elsewhere
	}
	return modules.Invalid("method", "validation_required", "Cannot be blank.")
}

// book gives who comes to the counter a code to show there.
func book(s *modules.Step) error {
	if s.Record.GetString("method") != atCounter {
		s.Record.Set("pickup_code", "")
		return nil
	}
	if s.Record.GetString("pickup_code") != "" {
		return nil
	}
	n, err := rand.Int(rand.Reader, big.NewInt(900_000))
	if err == nil {
		s.Record.Set("pickup_code", n.Add(n, big.NewInt(100_000)).String())
	}
	return err
}

// toPost keeps the authority from sending what the holder comes for. Whoever had
// it mailed may still come: that is a handing over like any other.
func toPost(s *modules.Step) error {
	if s.Record.GetString("method") == atCounter {
		return modules.Invalid("status", "pickup_other", "The holder comes for it.")
	}
	return nil
}
