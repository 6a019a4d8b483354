package upload

import (
	"bytes"
	"encoding/binary"
)

const (
	pdfHeader = "%PDF-"
	zipHeader = "PK\x03\x04"
	zipEnd    = "PK\x05\x06"
	rarHeader = "Rar!\x1a\x07"
	sevenZip  = "7z\xbc\xaf\x27\x1c"
)

// foreign says what in part belongs to a format that somebody could open,
// unpack or run: an archive, a PDF, HTML or SVG. It is empty if there is none.
//
// Other bytes are harmless and common: telephones append a trailer of the maker
// or the film of a motion photo to their JPEG files, so neither may be refused.
// Such a film has millions of random bytes; that is why a signature of four
// bytes must be followed by something plausible.
func foreign(part []byte) string {
	switch {
	case bytes.Contains(part, []byte(pdfHeader)):
		return "a PDF in it"
	case bytes.HasPrefix(part, []byte(zipHeader)), hasZipEntry(part):
		return "a zip entry in it"
	case bytes.Contains(part, []byte(rarHeader)), bytes.Contains(part, []byte(sevenZip)):
		return "an archive in it"
	case hasMarkup(part):
		return "markup in it"
	}
	return ""
}

// hasZipEntry looks for the header of a file in a zip archive. The version and
// the method have small numbers in every archive there is.
func hasZipEntry(part []byte) bool {
	for {
		i := bytes.Index(part, []byte(zipHeader))
		if i < 0 || len(part)-i < 10 {
			return false
		}
		part = part[i:]
		version, method := part[5], binary.LittleEndian.Uint16(part[8:])
		if version < 20 && method < 100 {
			return true
		}
		part = part[len(zipHeader):]
	}
}

// endsAsZip says whether a reader of zip archives finds a directory at the end
// of data. Such readers ignore what stands before an archive, and up to 64 KiB
// after it, which is how a picture can be a Java archive at the same time.
func endsAsZip(data []byte) bool {
	const record, comment = 22, 1<<16 - 1
	tail := data[max(0, len(data)-record-comment):]
	before := len(data) - len(tail)
	for {
		i := bytes.Index(tail, []byte(zipEnd))
		if i < 0 || len(tail)-i < record {
			return false
		}
		tail = tail[i:]
		before += i
		size := binary.LittleEndian.Uint32(tail[12:])
		isZip64 := size == 1<<32-1
		if isZip64 || int64(size) <= int64(before) {
			return true
		}
		tail = tail[len(zipEnd):]
		before += len(zipEnd)
	}
}

// hasMarkup looks for the beginning of a tag that makes a browser or a script
// host take a text for HTML, SVG or a script.
func hasMarkup(part []byte) bool {
	for {
		i := bytes.IndexByte(part, '<')
		if i < 0 {
			return false
		}
		part = part[i+1:]
		for _, tag := range []string{"html", "head", "body", "script", "iframe", "svg", "!doctype", "?php"} {
			if beginsTag(part, tag) {
				return true
			}
		}
	}
}

// beginsTag says whether text begins with tag, in any case, and a character
// that can end the name of a tag.
func beginsTag(text []byte, tag string) bool {
	return len(text) > len(tag) &&
		bytes.IndexByte([]byte(" \t\r\n\f/>"), text[len(tag)]) >= 0 &&
		bytes.EqualFold(text[:len(tag)], []byte(tag))
}
