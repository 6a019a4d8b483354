package hooks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// trigger is one SQLite trigger. They refuse what comes past the hooks: raw
// SQL, the SQL console, a script. Hooks refuse first, because a trigger's
// answer has no field.
type trigger struct{ name, sql string }

// triggerPrefix marks the triggers that ExamHall owns and renews at each start.
const triggerPrefix = "examhall_"

// installTriggers drops the triggers of an earlier start, makes those of the
// present definitions, and reads them back.
func (p *Portal) installTriggers(app core.App) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := dropTriggers(tx); err != nil {
			return err
		}
		want := slices.Concat(triggers(p.set), p.guards)
		for _, t := range want {
			if _, err := tx.NonconcurrentDB().NewQuery(t.sql).Execute(); err != nil {
				return fmt.Errorf("trigger %s: %w", t.name, err)
			}
		}
		if _, err := tx.NonconcurrentDB().NewQuery(renewSettings).Execute(); err != nil {
			return err // what was loaded without triggers counts as changed
		}
		return verifyTriggers(tx, want)
	})
}

// Unguarded runs a bulk load in one transaction without the triggers, and makes
// them again before it commits. A crash leaves the guarded database of before.
func (p *Portal) Unguarded(app core.App, load func(tx core.App) error) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := dropTriggers(tx); err != nil {
			return err
		}
		if err := load(tx); err != nil {
			return err
		}
		return p.installTriggers(tx)
	})
}

func dropTriggers(app core.App) error {
	have, err := savedTriggers(app)
	if err != nil {
		return err
	}
	for name := range have {
		if _, err := app.NonconcurrentDB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
			return err
		}
	}
	return nil
}

func savedTriggers(app core.App) (map[string]string, error) {
	rows := []struct{ Name, SQL string }{}
	err := app.NonconcurrentDB().NewQuery("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE {:prefix}").
		Bind(dbx.Params{"prefix": triggerPrefix + "%"}).All(&rows)
	list := map[string]string{}
	for _, r := range rows {
		list[r.Name] = r.SQL
	}
	return list, err
}

func verifyTriggers(app core.App, want []trigger) error {
	have, err := savedTriggers(app)
	if err != nil {
		return err
	}
	for _, t := range want {
		if have[t.name] != t.sql {
			return fmt.Errorf("trigger %s is not what the definitions say", t.name)
		}
	}
	return nil
}

// triggers returns what guards the applications of every business, the audit
// trail and the scores.
func triggers(set *modules.Set) []trigger {
	list := slices.Concat(
		frozen("events", "id = NEW.id"), frozen("versions", "id = NEW.id OR (record = NEW.record AND rev = NEW.rev)"),
		frozen("score_history", "id = NEW.id"), scoreGuards(), moneyGuards(), headGuards(),
	)
	list = append(list,
		refuse("events_order", "INSERT ON events", "NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)", "the audit trail has no gaps"),
	)
	for _, table := range modules.SettingsTables() {
		list = append(list, renew(table)...)
	}
	for _, d := range set.Definitions() {
		list = append(list, guardsOf(d)...)
	}
	return list
}

// renewSettings makes every copy of the settings rows out of date, in this
// process and in others. The text is random, so that a version that was rolled
// back never comes again with other rows.
const renewSettings = "UPDATE settings_version SET version = hex(randomblob(8))"

// renew notices every change of a table of settings, whoever makes it.
func renew(table string) []trigger {
	var list []trigger
	for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
		name := triggerPrefix + table + "_" + strings.ToLower(event) + "_renews"
		list = append(list, trigger{name, fmt.Sprintf("CREATE TRIGGER %s AFTER %s ON %s BEGIN %s; END", name, event, table, renewSettings)})
	}
	return list
}

// unwritten is true of a published score that changes unless the last row of
// its history says so.
const unwritten = `OLD.flag <> 'pending' AND (OLD.score <> NEW.score OR OLD.flag <> NEW.flag) AND NOT EXISTS (
	SELECT 1 FROM score_history h WHERE h.rowid = (SELECT MAX(rowid) FROM score_history WHERE subject = OLD.id)
	AND h.old_score = OLD.score AND h.old_flag = OLD.flag AND h.new_score = NEW.score AND h.new_flag = NEW.flag)`

// scoreGuards keep a published score from changing without its history, and
// from going away to come back as another.
func scoreGuards() []trigger {
	const subjects = "registration_subjects"
	return []trigger{
		refuse("scores", "UPDATE OF score, flag ON "+subjects, unwritten, "a score changes with its history only"),
		refuse("scores_delete", "DELETE ON "+subjects, "OLD.flag <> 'pending'", "a published score stays"),
		refuse("scores_replace", "INSERT ON "+subjects, replaces(subjects, "id = NEW.id"), "a published score stays"),
	}
}

