package modules

// Text is a message in the languages of ExamHall.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// T returns the text with the given Chinese and English wording.
func T(zh, en string) Text { return Text{ZH: zh, EN: en} }

// In returns the wording of a language: "en", or Chinese for anything else.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}
