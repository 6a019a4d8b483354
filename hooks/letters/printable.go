package letters

import (
	"fmt"
	"slices"
	"strings"

	"examhall/modules"
	"examhall/modules/pdf"
)

// makePrintable writes every text of a paper in characters that can be printed.
// What people typed into a form, such as an emoji in a reason, must not keep
// them from their letter: such a character is named by its code point. In a name
// nothing may stand for another character, so the value "name" stays as it is.
func (o *Office) makePrintable(layout string, d *pdf.Document) {
	for key, text := range d.Values {
		text = clean(text)
		if key != "name" {
			text = o.spelt(layout, text)
		}
		d.Values[key] = text
	}
	own := d.Values["name"]
	for _, rows := range d.Rows {
		for _, row := range rows {
			for key, text := range row {
				if text = clean(text); text != own {
					text = o.spelt(layout, text)
				}
				row[key] = text
			}
		}
	}
}

// spelt replaces characters that no font has by their code points.
func (o *Office) spelt(layout, text string) string {
	missing := o.press.Missing(layout, strings.ReplaceAll(text, "\n", ""))
	if len(missing) == 0 {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		if slices.Contains(missing, c) {
			fmt.Fprintf(&b, "〔U+%04X〕", c)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// clean drops what has no look of its own, and leaves one kind of space and of
// line break.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t', c == '\u00A0':
			return ' '
		case c == '\r':
			return '\n'
		case c != '\n' && c != '\uFFFD' && modules.Forbidden(c), c >= '\u200B' && c <= '\u200F', c == '\uFEFF':
			return -1
		case c >= '\uFE00' && c <= '\uFE0F', c >= 0xE0100 && c <= 0xE01EF: // they choose a shape that one font has
			return -1
		}
		return c
	}, text)
}
