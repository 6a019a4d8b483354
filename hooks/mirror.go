package hooks

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	pblist "github.com/pocketbase/pocketbase/tools/list"

	"examhall/modules"
)

// mirror writes the chosen values of rows into their table, whose unique index
// lets each value be in one active application only.
func mirror(s *modules.Step) error {
	for _, rows := range s.Definition.Rows {
		if rows.Once.Table == "" {
			continue
		}
		active := !containsState(rows.Once.Frees, s.Transition.To)
		if !s.Transition.WritesForm() {
			_, err := s.App.NonconcurrentDB().Update(rows.Once.Table, dbx.Params{"active": active},
				dbx.NewExp("application = {:id} AND active != {:active}", dbx.Params{"id": s.Record.Id, "active": active})).Execute()
			if err != nil {
				return err
			}
			continue
		}
		if err := remirror(s, rows, active); err != nil {
			return err
		}
	}
	return nil
}

func remirror(s *modules.Step, rows modules.Rows, active bool) error {
	values, err := rows.Chosen(s.Record)
	if err != nil {
		return err
	}
	if s.From != modules.None {
		_, err := s.App.NonconcurrentDB().Delete(rows.Once.Table, dbx.HashExp{"application": s.Record.Id}).Execute()
		if err != nil {
			return err
		}
	}
	err = insertChosen(s, rows, values, active)
	if err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed") {
		return takenBefore(s, rows, values, err)
	}
	return err
}

// insertChosen writes all values in one statement.
func insertChosen(s *modules.Step, rows modules.Rows, values []string, active bool) error {
	if len(values) == 0 {
		return nil
	}
	params := dbx.Params{"application": s.Record.Id, "active": active}
	lines := make([]string, len(values))
	for i, value := range values {
		params[fmt.Sprint("id", i)], params[fmt.Sprint("value", i)] = core.GenerateDefaultRandomId(), value
		lines[i] = fmt.Sprintf("({:id%d}, {:application}, {:value%d}, {:active})", i, i)
	}
	_, err := s.App.NonconcurrentDB().NewQuery(fmt.Sprintf("INSERT INTO %s (id, application, %s, active) VALUES %s",
		rows.Once.Table, rows.Choice, strings.Join(lines, ", "))).Bind(params).Execute()
	return err
}

// takenBefore turns the failure of a unique index into the problems of the
// values that are in another active application.
func takenBefore(s *modules.Step, rows modules.Rows, values []string, failure error) error {
	var taken []string
	err := s.App.DB().Select(rows.Choice).From(rows.Once.Table).
		Where(dbx.HashExp{"active": true, rows.Choice: pblist.ToInterfaceSlice(values)}).
		AndWhere(dbx.Not(dbx.HashExp{"application": s.Record.Id})).Column(&taken)
	if err != nil || len(taken) == 0 {
		return errors.Join(failure, err)
	}
	problems := validation.Errors{}
	for i, value := range values {
		if contains(taken, value) {
			problems[rows.At(i, rows.Choice)] = modules.NewProblem(rows.Once.Code, rows.Once.Text, nil)
		}
	}
	return problems
}
