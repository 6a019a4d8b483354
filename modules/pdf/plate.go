package pdf

import (
	"crypto/sha256"
	"fmt"
	"sync"
)

// plate is the part of a document that others share: the beginning of the file,
// with fixed texts, what recurs, fonts and pictures.
type plate struct {
	*file
	under, over [roles]int // forms, by the role of the page; 0 is none
	pictures    []byte     // entries of resources
	sum         [sha256.Size]byte
}

// plates keeps the plates of a layout that were used lately: new ones, and those
// of the generation before.
type plates struct {
	sync.Mutex
	young, old map[string]*plate
}

// generation is how many plates are young: a batch of many kinds fits.
const generation = 128

// find returns a plate, and makes it where there is none. Two goroutines may
// make the same one; it is the same.
func (k *plates) find(key string, make func() (*plate, error)) (*plate, error) {
	k.Lock()
	p := k.young[key]
	if p == nil {
		p = k.old[key]
	}
	k.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := make()
	if err == nil {
		k.keep(key, p)
	}
	return p, err
}

func (k *plates) keep(key string, p *plate) {
	k.Lock()
	defer k.Unlock()
	if len(k.young) >= generation {
		k.young, k.old = nil, k.young
	}
	if k.young == nil {
		k.young = map[string]*plate{}
	}
	k.young[key] = p
}

// plate returns the plate of a document. It depends on the marks, on what
// recurs, and on which other values are empty; on nothing else.
func (l *layout) plate(v values, marks []Mark) (*plate, error) {
	key := make([]byte, 0, 256)
	for _, m := range marks {
		key = append(append(key, m...), 0)
	}
	shared := make(values, len(v))
	for _, name := range l.names {
		text := v[name]
		if !l.values[name].recurring && text != "" {
			text = "x"
		}
		shared[name] = text
		key = append(append(key, 0), text...)
	}
	return l.plates.find(string(key), func() (*plate, error) { return l.newPlate(shared, marks) })
}

func (l *layout) newPlate(v values, marks []Mark) (*plate, error) {
	s := &sheet{layout: l, values: v, marks: marks, plate: true}
	first := firstPage | lastPage // the only page
	if l.flow != nil {
		first = 0
	}
	s.pages = make([][]operation, 2*roles)
	for r := first; r < roles; r++ {
		for i, over := range []bool{false, true} {
			s.page = 2*int(r) + i
			if err := s.place(r, over); err != nil {
				return nil, err
			}
		}
	}
	fonts, err := l.press.makeFonts(s.pages)
	if err != nil {
		return nil, err
	}
	c := newCanvas(fonts)
	for _, page := range s.pages {
		c.page(page)
	}
	contents, err := c.contents()
	if err != nil {
		return nil, err
	}
	return l.castPlate(s, fonts, contents), nil
}

// castPlate writes the beginning of the file.
func (l *layout) castPlate(s *sheet, fonts []*font, contents [][]byte) *plate {
	p := &plate{file: newFile()}
	p.add(l.press.profile)
	for i, pic := range l.drawn {
		p.pictures = fmt.Appendf(p.pictures, "/%s %d 0 R", pictureName(i), pic.add(p.file))
	}
	resources := p.addf("<<%s/XObject<<%s>>>>", l.press.addFonts(p.file, fonts, good), p.pictures)
	for i, content := range contents {
		if len(s.pages[i]) == 0 {
			continue
		}
		form := p.add(l.press.stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 595.28 841.89]/Resources %d 0 R", resources), content, good))
		if i%2 == 0 {
			p.under[i/2] = form
		} else {
			p.over[i/2] = form
		}
	}
	p.sum = sha256.Sum256(p.data)
	return p
}

// add writes the picture and returns its number.
func (k picture) add(f *file) int {
	if k.mask == nil {
		return f.add(k.data)
	}
	mask := f.add(k.mask)
	return f.addf("<</SMask %d 0 R%s", mask, k.data[len("<<"):])
}
