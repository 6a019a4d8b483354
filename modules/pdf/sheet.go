package pdf

import (
	"slices"
	"strconv"
)

// point is a typographic point in millimetres.
const point = 25.4 / 72

// sheet collects what is drawn, page by page, before fonts are made and gofpdf
// composes it.
//
// A document is drawn in two passes. The first one draws what recurs, for the
// plate, and knows of other values only whether they are empty. The second one
// draws the rest.
type sheet struct {
	*layout
	values values
	doc    Document
	marks  []Mark
	plate  bool // the first pass

	pages [][]operation
	page  int     // that is drawn on
	block bool    // elements stand in a block of the flow, which is no part of the plate
	x, y  float64 // where the corner of the block is
	seal  seal    // the last one that was drawn
	qr    []byte  // the QR code as a form
}

// seal is where a seal was drawn: the page, and its place in millimetres.
type seal struct {
	page int
	box  [4]float64 // left, top, width, height; all 0 without a seal
}

// corners returns the box as PDF counts: points from the lower left.
func (k seal) corners() (left, bottom, right, top float64) {
	if k.box[2] == 0 {
		return 0, 0, 0, 0
	}
	return k.box[0] / point, (pageHeight - k.box[1] - k.box[3]) / point, (k.box[0] + k.box[2]) / point, (pageHeight - k.box[1]) / point
}

// due reports whether this pass draws what recurs, or what does not.
func (s *sheet) due(recurring bool) bool { return s.block || recurring == s.plate }

// operation is something that gofpdf composes.
type operation interface {
	compose(c *canvas)
}

// add draws on the current page.
func (s *sheet) add(o operation) {
	for len(s.pages) <= s.page {
		s.pages = append(s.pages, make([]operation, 0, 16))
	}
	s.pages[s.page] = append(s.pages[s.page], o)
}

// has reports whether a mark is set or a value is not empty.
func (s *sheet) has(name string) bool {
	return slices.Contains(s.marks, name) || s.values[name] != ""
}

// place draws the elements of a page that meet their conditions.
func (s *sheet) place(r role, over bool) error {
	for _, e := range s.elements {
		if e.over == over && e.on(r) && e.holds(s) {
			if err := s.draw(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// draw draws an element and tells its line where it fails.
func (s *sheet) draw(e *element) error {
	err := e.draw(s)
	if long, ok := err.(TooLong); ok && long.Place == "" {
		long.Place = s.file + ":" + strconv.Itoa(e.line)
		return long
	}
	return err
}

// finish draws the elements that are not on the plate, now that the number of
// pages is known.
func (s *sheet) finish() error {
	n := max(len(s.pages), 1)
	s.values["pages"] = strconv.Itoa(n)
	for i := range n {
		s.page, s.values["page"] = i, strconv.Itoa(i+1)
		for _, over := range []bool{false, true} {
			if err := s.place(roleOf(i, n), over); err != nil {
				return err
			}
		}
	}
	return nil
}
