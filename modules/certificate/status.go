// Package certificate holds the rules of certificates 证书: what is printed, how
// they are numbered, found and told apart. It knows no HTTP.
package certificate

import "slices"

// The states of a certificate. Nothing leads back to Valid.
const (
	Valid     = "valid"     // 有效
	Replaced  = "replaced"  // 已补发，本证书作废
	Revoked   = "revoked"   // 已撤销
	Cancelled = "cancelled" // 已注销
)

// Where the paper of a certificate is. Electronic ones have no such state.
const (
	Making       = "making"        // 制证中
	Ready        = "ready"         // 可领取
	Mailing      = "mailing"       // 邮寄申请中
	Shipped      = "shipped"       // 已寄出
	Collected    = "collected"     // 已领取
	ReturnedMail = "returned_mail" // 退回
)

// MayPass reports whether a certificate of one state may get another, or stay
// as it is.
func MayPass(from, to string) bool {
	return from == to || from == Valid && slices.Contains([]string{Replaced, Revoked, Cancelled}, to)
}

// Moves lists the ways of the paper, from and to: it is made, lies ready, is
// asked for by mail and sent, and handed over; mail that comes back lies ready
// again.
func Moves() [][2]string {
	return [][2]string{
		{Making, Ready}, {Ready, Collected}, {Ready, Mailing}, {Mailing, Ready}, {Mailing, Shipped}, {Mailing, Collected},
		{Shipped, Collected}, {Shipped, ReturnedMail}, {Shipped, Ready}, {ReturnedMail, Ready},
		{ReturnedMail, Mailing}, {ReturnedMail, Collected},
	}
}

// MayMove reports whether the paper may go from one place to another, or stay.
func MayMove(from, to string) bool {
	return from == to || slices.Contains(Moves(), [2]string{from, to})
}
