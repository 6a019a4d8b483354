package pdf

import (
	"strings"

	"examhall/modules/pdf/glyph"
)

// Characters that begin no line 避头 and end none 避尾.
const (
	noStart = "，。、；：？！）》」』】〕〉”’…—·～,.;:?!)]}%%"
	noEnd   = "（《「『【〔〈“‘([{"
)

// measured is a text with the width of each character in thousandths of the size.
type measured struct {
	runes  []rune
	widths []int
}

func measure(f glyph.Face, text string) measured {
	m := measured{runes: []rune(text)}
	m.widths = make([]int, len(m.runes))
	for i, r := range m.runes {
		m.widths[i] = f.Advance(r)
	}
	return m
}

// width of the whole text.
func (m measured) width() int { return sum(m.widths) }

func sum(list []int) int {
	total := 0
	for _, w := range list {
		total += w
	}
	return total
}

// line is a part of a text.
type line struct {
	text  string
	width int  // in thousandths, without the blanks at its end
	last  bool // of its paragraph
}

// wrap breaks a text into lines of a width, the first one shorter by indent. It
// loses nothing but the ends of lines themselves, and breaks a word only where
// it is longer than a line.
func (m measured) wrap(width, indent float64) []line {
	var lines []line
	room := width - indent
	for from := 0; from < len(m.runes); {
		end := from // of what fits
		for used := 0.0; end < len(m.runes) && m.runes[end] != '\n'; end++ {
			if used += float64(m.widths[end]); used > room && m.runes[end] != ' ' {
				break
			}
		}
		whole := end == len(m.runes) || m.runes[end] == '\n'
		if !whole {
			end = m.breakAt(from, end)
		}
		lines = append(lines, m.line(from, end, whole))
		room, from = width, end
		if whole {
			room, from = width-indent, end+1
		}
	}
	return lines
}

// breakAt returns where the line from a character on ends, at most at end.
func (m measured) breakAt(from, end int) int {
	for at := end; at > from+1; at-- {
		if breaks(m.runes[at-1], m.runes[at]) {
			return at
		}
	}
	return max(end, from+1)
}

// breaks reports whether a line may end between two characters.
func breaks(before, after rune) bool {
	switch {
	case strings.ContainsRune(noStart, after), strings.ContainsRune(noEnd, before):
		return false
	}
	return !inWord(before) || !inWord(after)
}

// inWord is true of letters, digits and what stands between them.
func inWord(r rune) bool { return r > ' ' && r < 0x2000 && r != '·' }

func (m measured) line(from, end int, last bool) line {
	text := string(m.runes[from:end])
	trimmed := end
	for trimmed > from && m.runes[trimmed-1] == ' ' {
		trimmed--
	}
	return line{text, sum(m.widths[from:trimmed]), last}
}
