package upload

import (
	"bytes"
	"encoding/hex"
	"iter"
)

const (
	// nearEnd is how far from its end a PDF must say so.
	nearEnd = 1024
	// longestName is the longest name in PDF that is looked at, with escapes.
	longestName = 3 * 32
)

// inspectPDF accepts a document that begins and ends as one, needs no password
// and neither runs nor carries anything.
func inspectPDF(data []byte) *Problem {
	// Viewers accept bytes before the header; so would the other format.
	if !bytes.HasPrefix(data, []byte(pdfHeader)) {
		return refuse(CodeType, "PDF header is not at the start")
	}
	end := bytes.LastIndex(data[max(0, len(data)-nearEnd):], []byte("%%EOF"))
	if end < 0 {
		return refuse(CodeType, "PDF without its end")
	}
	trailer := data[max(0, len(data)-nearEnd)+end:]
	if what := foreign(trailer); what != "" {
		return refuse(CodeType, "PDF with "+what)
	}
	if hasMarkup(data[:min(len(data), 1024)]) {
		return refuse(CodeType, "PDF that begins with markup")
	}
	if p := inspectNames(data); p != nil {
		return p
	}
	return inspectObjectStreams(data)
}

// inspectNames looks for names that must not appear. It reads data as a whole,
// content of streams too: where a stream ends depends on the reader, and names
// of this length do not occur by chance.
func inspectNames(data []byte) *Problem {
	for n := range names(data) {
		switch n {
		case "Encrypt":
			return refuse(CodeEncrypted, "PDF needs a password")
		case "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "EF", "RichMedia", "Rendition",
			"SubmitForm", "ImportData", "XFA", "GoToR", "GoToE", "Collection":
			return refuse(CodeType, "PDF runs or carries something")
		}
	}
	return nil
}

// names yields what stands behind every slash.
func names(data []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			i := bytes.IndexByte(data, '/')
			if i < 0 || !yield(name(data[i+1:])) {
				return
			}
			data = data[i+1:]
		}
	}
}

// name returns the name that data begins with. A name may write any character
// as # and two hexadecimal digits, which is the usual way to hide one.
func name(data []byte) string {
	var out []byte
	for i := 0; i < min(len(data), longestName); i++ {
		c := data[i]
		if c <= ' ' || bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 {
			break
		}
		if c == '#' && i+2 < len(data) {
			if b, err := hex.DecodeString(string(data[i+1 : i+3])); err == nil {
				c = b[0]
				i += 2
			}
		}
		out = append(out, c)
	}
	return string(out)
}
