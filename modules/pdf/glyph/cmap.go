package glyph

import "slices"

// segment maps a range of characters to glyphs.
type segment struct {
	first, last rune
	id          func(r rune) int
}

// readCharacters takes the best table: format 12, which knows all planes, before
// format 4, which has those below U+10000, or the codes of a symbolic font.
func (f *Font) readCharacters() error {
	all := f.tables["cmap"]
	for i := range u16(all, 2) {
		platform, encoding := u16(all, 4+8*i), u16(all, 6+8*i)
		t := all[u32(all, 8+8*i):]
		unicode := platform == 0 || platform == 3 && (encoding <= 1 || encoding == 10)
		switch format := u16(t, 0); {
		case unicode && format == 12:
			f.lookup = wide(t)
			return nil
		case unicode && format == 4:
			f.lookup = narrow(t)
		}
	}
	if f.lookup == nil {
		return errFont
	}
	return nil
}

// wide reads format 12.
func wide(t []byte) []segment {
	list := make([]segment, u32(t, 12))
	for i := range list {
		group := t[16+12*i:]
		first, id := rune(u32(group, 0)), u32(group, 8)
		list[i] = segment{first, rune(u32(group, 4)), func(r rune) int { return id + int(r-first) }}
	}
	return list
}

// narrow reads format 4.
func narrow(t []byte) []segment {
	n := u16(t, 6) / 2
	list := make([]segment, n)
	for i := range list {
		first, delta := u16(t, 16+2*n+2*i), u16(t, 16+4*n+2*i)
		offset := 16 + 6*n + 2*i
		jump := u16(t, offset)
		list[i] = segment{rune(first), rune(u16(t, 14+2*i)), func(r rune) int {
			if jump == 0 {
				return (int(r) + delta) & 0xffff
			}
			id := u16(t, offset+jump+2*(int(r)-first))
			if id == 0 {
				return 0
			}
			return (id + delta) & 0xffff
		}}
	}
	return list
}

// id returns the number of the glyph of a character, 0 if there is none.
func (f *Font) id(r rune) int {
	i, ok := slices.BinarySearchFunc(f.lookup, r, func(s segment, r rune) int {
		switch {
		case s.last < r:
			return -1
		case s.first > r:
			return 1
		}
		return 0
	})
	if !ok {
		return 0
	}
	return f.lookup[i].id(r)
}
