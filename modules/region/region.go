// Package region knows the administrative divisions of the mainland by their codes
// of six digits (GB/T 2260): province, city, district.
//
// Most addresses end with a district. Four cities have none (东莞, 中山, 儋州,
// 嘉峪关): their address ends with the city. Hong Kong, Macao and Taiwan are no
// part of the table, because their mail has a tariff and forms of its own.
package region

import (
	_ "embed"
	"strings"
)

// table is regions.json: the name of every code. SOURCE.md says where it is from.
//
//go:embed regions.json
var table string

// find returns the name of a code and the code of the next line, or nothing. The
// lines are in the order of their codes, so that what is below a place follows it.
func find(code string) (name, next string) {
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return "", ""
	}
	_, rest, found := strings.Cut(table, `"`+code+`":"`)
	if !found {
		return "", ""
	}
	name, rest, _ = strings.Cut(rest, `"`)
	_, rest, _ = strings.Cut(rest, `"`)
	next, _, _ = strings.Cut(rest, `"`)
	return name, next
}

// JSON returns the whole table as a page reads it: {"440305":"南山区", …}.
func JSON() []byte { return []byte(table) }

// Ends reports whether an address may end with the code: it is a district, or a
// city that has none.
func Ends(code string) bool {
	name, next := find(code)
	return name != "" && parent(next) != code
}

// Path returns the names from the province down to the code, or nothing for a
// code that does not exist. Levels that stand in the table only to hold others,
// such as 市辖区, are left out: nobody writes them on an envelope.
func Path(code string) []string {
	var list []string
	for at := code; at != ""; at = parent(at) {
		name, _ := find(at)
		if name == "" {
			return nil
		}
		if !holder(at, name) {
			list = append([]string{name}, list...)
		}
	}
	return list
}

// Name returns how the place is written on an envelope: 广东省深圳市南山区.
func Name(code string) string { return strings.Join(Path(code), "") }

// holder is true of a level of the table that is no place: 市辖区 and 县 of the
// four municipalities, and 直辖县级行政区划 of provinces.
func holder(code, name string) bool {
	return strings.HasSuffix(code, "00") && (name == "市辖区" || name == "县" || strings.HasSuffix(name, "直辖县级行政区划"))
}

// parent returns the code of the level above, or nothing above a province.
func parent(code string) string {
	switch {
	case len(code) != 6 || strings.HasSuffix(code, "0000"):
		return ""
	case strings.HasSuffix(code, "00"):
		return code[:2] + "0000"
	}
	return code[:4] + "00"
}
