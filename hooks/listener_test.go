package hooks

import (
	"maps"
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// TestListener wants a listener to answer as PocketBase's own client does.
func TestListener(t *testing.T) {
	own, ours := subscriptions.NewDefaultClient(), newListener(subscriptions.NewDefaultClient())
	questions := [][]string{
		nil, {"a/1?"}, {"a/2?"}, {"a/*?"}, {"a/"}, {"a/1?", "b/1?"}, {"a/10?"}, {""},
	}
	compare := func(after string) {
		t.Helper()
		for _, prefixes := range questions {
			want, got := own.Subscriptions(prefixes...), ours.Subscriptions(prefixes...)
			if !slices.Equal(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))) {
				t.Errorf("%s, %q: %v, want %v", after, prefixes, got, want)
			}
		}
	}
	compare("at first")
	for _, topics := range [][]string{{"a/1"}, {"a/1?options={}", "b/1"}, {"a/*"}} {
		own.Subscribe(topics...)
		ours.Subscribe(topics...)
		compare("subscribed")
	}
	for _, topics := range [][]string{{"a/1"}, {}} {
		own.Unsubscribe(topics...)
		ours.Unsubscribe(topics...)
		compare("unsubscribed")
	}
}
