package region_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"examhall/modules/region"
)

func TestName(t *testing.T) {
	for code, want := range map[string]string{
		"440305": "广东省深圳市南山区",
		"440000": "广东省",
		"441900": "广东省东莞市",
		"442000": "广东省中山市",
		"460400": "海南省儋州市",
		"620200": "甘肃省嘉峪关市",
		"110101": "北京市东城区",
		"500229": "重庆市城口县",
		"429004": "湖北省仙桃市",
		"659001": "新疆维吾尔自治区石河子市",
		"330114": "浙江省杭州市钱塘区", // since 2021
		"232761": "黑龙江省大兴安岭地区加格达奇区",
		"440399": "",
		"":       "",
		"4403":   "",
		"abcdef": "",
	} {
		if got := region.Name(code); got != want {
			t.Errorf("Name(%q) = %q, want %q", code, got, want)
		}
	}
}

// TestEnds: an address ends where nothing is below, and nowhere else.
func TestEnds(t *testing.T) {
	for code, want := range map[string]bool{
		"440305": true, "110101": true, "429004": true,
		"441900": true, "442000": true, "460400": true, "620200": true, // no districts
		"440300": false, "440000": false, "110100": false, "429000": false,
		"810000": false, "710000": false, // not of this table
		"440399": false, "": false, "44030": false,
	} {
		if got := region.Ends(code); got != want {
			t.Errorf("Ends(%q) = %v, want %v", code, got, want)
		}
	}
}

// TestTable wants every code to stand below one that exists, and all 31 provinces.
func TestTable(t *testing.T) {
	table := map[string]string{}
	if err := json.Unmarshal(region.JSON(), &table); err != nil {
		t.Fatal(err)
	}
	provinces, ends := 0, 0
	for code, name := range table {
		if !regexp.MustCompile(`^\d{6}$`).MatchString(code) || name == "" {
			t.Errorf("%q: %q", code, name)
		}
		if region.Path(code) == nil && code[4:] != "00" {
			t.Errorf("%s %s has nothing above it", code, name)
		}
		if code[2:] == "0000" {
			provinces++
		}
		if region.Ends(code) {
			ends++
		}
	}
	if provinces != 31 || ends < 2800 {
		t.Errorf("%d provinces, %d ends", provinces, ends)
	}
}
