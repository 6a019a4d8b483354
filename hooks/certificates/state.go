package certificates

import (
	"examhall/modules"
	"examhall/modules/certificate"
)

// state is how the state of a certificate is shown: colour, icon and word.
type state struct {
	Word, Meaning string
	Kind          string // of the CSS class status--…
	Icon          string
}

// stateOf returns the words of a state in a language. A state that is not known
// here is not shown as valid.
func stateOf(status, lang string) state {
	word, meaning, kind, icon := modules.T("无效", "Not valid"), modules.T("本证书无效。", "This certificate is not valid."), "failed", "close-circle-fill"
	switch status {
	case certificate.Valid:
		kind, icon, word = "done", "checkbox-circle-fill", modules.T("有效", "Valid")
		meaning = modules.T("本证书现行有效。", "This certificate is valid today.")
	case certificate.Replaced:
		kind, icon, word = "void", "file-copy-2-line", modules.T("已补发，本证书作废", "Replaced, no longer valid")
		meaning = modules.T("已补发新证书，本证书自补发之日起作废。", "A new certificate has been issued in its place.")
	case certificate.Revoked:
		word = modules.T("已撤销", "Revoked")
		meaning = modules.T("本证书已被发证机构撤销，宣布无效。", "The issuing authority has declared this certificate void.")
	case certificate.Cancelled:
		kind, icon, word = "void", "forbid-2-line", modules.T("已注销", "Cancelled")
		meaning = modules.T("本证书已注销，不再有效。", "This certificate has been cancelled and is not valid any more.")
	}
	return state{word.In(lang), meaning.In(lang), kind, icon}
}
