package sealed

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Audience is who looks at a value. The zero Audience is [Public].
type Audience string

// The audiences. What Public sees, Staff sees too, and what Staff sees, Own
// sees too, so that pages put side by side open no more than the widest mask.
const (
	Own     Audience = "own"     // the candidate whose data it is
	Staff   Audience = "staff"   // every reviewer
	Cert    Audience = "cert"    // staff who mail certificates: addresses and contacts
	Finance Audience = "finance" // staff who pay money back: bank cards
	Public  Audience = "public"  // everybody else
)

func audiences() []Audience { return []Audience{Own, Staff, Cert, Finance, Public} }

const (
	// nothing stands for a text of which no character is shown; its length is
	// the same for all, because the length of an address says something too.
	nothing = "***"
	// hidden is how many characters a mask covers at least: of a short passport
	// number less is shown than of an 18-digit number.
	hidden = 4
	whole  = -1
)

// window is how many code points a mask leaves at the head and the tail.
type window struct{ head, tail int }

// shown is the policy: what an audience sees of a kind. What is not listed is
// not shown.
func shown(kind string, to Audience) window {
	switch kind {
	case KindIDNumber:
		if to == Public {
			return window{1, 1}
		}
		return window{3, 2}
	case KindMobile:
		if to != Public {
			return window{3, 4}
		}
	case KindBankCard:
		if to == Finance {
			return window{whole, whole}
		}
		if to != Public {
			return window{0, 4}
		}
	case KindAddress, KindContact:
		if to == Own || to == Cert {
			return window{whole, whole}
		}
	case KindName:
		if to != Public {
			return window{whole, whole}
		}
	}
	return window{}
}

// Masked returns what the audience may see of plain, a text of the given kind.
// It counts code points. An unknown kind or audience sees nothing.
func Masked(kind string, to Audience, plain string) string {
	if plain == "" {
		return ""
	}
	w := shown(kind, known(to))
	if w.head == whole {
		return plain
	}
	text := []rune(plain)
	w = w.fit(len(text))
	if w.head+w.tail == 0 {
		return nothing
	}
	covered := len(text) - w.head - w.tail
	return string(text[:w.head]) + strings.Repeat("*", covered) + string(text[len(text)-w.tail:])
}

// known returns to, or Public for an audience that does not exist.
func known(to Audience) Audience {
	for _, a := range audiences() {
		if a == to {
			return to
		}
	}
	return Public
}

// fit makes w smaller until enough of n code points stay covered. It gives up
// head and tail by turns, so that a narrower window stays inside a wider one.
func (w window) fit(n int) window {
	for w.head+w.tail > 0 && n-w.head-w.tail < hidden {
		if w.head >= w.tail {
			w.head--
		} else {
			w.tail--
		}
	}
	return w
}

// Show sets what JSON, String and logs show of every sealed field of r to the
// mask of the audience. It changes r, so call it on the copy that one reader
// gets; the clear text stays in it and saving r stays possible.
func Show(r *core.Record, to Audience) {
	for _, f := range fieldsOf(r.Collection()) {
		v := f.value(r)
		v.audience = to
		r.SetRaw(f.Name, v)
	}
}

// Restore undoes what a form does that sends the whole record back: a sealed
// field that holds the mask of its own original text gets the original back.
func Restore(r *core.Record) {
	original := r.Original()
	for _, f := range fieldsOf(r.Collection()) {
		was, is := f.value(original), f.value(r)
		if is.content != was.content && maskOf(was, is.Plain()) {
			r.SetRaw(f.Name, was)
		}
	}
}

// maskOf says whether text is what some audience is shown of v.
func maskOf(v Value, text string) bool {
	if v.Plain() == "" || text == "" {
		return false
	}
	for _, a := range audiences() {
		if Masked(v.content.kind, a, v.Plain()) == text {
			return true
		}
	}
	return false
}
