// Package fonts embeds the glyph packs of certificates and their licences. The
// command modules/pdf/glyph/makepack makes the packs.
package fonts

import (
	_ "embed"
	"fmt"

	"examhall/modules/pdf/glyph"
)

//go:embed song.gpk
var song []byte

//go:embed song-bold.gpk
var bold []byte

//go:embed song-rare.gpk
var rare []byte

//go:embed LICENSE-NotoSerifSC.txt
var licenceSong string

//go:embed LICENSE-Hanazono.txt
var licenceRare string

// Load opens the faces of layouts: "song" for texts and "bold" for titles, each
// with all of GB 18030-2022. What is not in bold is drawn regular, what is rare
// with thinner strokes.
func Load() (glyph.Set, error) {
	packs := make([]*glyph.Pack, 3)
	for i, data := range [][]byte{song, bold, rare} {
		p, err := glyph.Open(data)
		if err != nil {
			return nil, fmt.Errorf("pack %d: %w", i, err)
		}
		packs[i] = p
	}
	return glyph.Set{
		"song": {packs[0], packs[2]},
		"bold": {packs[1], packs[0], packs[2]},
	}, nil
}

// Licences returns the terms of the fonts, which go wherever the packs go.
func Licences() string { return licenceSong + "\n\n" + licenceRare }
