// Package certificate holds the rules of certificates 证书: what is printed, how
// they are numbered, found and told apart. It knows no HTTP.
package certificate

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
