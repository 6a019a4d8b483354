package hooks

import (
	"errors"
	"net/http"

	"github.com/go-ozzo/ozzo-validation/v4"
	fork "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/apis"
)

// answer turns problems into the form that PocketBase answers with. It is the
// only place where they cross: PocketBase has a fork of ozzo-validation and
// does not know the Errors type of the original.
func answer(err error) error {
	var problems validation.Errors
	if !errors.As(err, &problems) {
		return err
	}
	status, message := http.StatusBadRequest, "Please check the marked fields."
	switch {
	case oneOf(problems, "rev_conflict", "claimed_by_other", "profile_changed"):
		status, message = http.StatusConflict, "Somebody else has changed this. Load it again."
	case oneOf(problems, "glyph_missing"):
		status, message = http.StatusConflict, "This cannot be printed before the fonts have every character."
	}
	return apis.NewApiError(status, message, map[string]error(problems))
}

// forked turns problems into an error of the fork, for the places where
// PocketBase makes the answer itself.
func forked(err error) error {
	var problems validation.Errors
	if !errors.As(err, &problems) {
		return err
	}
	return fork.Errors(problems)
}

// oneOf reports whether one of the problems has one of the codes.
func oneOf(problems validation.Errors, codes ...string) bool {
	for _, problem := range problems {
		var e validation.Error
		if errors.As(problem, &e) && contains(codes, e.Code()) {
			return true
		}
	}
	return false
}
