// Command makepack makes the glyph packs of ExamHall from two free fonts. It
// downloads nothing; the same fonts give the same bytes.
//
// Get the fonts once:
//
//	npm pack @expo-google-fonts/noto-serif-sc@0.4.3
//	tar xzf expo-google-fonts-noto-serif-sc-0.4.3.tgz
//	apt-get download fonts-hanazono
//	dpkg-deb -x fonts-hanazono_*.deb .
//
// and make the packs in the repository:
//
//	go run ./modules/pdf/glyph/makepack -out modules/pdf/fonts \
//		-regular package/400Regular/NotoSerifSC_400Regular.ttf \
//		-bold package/700Bold/NotoSerifSC_700Bold.ttf \
//		-rare usr/share/fonts/truetype/hanazono/HanaMinB.ttf
//
// Three packs hold GB 18030-2022 up to its third level:
//
//	song.gpk       Noto Serif SC: every character that it has of levels 1 and 2, Latin, signs
//	song-bold.gpk  the same in bold, the 8105 characters of 通用规范汉字表, Latin and signs only: for titles
//	song-rare.gpk  HanaMinB: extensions B to F as far as song.gpk has them not
//
// The list of 通用规范汉字表 beside this file is the field kTGH of Unihan
// (Unicode 15), which Debian has in unicode-data.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"examhall/modules/pdf/glyph"
)

// fonts names the files.
type fonts struct{ out, regular, bold, rare, list string }

func main() {
	var f fonts
	flag.StringVar(&f.out, "out", "modules/pdf/fonts", "folder of the packs")
	flag.StringVar(&f.regular, "regular", "", "Noto Serif SC, regular")
	flag.StringVar(&f.bold, "bold", "", "Noto Serif SC, bold")
	flag.StringVar(&f.rare, "rare", "", "HanaMinB")
	flag.StringVar(&f.list, "list", "modules/pdf/glyph/makepack/tgh8105.txt", "the characters of 通用规范汉字表")
	flag.Parse()
	if err := f.pack(); err != nil {
		fmt.Fprintln(os.Stderr, "makepack:", err)
		os.Exit(1)
	}
}

// pack makes the three packs.
func (f fonts) pack() error {
	listed, err := os.ReadFile(f.list)
	if err != nil {
		return err
	}
	common := map[rune]bool{}
	for _, r := range string(listed) {
		common[r] = true
	}
	song, err := f.write("song.gpk", f.regular, func(r rune) bool { return sign(r) || han(r) })
	if err != nil {
		return err
	}
	if _, err := f.write("song-bold.gpk", f.bold, func(r rune) bool { return sign(r) || common[r] && han(r) }); err != nil {
		return err
	}
	_, err = f.write("song-rare.gpk", f.rare, func(r rune) bool { return supplementary(r) && !song[r] })
	return err
}

// write makes one pack and returns what is in it.
func (f fonts) write(name, font string, wanted func(rune) bool) (map[rune]bool, error) {
	data, err := os.ReadFile(font)
	if err != nil {
		return nil, err
	}
	source, err := glyph.ReadFont(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", font, err)
	}
	var list []glyph.Source
	have := map[rune]bool{}
	for r := rune(' '); r <= last; r++ {
		if !wanted(r) {
			continue
		}
		g, ok, err := source.Glyph(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", font, err)
		}
		if ok && (len(g.Outline) > 0 || empty(r)) {
			list = append(list, glyph.Source{Rune: r, Glyph: g})
			have[r] = true
		}
	}
	w, err := os.Create(filepath.Join(f.out, name))
	if err != nil {
		return nil, err
	}
	if err := glyph.Write(w, glyph.MetricsOf(source, list), list); err != nil {
		return nil, err
	}
	fmt.Printf("%s: %d characters\n", name, len(list))
	return have, w.Close()
}
