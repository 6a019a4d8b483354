// Package pdf makes certificates and letters: layouts that are data, filled with
// values, become PDF files.
//
// gofpdf composes the pages. What it does badly with Chinese is not asked of it:
// characters come from code pages that are made for each document (package
// glyph), so every character of GB 18030-2022 can be drawn, copied and searched,
// and one that cannot be drawn holds the document (MissingGlyphs). The content
// of the pages is then put together with fonts, pictures and metadata.
//
// What is the same on all certificates of a batch, the plate, is made once and
// copied. The same document gives the same bytes, on every machine.
package pdf

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"examhall/modules/pdf/glyph"
)

//go:embed srgb.icc
var srgb []byte

// Options say what the program knows of layouts.
type Options struct {
	// Known lists the values that the program fills in, by layout. A layout that
	// declares others is refused; one that stands not here may declare any.
	Known map[string][]string
}

// Press makes documents of its layouts. It is immutable and may be used by
// several goroutines.
type Press struct {
	fonts     glyph.Set
	layouts   map[string]*layout
	resources map[string]string // by stub; see font.go
	deflaters *deflaters
	patterns  patterns
	profile   []byte // the ICC profile as an object of a file
}

// Open reads all layouts, the files *.json of a folder, and the pictures that
// they name. It returns every fault of every layout with file, line and reason.
func Open(layouts fs.FS, fonts glyph.Set, o Options) (*Press, error) {
	p := &Press{fonts: fonts, layouts: map[string]*layout{}, deflaters: newDeflaters()}
	var err error
	if p.resources, err = resources(fonts); err != nil {
		return nil, err
	}
	p.profile = p.stream("/N 3", srgb, best)
	names, err := fs.Glob(layouts, "*.json")
	if err != nil {
		return nil, err
	}
	var faults []error
	all := &places{files: layouts, known: map[string]picture{}}
	for _, file := range names {
		lay, err := p.open(all, file, o)
		faults = append(faults, err)
		p.layouts[lay.name] = lay
	}
	if len(names) == 0 {
		faults = append(faults, errors.New("there is no layout"))
	}
	return p, errors.Join(faults...)
}

// open reads one layout and tries it with its own sample.
func (p *Press) open(all *places, file string, o Options) (*layout, error) {
	lay := &layout{press: p, file: file, name: strings.TrimSuffix(path.Base(file), ".json"), plates: &plates{}}
	data, err := fs.ReadFile(all.files, file)
	if err != nil {
		return lay, err
	}
	n, err := parse(data)
	if err != nil {
		return lay, fmt.Errorf("%s:%w", file, err)
	}
	r := &reader{press: p, lay: lay, colors: map[string]rgb{}}
	r.layout(n, all, o)
	if err := r.err(); err != nil {
		return lay, err
	}
	return lay, lay.try()
}

// Layouts returns the names of the layouts, sorted.
func (p *Press) Layouts() []string { return slices.Sorted(maps.Keys(p.layouts)) }

// Values returns the names of the values that a layout declares, sorted.
func (p *Press) Values(layout string) []string {
	lay, ok := p.layouts[layout]
	if !ok {
		return nil
	}
	return slices.Clone(lay.names)
}

// Missing returns the characters of texts that a layout cannot draw. It renders
// nothing.
func (p *Press) Missing(layout string, texts ...string) []rune {
	lay, ok := p.layouts[layout]
	if !ok {
		return nil
	}
	return lay.missing(texts...)
}

func (l *layout) missing(texts ...string) []rune {
	var missing []rune
	for _, name := range l.faces {
		missing = append(missing, l.press.fonts[name].Missing(texts...)...)
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}
