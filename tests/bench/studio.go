package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/glyph"
	"examhall/modules/pdf/sign"
)

// studio makes signed certificates of the layout that ships.
type studio struct {
	press  *pdf.Press
	signer *sign.Signer
	song   glyph.Face
	files  fs.FS
	photo  []byte
}

func newStudio(dir string) (*studio, error) {
	root, err := repository()
	if err != nil {
		return nil, err
	}
	faces, err := fonts.Load()
	if err != nil {
		return nil, err
	}
	s := &studio{song: faces["song"], photo: portrait(), files: os.DirFS(filepath.Join(root, "templates", "pdf"))}
	if s.press, err = pdf.Open(s.files, faces, pdf.Options{}); err != nil {
		return nil, err
	}
	key, chain, err := sign.Development(filepath.Join(dir, "signing-development.pem"))
	if err != nil {
		return nil, err
	}
	s.signer, err = sign.New(key, chain, sign.Appearance{Reason: "证书签发"})
	return s, err
}

// repository returns the folder with the go.mod of ExamHall.
func repository() (string, error) {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "templates", "pdf")); missing == nil {
			return dir, nil
		}
		dir = filepath.Dir(dir)
	}
	return "", fmt.Errorf("run it in the repository: %w", os.ErrNotExist)
}

func (s *studio) file(name string) ([]byte, error) { return fs.ReadFile(s.files, name) }

func (s *studio) unsigned(d pdf.Document) ([]byte, error) { return s.press.Render("professional", d) }

func (s *studio) signed(d pdf.Document) ([]byte, error) {
	data, err := s.unsigned(d)
	if err != nil {
		return nil, err
	}
	return s.signer.Sign(data, d.Date)
}

// sampleOf is the i-th certificate of a batch: every one has its own name, of
// any characters of level 1, ID number and QR code; a session has twenty
// specialties.
func sampleOf(i int, photo []byte) pdf.Document {
	r := rand.New(rand.NewPCG(uint64(i), 1))
	name := make([]rune, 2+i%3)
	for k := range name {
		name[k] = rune(0x4e00 + r.IntN(20976-26))
	}
	token := make([]byte, 230)
	for k := range token {
		token[k] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[r.IntN(32)]
	}
	return pdf.Document{
		Values: map[string]string{
			"title": "一级建造师", "name": string(name), "id_number": fmt.Sprintf("4403011994%08d", r.IntN(1e8)), "gender": "女", "birth_month": "1994年07月",
			"level": "一级", "specialty": fmt.Sprintf("建筑工程%d", i%20), "approve_date": "2026年05月18日", "number": fmt.Sprintf("20260014%010d", i),
			"issuer": "某市人事考试院", "host": "examhall.test",
		},
		Photo: photo, QR: "HTTPS://EXAMHALL.TEST/V/" + string(token), Title: "专业技术人员职业资格证书 " + string(name),
		Date: time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC),
	}
}

// portrait is a photo as candidates upload them: smooth, with the noise of a
// camera, of some 14 kB.
func portrait() []byte {
	m := image.NewRGBA(image.Rect(0, 0, 295, 413))
	r := rand.New(rand.NewPCG(1, 1))
	for y := range 413 {
		for x := range 295 {
			c := color.RGBA{70, 120, 200, 255}
			if math.Hypot(float64(x-147), float64(y-170)*0.8) < 90 {
				c = color.RGBA{230, 190, 160, 255}
			}
			n := uint8(r.IntN(8))
			m.SetRGBA(x, y, color.RGBA{c.R - n, c.G - n, c.B - n, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}
