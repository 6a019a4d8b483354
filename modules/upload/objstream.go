package upload

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"regexp"
	"slices"
)

// maxInflated is how much all object streams of a file may unpack to. They hold
// structure, not pictures; a long document has less than a megabyte.
const maxInflated = 32 << 20

// inspectObjectStreams looks into the streams that hold compressed objects,
// where modern programs put most of a document, and scripts if it has any.
func inspectObjectStreams(data []byte) *Problem {
	// Both words are found, so that a dictionary is looked for only between two
	// streams and a content only up to the next word: every byte is read once.
	words := regexp.MustCompile(`endstream|stream[ \t]*(\r\n|\r|\n)`)
	left := int64(maxInflated)
	for {
		at := words.FindIndex(data)
		if at == nil {
			return nil
		}
		before, opens := data[:at[0]], data[at[0]] == 's'
		data = data[at[1]:]
		if !opens {
			continue
		}
		content := data
		if end := words.FindIndex(data); end != nil {
			content = data[:end[0]]
		}
		inflated, p := objects(before, content, left)
		if p == nil {
			p = inspectNames(inflated)
		}
		if p != nil {
			return p
		}
		left -= int64(len(inflated))
	}
}

// objects returns the unpacked content of an object stream. It returns nothing
// for any other stream, and for one that is not packed and has been read with
// the whole file already.
func objects(before, content []byte, limit int64) ([]byte, *Problem) {
	dictionary, clear := dictionaryOf(before)
	if !clear {
		return nil, refuse(CodeType, "PDF with a disguised stream")
	}
	keys := slices.Collect(names(dictionary))
	// First is the key that only object streams have. Type is not asked: viewers
	// do not ask it either.
	if !slices.Contains(keys, "First") || !slices.Contains(keys, "Filter") {
		return nil, nil
	}
	usual := regexp.MustCompile(`/Filter\s*\[?\s*/FlateDecode\s*[\]/>]`)
	if !usual.Match(dictionary) || slices.Contains(keys, "Predictor") {
		return nil, refuse(CodeType, "PDF with an unusual object stream")
	}
	return inflate(content, limit)
}

// dictionaryOf returns the dictionary that text, which ends where a stream
// begins, ends with. It says false if there is one and its beginning is in
// doubt: the word obj may stand in a string or a comment to mislead us.
func dictionaryOf(text []byte) (dictionary []byte, clear bool) {
	text = bytes.TrimSpace(text)
	if !bytes.HasSuffix(text, []byte(">>")) {
		return nil, true // the word stream in some text
	}
	i := bytes.LastIndex(text, []byte("obj"))
	if i < 0 {
		return nil, false
	}
	line := text[bytes.LastIndexAny(text[:i], "\r\n")+1 : i]
	dictionary = bytes.TrimSpace(text[i+len("obj"):])
	return dictionary, bytes.HasPrefix(dictionary, []byte("<<")) &&
		bytes.Count(dictionary, []byte("(")) == bytes.Count(dictionary, []byte(")")) &&
		!bytes.Contains(line, []byte("%"))
}

// inflate unpacks at most limit bytes. What a strict reader cannot unpack is
// refused, since a tolerant one might; only the checksum is ignored by all.
func inflate(content []byte, limit int64) ([]byte, *Problem) {
	z, err := zlib.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, refuse(CodeType, "PDF with a damaged object stream")
	}
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil && !errors.Is(err, zlib.ErrChecksum) {
		return nil, refuse(CodeType, "PDF with a damaged object stream")
	}
	if int64(len(out)) > limit {
		return nil, refuse(CodeType, "PDF that unpacks to too much")
	}
	return out, nil
}
