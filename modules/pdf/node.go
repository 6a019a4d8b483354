package pdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// node is a value of a JSON file that knows its line.
type node struct {
	line   int
	value  any // string, float64, bool, nil, []*node or *object
	fields map[string]*node
	keys   []string // of fields, as they stand in the file
}

// lines reads JSON and counts lines.
type lines struct {
	*json.Decoder
	data []byte
}

// parse reads a whole file. A key that stands twice is refused: the second
// would silently win.
func parse(data []byte) (*node, error) {
	l := lines{json.NewDecoder(bytes.NewReader(data)), data}
	n, err := l.node()
	if err == nil {
		if _, more := l.Token(); more != io.EOF {
			err = errors.New("something follows the end of the layout")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%d: %w", l.line(), err)
	}
	return n, nil
}

// line returns where the decoder stands.
func (l lines) line() int {
	return 1 + bytes.Count(l.data[:min(int(l.InputOffset()), len(l.data))], []byte("\n"))
}

func (l lines) node() (*node, error) {
	token, err := l.Token()
	if err != nil {
		return nil, err
	}
	n := &node{line: l.line(), value: token}
	switch token {
	case json.Delim('{'):
		n.value, n.fields = nil, map[string]*node{}
		err = l.object(n)
	case json.Delim('['):
		n.value, err = l.list()
	}
	return n, err
}

func (l lines) object(n *node) error {
	for l.More() {
		token, err := l.Token()
		if err != nil {
			return err
		}
		key := token.(string) // the decoder accepts nothing else
		if n.fields[key] != nil {
			return fmt.Errorf("%q stands twice", key)
		}
		if n.fields[key], err = l.node(); err != nil {
			return err
		}
		n.keys = append(n.keys, key)
	}
	_, err := l.Token()
	return err
}

func (l lines) list() ([]*node, error) {
	list := []*node{}
	for l.More() {
		n, err := l.node()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	_, err := l.Token()
	return list, err
}
