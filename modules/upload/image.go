package upload

import (
	"bytes"
	"encoding/binary"
)

// JPEG markers (ITU-T T.81, table B.1).
const (
	markRST0 = 0xD0 // to RST7, 0xD7
	markSOI  = 0xD8
	markEOI  = 0xD9
	markSOS  = 0xDA
	markTEM  = 0x01
)

// outsideJPEG returns the parts of a JPEG file that are not coded picture data:
// the segments before and between the scans, and what follows the end of the
// image. It says false if the file has no end of image after a scan.
func outsideJPEG(data []byte) (parts [][]byte, complete bool) {
	from, at := 0, 0
	for {
		marker, next := nextMarker(data, at)
		switch {
		case next < 0:
			return parts, false
		case marker == markEOI:
			return append(parts, data[from:next], data[next:]), len(parts) > 0
		case standsAlone(marker):
			at = next
			continue
		}
		if at = segmentEnd(data, next); at < 0 {
			return parts, false
		}
		if marker == markSOS {
			parts = append(parts, data[from:at])
			at = scanEnd(data, at)
			from = at
		}
	}
}

// nextMarker returns the first marker at or after at, and where its content
// begins; next is -1 if there is none.
func nextMarker(data []byte, at int) (marker byte, next int) {
	for {
		i := bytes.IndexByte(data[at:], 0xFF)
		if i < 0 {
			return 0, -1
		}
		at += i
		for at < len(data) && data[at] == 0xFF { // may be repeated before a marker
			at++
		}
		if at == len(data) {
			return 0, -1
		}
		if data[at] != 0 { // after 0xFF, 0 says that it is no marker
			return data[at], at + 1
		}
	}
}

// standsAlone says whether a marker has no length and no content.
func standsAlone(marker byte) bool {
	return marker == markTEM || marker >= markRST0 && marker <= markSOI
}

// segmentEnd returns where the segment with its length at at ends, or -1.
func segmentEnd(data []byte, at int) int {
	if len(data)-at < 2 {
		return -1
	}
	end := at + int(binary.BigEndian.Uint16(data[at:]))
	if end < at+2 || end > len(data) {
		return -1
	}
	return end
}

// scanEnd returns where the coded data that begins at at ends: at the next
// marker that is not a restart.
func scanEnd(data []byte, at int) int {
	for {
		i := bytes.IndexByte(data[at:], 0xFF)
		if i < 0 || at+i+1 >= len(data) {
			return len(data)
		}
		at += i
		next := data[at+1]
		if next != 0 && next != 0xFF && (next < markRST0 || next >= markSOI) {
			return at
		}
		at++
	}
}

// outsidePNG returns the content of all chunks of a PNG file that are not
// picture data, and what follows the last chunk. It says false if there is no
// IEND.
func outsidePNG(data []byte) (parts [][]byte, complete bool) {
	const signature, frame = 8, 12 // a chunk has length, type and checksum around it
	for at := signature; len(data)-at >= frame; {
		n := int64(binary.BigEndian.Uint32(data[at:]))
		if n > int64(len(data)-at-frame) {
			return parts, false
		}
		end := at + frame + int(n)
		switch string(data[at+4 : at+8]) {
		case "IDAT":
		case "IEND":
			return append(parts, data[at:end], data[end:]), true
		default:
			parts = append(parts, data[at:end])
		}
		at = end
	}
	return parts, false
}
