// Package hooks binds what all businesses share: who may act, the workflow, the
// audit trail, masks, deadlines and messages. Each hook has a file of its own;
// this one shows their order.
package hooks

import (
	"errors"
	"io/fs"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// KeyFile is the name of the key file in the data folder.
const KeyFile = "keys.json"

// Options are what an installation decides. Flags of the command line are read
// into them after [Register].
type Options struct {
	Modules   []modules.Module // the businesses, in menu order
	Ring      *sealed.Ring     // the keys of sealed fields and of the audit trail
	Public    fs.FS            // pb_public
	Templates fs.FS            // templates
	Now       func() time.Time // the one clock; nil is the real one

	CaptchaOff bool   // for tests and load runs
	SQLConsole bool   // opens PocketBase's SQL console to the administrator
	HooksDir   string // trusted scripts that define businesses, see [Scripts]; empty is off

	SigningKey   string // PEM file of the key that signs PDF files; empty is the development key
	SigningChain string // PEM file of its certificates; empty where the key's file holds them

	// LiveClients is how many realtime connections the node takes; the pages
	// of further ones poll. Zero means 2,000.
	LiveClients int
}

// Portal is one running ExamHall.
type Portal struct {
	set     *modules.Set
	ring    *sealed.Ring
	now     func() time.Time
	options *Options

	captchas     *captchas
	countCaptcha func(e *core.RequestEvent) (time.Duration, error) // see [Portal.LimitCaptchas]
	guards       []trigger                                         // of packages beside this one, see [Portal.Guard]
	pages        *pages
	tidings      map[string]Tidings // by collection, see [Portal.Tell]
}

// MustRegister registers the portal and panics if it fails.
func MustRegister(app core.App, o *Options) *Portal {
	p, err := Register(app, o)
	if err != nil {
		panic(err)
	}
	return p
}

// Register binds the shared hooks, then the hooks of the modules themselves.
func Register(app core.App, o *Options) (*Portal, error) {
	set, err := modules.NewSet(o.Modules...)
	if err != nil {
		return nil, err
	}
	p := &Portal{set: set, ring: o.Ring, now: o.Now, options: o}
	if p.now == nil {
		p.now = time.Now
	}
	modules.SetClock(app, p.now)
	p.captchas = newCaptchas(p.now)

	p.bindWho(app)
	p.bindWritten(app)
	p.bindRead(app)
	p.bindItself(app)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := o.fitForProduction(); err != nil {
			return err
		}
		if err := p.Prepare(e.App); err != nil {
			return err
		}
		return e.Next()
	})
	return p, set.Bind(app)
}

// bindWho decides who asks, and what of the request is kept.
func (p *Portal) bindWho(app core.App) {
	bindStaff(app)
	bindSession(app, p)
	bindAdmin(app)
	bindConsole(app, &p.options.SQLConsole)
	bindLogin(app, p)
	bindActor(app, p)
	bindLog(app)
	bindPrivate(app)
	bindBounds(app)
}

// bindWritten decides what may be written. The hooks run in this order.
func (p *Portal) bindWritten(app core.App) {
	bindKept(app, p)
	bindBody(app, p)
	bindRev(app, p)
	bindSubmission(app, p)
	bindOwner(app, p)
	bindUpload(app, p)
	bindMask(app)
	bindStaffColumns(app, p)
	bindLeftovers(app, p)
	bindWorkflow(app, p)
	bindRules(app, p)
	bindOperator(app, p)
	bindSchema(app, p)
	bindWatch(app, p)
	bindWatchSchema(app, p)
}

// bindRead serves what candidates, staff and the public read.
func (p *Portal) bindRead(app core.App) {
	bindCatalog(app, p)
	bindRegions(app)
	bindOffers(app, p)
	bindApplications(app, p)
	bindNotifications(app, p)
	bindLive(app, p)
	bindDeskAPI(app, p)
	bindDesk(app)
	bindPages(app, p)
}

// bindItself starts what happens by itself.
func (p *Portal) bindItself(app core.App) {
	bindExpire(app, p)
	bindCheckpoint(app, p)
	bindBackup(app)
}

// Prepare refuses a database that does not fit the definitions and renews the
// triggers. It runs at every start, and before a command writes in bulk.
func (p *Portal) Prepare(app core.App) error {
	if err := errors.Join(p.fitKeys(app), p.set.Verify(app)); err != nil {
		return err
	}
	return p.installTriggers(app)
}

// Set returns the businesses of the portal.
func (p *Portal) Set() *modules.Set { return p.set }
