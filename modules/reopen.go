package modules

// Reopen returns the move 撤销审核: the authority takes back a decision of its own
// that was wrong, with the reason, and looks at the application again. An
// approver does it, never the one who errs alone.
//
// It is possible only while nothing has happened that cannot be undone: no
// payout, no parcel, no bill, no certificate. reversible says whether that is so,
// as a problem with "status"; undo takes back what the decision did.
func Reopen(from []State, to State, reversible Guard, undo Effect) Transition {
	return Transition{
		Action: "reopen", Label: T("撤销审核", "Reopen"), From: from, To: to, By: Approver, Reasoned: true, Decides: true,
		Confirm: T("撤销后原审核结果不再有效，申请重新进入审核。确定撤销吗？", "The decision is taken back and the application is looked at again. Reopen it?"),
		Message: T("原审核结果已撤销，您的申请将重新审核，请查看说明。", "The decision was taken back and your application is looked at again. Please read why."),
		Guards:  []Guard{reversible}, Effect: undo,
	}
}
