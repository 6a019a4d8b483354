package hooks

import "examhall/modules"

// Tidings are the messages about rows that are no applications, such as
// certificates: their words by action, and the page that shows such a row.
type Tidings struct {
	Title modules.Text
	Texts map[string]modules.Text
	Page  string // the address before the id of the row
}

// Tell gives the messages about rows of a collection their words. It must be
// called before the server starts. Whoever writes the rows of notifications
// does it in the transaction of what they tell about.
func (p *Portal) Tell(service string, t Tidings) {
	if p.tidings == nil {
		p.tidings = map[string]Tidings{}
	}
	p.tidings[service] = t
}
