package certificates

import (
	"crypto/sha256"
	"net/netip"

	"github.com/pocketbase/pocketbase/core"
)

// networkOf returns what stands for one client: an IPv4 address, or a /64 of
// IPv6, of which one customer has at least one. PocketBase believes a header
// about the address from the proxies of its settings only.
func networkOf(e *core.RequestEvent) key {
	address, err := netip.ParseAddr(e.RealIP())
	if err != nil {
		return key{} // all unknown ones share a limit
	}
	address = address.Unmap()
	if address.Is6() {
		prefix, err := address.WithZone("").Prefix(64)
		if err != nil {
			return key{}
		}
		address = prefix.Addr()
	}
	return address.As16()
}

// mixed returns a key for two.
func mixed(a, b key) key {
	sum := sha256.Sum256(append(a[:], b[:]...))
	return key(sum[:16])
}
