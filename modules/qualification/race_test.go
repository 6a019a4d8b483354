package qualification_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/qualification/qualificationtest"
)

// TestExactlyOne lets people do the same at the same moment: one of them does
// it, and the others are told.
func TestExactlyOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	listed, rejected, waiting := qualificationtest.Registration(h, nil), qualificationtest.Rejected(h), b.Reach(h, modules.Submitted)
	appealed := qualificationtest.Appeals().Reach(h, modules.Submitted)
	decide := func(who, service, id, to string) func() modulestest.Answer {
		return func() modulestest.Answer {
			return h.Update(who, service, id, map[string]any{"status": to, "rev": 1, "reply": "经核实，情况属实"})
		}
	}
	for name, tries := range map[string][]func() modulestest.Answer{
		"two tabs apply": {
			func() modulestest.Answer { return h.Create("li", reviewsName, qualificationtest.Form(listed, nil)) },
			func() modulestest.Answer { return h.Create("li", reviewsName, qualificationtest.Form(listed, nil)) },
		},
		"two tabs appeal": {
			func() modulestest.Answer { return h.Create("li", appealsName, qualificationtest.Appeal(rejected, nil)) },
			func() modulestest.Answer { return h.Create("li", appealsName, qualificationtest.Appeal(rejected, nil)) },
		},
		"two reviewers": {
			decide("reviewer", reviewsName, waiting, "approved"), decide("reviewer2", reviewsName, waiting, "rejected"),
			decide("both", reviewsName, waiting, "returned"),
		},
		"two judges": {decide("reviewer2", appealsName, appealed, "accepted"), decide("both", appealsName, appealed, "rejected")},
	} {
		if done := together(tries...); done != 1 {
			t.Errorf("%s: %d succeeded, want exactly one", name, done)
		}
	}
	if n, err := h.App.CountRecords(appealsName, dbx.HashExp{"review": rejected}); n != 1 || err != nil {
		t.Errorf("%d appeals, %v", n, err)
	}
}

// TestAppealOrReopen: an appeal and 撤销审核 exclude each other.
func TestAppealOrReopen(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 5 {
		id := qualificationtest.Rejected(h)
		rev := h.Row(reviewsName, id).Rev
		done := together(
			func() modulestest.Answer { return h.Create("li", appealsName, qualificationtest.Appeal(id, nil)) },
			func() modulestest.Answer {
				return h.Update("approver", reviewsName, id, map[string]any{"status": "under_review", "rev": rev, "reply": "误判，重新审核"})
			},
		)
		if done != 1 {
			t.Errorf("%d succeeded, want exactly one", done)
		}
	}
}

// together runs all at once and counts those that succeeded.
func together(tries ...func() modulestest.Answer) int {
	var all sync.WaitGroup
	codes := make([]int, len(tries))
	start := make(chan struct{})
	for i, try := range tries {
		all.Add(1)
		go func() {
			defer all.Done()
			<-start
			codes[i] = try().Code
		}()
	}
	close(start)
	all.Wait()
	n := 0
	for _, code := range codes {
		if code == http.StatusOK {
			n++
		}
	}
	return n
}
