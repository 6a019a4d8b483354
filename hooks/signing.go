package hooks

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/pdf/sign"
)

// developmentKey is the file in the data folder that holds the key which
// ExamHall makes for itself. It proves nothing, so backups may hold it.
const developmentKey = "signing-development.pem"

// Signer returns who signs the PDF files of this server: the key that the flags
// name, or one that is made on first start and marked as such on every page.
func (p *Portal) Signer(app core.App) (*sign.Signer, error) {
	return p.options.openSigner(app.DataDir())
}

func (o *Options) openSigner(dir string) (*sign.Signer, error) {
	appearance := sign.Appearance{Reason: "签发"}
	if o.SigningKey == "" {
		key, chain, err := sign.Development(filepath.Join(dir, developmentKey))
		if err != nil {
			return nil, err
		}
		return sign.New(key, chain, appearance)
	}
	key, chain, err := sign.Load(o.SigningKey, cmp.Or(o.SigningChain, o.SigningKey))
	if err != nil {
		return nil, err
	}
	return sign.New(key, chain, appearance)
}

// fitSigner returns why the signing key must not be used in production.
func (o *Options) fitSigner() error {
	if o.SigningKey == "" {
		return errors.New("without --signing-key, certificates are signed with a key that proves nothing")
	}
	s, err := o.openSigner("")
	if err != nil {
		return fmt.Errorf("--signing-key: %w", err)
	}
	if s.Development() {
		return errors.New("--signing-key names the development key, which proves nothing")
	}
	now := time.Now()
	if o.Now != nil {
		now = o.Now()
	}
	if !s.Expires().After(now) {
		return fmt.Errorf("--signing-key: its certificate ended on %s", s.Expires().Format("2006-01-02"))
	}
	return nil
}