// moneyGuards let no more be paid back than was paid, and no payout have two
// results.
func moneyGuards() []trigger {
	return []trigger{
		refuse("payments_refunded", "UPDATE OF amount, refunded ON payments", "NEW.refunded > NEW.amount OR NEW.refunded < OLD.refunded", "no more is refunded than was paid"),
		refuse("payments_new", "INSERT ON payments", "NEW.refunded > NEW.amount OR NEW.amount < 0", "no more is refunded than was paid"),
		refuse("payouts_settled", "UPDATE ON payouts", "OLD.result <> '' OR "+kept("id", "number", "payment", "refund", "batch", "amount"), "a payout has one result"),
		refuse("payouts_delete", "DELETE ON payouts", "", "payouts stay"),
	}
}

// headGuards let the head of the trail go forward, one event at a time, and
// keep the checkpoints as they are.
func headGuards() []trigger {
	const live = "OLD.id = '" + liveHead + "'"
	return []trigger{
		refuse("heads_update", "UPDATE ON event_heads", "NOT ("+live+") OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1", "the head goes forward only"),
		refuse("heads_delete", "DELETE ON event_heads", "", "heads stay"),
	}
}

// frozen lets rows of a table be added only. SQLite's REPLACE deletes rows
// without asking the trigger of deletions, so a row that would replace another
// one is refused as well; same says which would.
func frozen(table, same string) []trigger {
	return []trigger{
		refuse(table+"_update", "UPDATE ON "+table, "", table+" is append-only"),
		refuse(table+"_delete", "DELETE ON "+table, "", table+" is append-only"),
		refuse(table+"_replace", "INSERT ON "+table, replaces(table, same), table+" is append-only"),
	}
}

// replaces is true of a new row of the table where there is the same already.
func replaces(table, same string) string {
	return fmt.Sprintf("EXISTS (SELECT 1 FROM %s WHERE %s)", table, same)
}

// guardsOf lets applications start and move only along the workflow, one rev at
// a time, and never go away. Whatever else is known about one changes with its
// rev, which the audit trail follows.
func guardsOf(d modules.Definition) []trigger {
	var starts, moves []string
	for _, t := range d.Workflow.Transitions {
		for _, from := range t.From {
			if from == modules.None {
				starts = append(starts, quote(t.To))
			} else {
				moves = append(moves, fmt.Sprintf("(%s, %s)", quote(from), quote(t.To)))
			}
		}
	}
	slices.Sort(moves)
	moved := fmt.Sprintf("(OLD.status <> NEW.status OR OLD.rev <> NEW.rev) AND (NEW.rev <> OLD.rev + 1 OR (OLD.status, NEW.status) NOT IN (VALUES %s))", strings.Join(moves, ", "))
	return []trigger{
		refuse(d.Name+"_start", "INSERT ON "+d.Name, fmt.Sprintf("NEW.status NOT IN (%s)", strings.Join(starts, ", ")), "no such start"),
		refuse(d.Name+"_move", "UPDATE OF status, rev ON "+d.Name, moved, "no such transition"),
		refuse(d.Name+"_rev", "UPDATE OF "+strings.Join(followed(d), ", ")+" ON "+d.Name, "NEW.rev <> OLD.rev + 1", "a change takes the next rev"),
		refuse(d.Name+"_owner", "UPDATE OF id, owner, number ON "+d.Name, kept("id", "owner", "number"), "an application keeps its id, owner and number"),
		refuse(d.Name+"_replace", "INSERT ON "+d.Name, replaces(d.Name, "id = NEW.id OR number = NEW.number"), "an application is never replaced"),
		refuse(d.Name+"_delete", "DELETE ON "+d.Name, "", "applications are never deleted"),
	}
}

// followed lists the columns of a business that change with a step only. A claim
// is no step, and PocketBase sets its dates itself.
func followed(d modules.Definition) []string {
	var list []string
	for _, f := range d.Collection().Fields {
		if name := f.GetName(); name != "id" && name != "claimed_by" && f.Type() != core.FieldTypeAutodate {
			list = append(list, "`"+name+"`")
		}
	}
	return list
}

// kept is true of a row in which one of the columns changes.
func kept(columns ...string) string {
	tests := make([]string, len(columns))
	for i, c := range columns {
		tests[i] = fmt.Sprintf("OLD.%s <> NEW.%s", c, c)
	}
	return strings.Join(tests, " OR ")
}

func quote(s modules.State) string { return "'" + strings.ReplaceAll(string(s), "'", "''") + "'" }

func refuse(name, event, when, message string) trigger {
	name = triggerPrefix + name
	if when != "" {
		when = " WHEN " + when
	}
	return trigger{name, fmt.Sprintf("CREATE TRIGGER %s BEFORE %s%s BEGIN SELECT RAISE(ABORT, 'examhall: %s'); END", name, event, when, message)}
}
