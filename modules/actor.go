package modules

import (
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Role is the part somebody plays in a workflow.
type Role string

// The roles. Candidate is the owner of an application, System is ExamHall itself
// (jobs, effects), Linked is a step in another application whose effect this is;
// the others are staff.
const (
	Candidate Role = "candidate"
	Reviewer  Role = "reviewer"
	Approver  Role = "approver"
	Finance   Role = "finance"
	Cert      Role = "cert"
	Auditor   Role = "auditor"
	Operator  Role = "operator"
	System    Role = "system"
	Linked    Role = "linked"
)

// The kinds of actors, as the audit trail names them.
const (
	KindCandidate = "candidate"
	KindStaff     = "staff"
	KindSystem    = "system"
	KindAdmin     = "admin"
)

// Actor is somebody who changes an application. The zero value is nobody and
// may do nothing.
type Actor struct {
	Kind  string
	ID    string
	Name  string
	Roles []Role
	Via   string // number of the application whose effect acts, if one does
}

// Portal is the actor of changes that no request asked for.
func Portal() Actor {
	return Actor{Kind: KindSystem, Name: "examhall", Roles: []Role{System}}
}

// personal reports whether members of staff can have the role.
func (r Role) personal() bool { return r != Candidate && r != System && r != Linked }

// Has reports whether the actor plays the role.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// Staff reports whether the actor works for the authority.
func (a Actor) Staff() bool { return a.Kind == KindStaff }

// ActorOf returns the actor behind an authenticated record, with the roles
// that it has in the given business: the role score_reviews.reviewer is
// reviewer in score_reviews and nothing elsewhere. The administrator has no
// role: who runs the system decides no case.
func ActorOf(auth *core.Record, service string) Actor {
	if auth == nil {
		return Actor{}
	}
	a := Actor{ID: auth.Id, Name: auth.GetString("name")}
	switch auth.Collection().Name {
	case "candidates":
		a.Kind, a.Roles = KindCandidate, []Role{Candidate}
	case "staff":
		a.Kind, a.Roles = KindStaff, rolesIn(auth.GetStringSlice("roles"), service)
	default:
		a.Kind = KindAdmin
	}
	return a
}

// rolesIn keeps the roles that count in a business. No staff member is the
// candidate, the system or an effect, whatever the row says.
func rolesIn(all []string, service string) []Role {
	var list []Role
	for _, r := range all {
		business, role, scoped := strings.Cut(r, ".")
		if !scoped {
			role = business
		} else if business != service {
			continue
		}
		if Role(role).personal() {
			list = append(list, Role(role))
		}
	}
	return list
}

// actorKey is where a record carries its actor. PocketBase skips keys with this
// prefix whenever it exports a record, and no request can set it.
const actorKey = "@pbInternalActor"

// Sign notes on the record who changes it.
func Sign(r *core.Record, a Actor) { r.SetRaw(actorKey, a) }

// Signer returns who changes the record: ExamHall itself if nobody signed,
// which every request does.
func Signer(r *core.Record) Actor {
	if a, ok := r.GetRaw(actorKey).(Actor); ok {
		return a
	}
	return Portal()
}
