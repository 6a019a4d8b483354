package letters_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules/modulestest"
)

// rename gives li another name, as an import might.
func rename(h *modulestest.Hall, name string) {
	h.T.Helper()
	li := h.Find("candidates", modulestest.ID("li"))
	li.Set("name", name)
	if err := h.App.SaveNoValidate(li); err != nil {
		h.T.Fatal(err)
	}
}

// TestNames prints every name that the law allows.
func TestNames(t *testing.T) {
	for _, name := range []string{
		"张三", "欧阳娜娜", "王喆", "郭鋆", "李䶮", "陈𬭎", "严𬱖", "李𠅤", "阿卜杜拉·买买提", "O'NEIL MARY-ANN",
		"古丽巴哈尔·阿不都热依木·买买提明·穆罕默德", strings.Repeat("𬭎𬱖𠅤䶮㛃", 10),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			rename(h, name)
			id := submit(h, nil)
			wantAll(t, text(t, get(h, "li", own(id, "receipt"))), name+"：")
			move(h, "reviewer", id, "rejected", m{"reply": "超出受理范围"})
			wantAll(t, text(t, get(h, "li", own(id, "letter"))), name+"：")
			wantAll(t, text(t, ask(h, "li", http.MethodPost, form, `{}`)), name)
		})
	}
}

// TestMissingGlyph holds a paper whose name cannot be printed, and tells which
// character it is. Nothing is kept, so the next font prints it.
func TestMissingGlyph(t *testing.T) {
	h := open(t)
	rename(h, "李\U0002FFFD")
	id := submit(h, nil)
	move(h, "reviewer", id, "rejected", m{"reply": "超出受理范围"})
	for who, url := range map[string]string{"li": own(id, "letter"), "reviewer": desk(id, "receipt")} {
		w := get(h, who, url)
		if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), `"glyph_missing"`) || !strings.Contains(w.Body.String(), "2FFFD") {
			t.Errorf("%s: %d %s", url, w.Code, w.Body)
		}
	}
	if w := ask(h, "li", http.MethodPost, form, `{}`); w.Code != http.StatusConflict {
		t.Errorf("the form: %d", w.Code)
	}
}

// TestReasonsNeverHold names what cannot be printed by its code point, where it
// is no name.
func TestReasonsNeverHold(t *testing.T) {
	h := open(t)
	id := submit(h, m{"items": []m{{"subject": modulestest.Practice, "reason": "成绩不对😀，请核查\t计分\r\n和登分"}}})
	move(h, "reviewer", id, "rejected", m{"reply": "超出受理范围😀"})
	wantAll(t, text(t, get(h, "li", own(id, "letter"))), "成绩不对〔U+1F600〕，请核查 计分", "和登分", "超出受理范围〔U+1F600〕")
}
