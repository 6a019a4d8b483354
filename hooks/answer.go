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
	if conflict(problems) {
		status, message = http.StatusConflict, "Somebody else has changed this. Load it again."
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

// conflict reports whether somebody else was faster.
func conflict(problems validation.Errors) bool {
	for _, problem := range problems {
		var e validation.Error
		if errors.As(problem, &e) && (e.Code() == "rev_conflict" || e.Code() == "claimed_by_other") {
			return true
		}
	}
	return false
}
