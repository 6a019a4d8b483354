package hooks

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// listener is a realtime client that knows at once what it does not listen to.
// Whoever saves a record waits while PocketBase asks every client for six kinds
// of subscription to it; a thousand clients took longer than the save.
type listener struct {
	subscriptions.Client
	topics atomic.Pointer[[]string] // each ends with "?", as the prefixes do

	changing sync.Mutex // the topics, one change after another
}

func newListener(c subscriptions.Client) *listener {
	l := &listener{Client: c}
	l.note()
	return l
}

// Subscriptions implements [subscriptions.Client].
func (l *listener) Subscriptions(prefixes ...string) map[string]subscriptions.SubscriptionOptions {
	if len(prefixes) > 0 && !l.hears(prefixes) {
		return nil
	}
	return l.Client.Subscriptions(prefixes...)
}

func (l *listener) hears(prefixes []string) bool {
	return slices.ContainsFunc(*l.topics.Load(), func(topic string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(topic, p) })
	})
}

// Subscribe implements [subscriptions.Client].
func (l *listener) Subscribe(topics ...string) {
	l.changing.Lock()
	defer l.changing.Unlock()
	l.Client.Subscribe(topics...)
	l.note()
}

// Unsubscribe implements [subscriptions.Client].
func (l *listener) Unsubscribe(topics ...string) {
	l.changing.Lock()
	defer l.changing.Unlock()
	l.Client.Unsubscribe(topics...)
	l.note()
}

// note keeps the topics as they are now.
func (l *listener) note() {
	var topics []string
	for topic := range l.Client.Subscriptions() {
		topics = append(topics, topic+"?")
	}
	l.topics.Store(&topics)
}
