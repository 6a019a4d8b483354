package hooks

import (
	"io/fs"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/sealed"
)

// Now returns what the clock of the portal says.
func (p *Portal) Now() time.Time { return p.now() }

// Ring returns the keys of sealed fields.
func (p *Portal) Ring() *sealed.Ring { return p.ring }

// Guard adds a trigger to those that every start makes anew. It refuses the
// event, such as "DELETE ON certificates", when the condition holds; an empty
// one always does. It must be called before the server starts.
func (p *Portal) Guard(name, event, when, message string) {
	p.guards = append(p.guards, refuse(name, event, when, message))
}

// Freeze adds triggers that let rows of a table be added only. same tells which
// rows a new one would replace: "id = NEW.id".
func (p *Portal) Freeze(table, same string) { p.guards = append(p.guards, frozen(table, same)...) }

// Templates returns the folder templates, or nil where there is none.
func (p *Portal) Templates() fs.FS { return p.options.Templates }

// Inspect returns why a file that was uploaded is no material, or nil, and gives
// it the extension of what it is.
func Inspect(file *filesystem.File, limit int64) modules.Problem { return inspectFile(file, limit) }

// Act is something that was done outside of a workflow, as the audit trail
// keeps it: names and hashes, no values.
type Act struct {
	Service, Record string // the collection and the row
	Owner           string // the candidate whom it is about
	Action          string
	From, To        string
	Actor           modules.Actor
	Content         string // a hash of what else was written
}

// Append adds an act to the audit trail, in the transaction of what it tells
// about.
func (p *Portal) Append(tx core.App, a Act) error {
	return p.appendEvent(tx, event{
		Service: a.Service, Record: a.Record, Owner: a.Owner, Action: a.Action, From: a.From, To: a.To,
		ActorKind: a.Actor.Kind, Actor: a.Actor.ID, Via: a.Actor.Via, Content: a.Content, At: dateTime(p.now()).String(),
	})
}

// Answer turns problems into what a route answers with. Any other error stays
// as it is.
func Answer(err error) error { return answer(err) }

// InTransaction runs a hook of a record in the transaction of its save, and
// opens one where there is none.
func InTransaction(e *core.RecordEvent, run func() error) error { return inTransaction(e, run) }
