// Package upload decides by content what a material of an application may be:
// a JPEG or PNG picture or a PDF document that is nothing else at the same
// time. Reviewers open these files on machines of the authority.
//
// It is a filter, not a proof: a PDF can hide things from any reader but its
// own. Files are therefore also served with their stored type, nosniff and a
// sandboxing policy.
package upload

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/gabriel-vasile/mimetype"
)

// The codes of a [Problem].
const (
	CodeType      = "material_type"      // not a JPEG, PNG or PDF, or not only that
	CodeSize      = "material_size"      // more bytes or more pixels than allowed
	CodeEmpty     = "material_empty"     // no bytes
	CodeEncrypted = "material_encrypted" // a PDF with a password
)

// maxPixels is the largest picture: it bounds what a viewer has to unpack.
const maxPixels = 40_000_000

// Problem is why a file is refused.
type Problem struct {
	Code   string
	Reason string // for logs; holds nothing of the file
}

// Error implements error.
func (p *Problem) Error() string { return p.Code + ": " + p.Reason }

func refuse(code, reason string) *Problem { return &Problem{Code: code, Reason: reason} }

// Inspect returns nil if the file in r, of size bytes, is an acceptable
// material of at most limit bytes, and otherwise a [*Problem]. Any other error
// comes from reading r. Inspect reads from the start of r and leaves r there;
// it holds up to limit bytes in memory and takes time linear in them.
func Inspect(r io.ReadSeeker, size, limit int64) error {
	if size == 0 {
		return refuse(CodeEmpty, "no bytes")
	}
	if size > limit {
		return refuse(CodeSize, "too many bytes")
	}
	data, err := read(r, limit)
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	if p := inspect(data, limit); p != nil {
		return p
	}
	return nil
}

// read returns at most one byte more than limit, and rewinds.
func read(r io.ReadSeeker, limit int64) ([]byte, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	_, err = r.Seek(0, io.SeekStart)
	return data, err
}

func inspect(data []byte, limit int64) *Problem {
	if len(data) == 0 {
		return refuse(CodeEmpty, "no bytes")
	}
	if int64(len(data)) > limit {
		return refuse(CodeSize, "more bytes than announced")
	}
	found := mimetype.Detect(data)
	switch {
	case endsAsZip(data):
		return refuse(CodeType, "also a zip archive")
	case found.Is("image/jpeg"):
		return inspectImage(data, jpeg.DecodeConfig, outsideJPEG)
	case found.Is("image/png"):
		return inspectImage(data, png.DecodeConfig, outsidePNG)
	case found.Is("application/pdf"):
		return inspectPDF(data)
	default:
		return refuse(CodeType, "content is "+found.String())
	}
}

// inspectImage checks the header of a picture, and that nothing outside its
// image data belongs to another format.
func inspectImage(data []byte, header func(io.Reader) (image.Config, error), outside func([]byte) ([][]byte, bool)) *Problem {
	config, err := header(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return refuse(CodeType, "damaged picture")
	}
	if int64(config.Width)*int64(config.Height) > maxPixels {
		return refuse(CodeSize, "too many pixels")
	}
	// A reader of PDF files looks for the header in the first 1,024 bytes,
	// whatever they belong to.
	if bytes.Contains(data[:min(len(data), 1024)], []byte(pdfHeader)) {
		return refuse(CodeType, "also a PDF")
	}
	parts, complete := outside(data)
	if !complete {
		return refuse(CodeType, "picture without its end")
	}
	for _, part := range parts {
		if what := foreign(part); what != "" {
			return refuse(CodeType, "picture with "+what)
		}
	}
	return nil
}
