package credential

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/veraison/go-cose"

	"examhall/modules/sealed"
)

// Keys sign and verify for one authority. They are safe for concurrent use.
type Keys struct {
	base string // https://exam.example.cn, without a slash at the end
	host string // exam.example.cn: the issuer of the tokens
	list []key  // oldest first
	byID map[string]key
}

// key is a signing key, ready for use.
type key struct {
	id       string
	private  crypto.Signer
	public   ed25519.PublicKey
	signer   cose.Signer
	verifier cose.Verifier
}

// New returns the keys of the authority whose server people reach at base. The
// last key of the list signs; the others stay valid.
func New(base string, list []sealed.SigningKey) (*Keys, error) {
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" {
		return nil, errors.Join(err, fmt.Errorf("credential: %q is no address of a server", base))
	}
	k := &Keys{base: strings.TrimRight(base, "/"), host: strings.ToLower(u.Hostname()), byID: map[string]key{}}
	for _, s := range list {
		public, ok := s.Signer.Public().(ed25519.PublicKey)
		if !ok {
			return nil, fmt.Errorf("credential: key %s is not Ed25519", s.ID)
		}
		one := key{id: s.ID, private: s.Signer, public: public}
		if one.signer, err = cose.NewSigner(cose.AlgorithmEdDSA, s.Signer); err != nil {
			return nil, err
		}
		if one.verifier, err = cose.NewVerifier(cose.AlgorithmEdDSA, public); err != nil {
			return nil, err
		}
		k.list, k.byID[s.ID] = append(k.list, one), one
	}
	if len(k.list) == 0 {
		return nil, errors.New("credential: there is no signing key")
	}
	return k, nil
}

// KID returns the id of the key that signs now.
func (k *Keys) KID() string { return k.current().id }

func (k *Keys) current() key { return k.list[len(k.list)-1] }

// Sign returns the token of a certificate or an annotated copy, signed with the
// present key. Fields that a QR code of version 20 has no room for are left out,
// the least important first.
func (k *Keys) Sign(f Facts) (token string, err error) { return k.sign(f, k.current()) }

// SignWith is [Keys.Sign] with the key that signed before, so that a certificate
// looks the same when it is made again.
func (k *Keys) SignWith(kid string, f Facts) (token string, err error) {
	with, ok := k.byID[kid]
	if !ok {
		return "", fmt.Errorf("credential: there is no key %s any more", kid)
	}
	return k.sign(f, with)
}

// URL returns what the QR code of a token holds: the address of its page, with
// scheme and host in capitals, which a QR code keeps in fewer bits.
func (k *Keys) URL(token string) string {
	scheme, rest, _ := strings.Cut(k.base, "://")
	host, path, below := strings.Cut(rest, "/")
	if below {
		path = "/" + path
	}
	return strings.ToUpper(scheme+"://"+host) + path + "/V/" + token
}

// JWK is a public key as RFC 8037 writes it.
type JWK struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	Algorithm string `json:"alg"`
	Use       string `json:"use"`
	ID        string `json:"kid"`
	X         string `json:"x"`
}

// JWKS returns the public keys, the present one first. Old keys stay in it as
// long as their certificates are to be checked.
func (k *Keys) JWKS() map[string][]JWK {
	set := []JWK{}
	for i := len(k.list) - 1; i >= 0; i-- {
		one := k.list[i]
		set = append(set, JWK{"OKP", "Ed25519", "EdDSA", "sig", one.id, base64.RawURLEncoding.EncodeToString(one.public)})
	}
	return map[string][]JWK{"keys": set}
}
