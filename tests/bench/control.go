package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/pprof"
	"runtime"
	"syscall"

	"github.com/pocketbase/pocketbase/core"
)

// listenControl serves what only the bench asks of a server, on a port of its
// own, so that the product has no such routes.
func listenControl(app core.App) (net.Listener, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /cpu", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, cpuSeconds())
	})
	mux.HandleFunc("POST /collect", func(http.ResponseWriter, *http.Request) { runtime.GC() })
	mux.HandleFunc("GET /live", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, app.SubscriptionsBroker().TotalClients())
	})
	mux.HandleFunc("POST /tokens/{collection}", func(w http.ResponseWriter, r *http.Request) {
		list, err := tokens(app, r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		reply(w, list)
	})
	mux.HandleFunc("GET /profile", pprof.Profile)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		go func() { _ = http.Serve(listener, mux) }() //nolint:gosec // loopback, for the length of a run
	}
	return listener, err
}

func reply(w http.ResponseWriter, value any) { _ = json.NewEncoder(w).Encode(value) }

// cpuSeconds returns the CPU time of this process, in user and kernel.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // RUSAGE_SELF always works
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// tokens returns a login for each of the given ids, in order.
func tokens(app core.App, r *http.Request) ([]string, error) {
	var ids []string
	if err := json.NewDecoder(r.Body).Decode(&ids); err != nil {
		return nil, err
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		person, err := app.FindRecordById(r.PathValue("collection"), id)
		if err != nil {
			return nil, err
		}
		if list[i], err = person.NewAuthToken(); err != nil {
			return nil, err
		}
	}
	return list, nil
}
