package modulestest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Scan returns a small photograph of a page, as a phone makes it.
func Scan(name string) File { return File{Name: name, Data: photograph()} }

var photograph = sync.OnceValue(func() []byte {
	page := image.NewGray(image.Rect(0, 0, 120, 160))
	for i := range page.Pix {
		page.Pix[i] = uint8(200 + i%50)
	}
	page.SetGray(10, 10, color.Gray{Y: 0})
	var out bytes.Buffer
	if err := jpeg.Encode(&out, page, nil); err != nil {
		panic(err) // memory does not fail
	}
	return out.Bytes()
})

// PDF returns a document of one empty page, with more entries in its trailer if
// given: "/Encrypt 4 0 R" makes it ask for a password.
func PDF(name, trailer string) File {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
		"<</Filter/Standard/V 1/R 2/O(" + strings.Repeat("o", 32) + ")/U(" + strings.Repeat("u", 32) + ")/P -4>>",
	}
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R/ID[<00><00>]%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, table)
	return File{Name: name, Data: out.Bytes()}
}

// With returns the file with bytes at its end.
func (f File) With(tail []byte) File { return File{f.Name, slices.Concat(f.Data, tail)} }

// Stored lists every uploaded file that lies on the disk, as
// "collection/record/file", and what the store keeps beside one that is gone.
func (h *Hall) Stored() []string {
	h.T.Helper()
	var list []string
	root := filepath.Join(h.App.DataDir(), "storage")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if file, beside := strings.CutSuffix(path, ".attrs"); beside {
			if _, err := os.Stat(file); err == nil {
				return nil
			}
		}
		name, err := filepath.Rel(root, path)
		list = append(list, filepath.ToSlash(name))
		return err
	})
	if err != nil && len(list) > 0 {
		h.T.Fatal(err)
	}
	return list
}
