# Every target is a plain command as well; make only saves typing. Go fetches
# the toolchain that go.mod names by itself, so any Go from 1.21 on will do.
export GOTOOLCHAIN = auto

ADDRESS = 127.0.0.1:8090
DATA    = pb_data
VERSION = $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FLAGS   = -trimpath -ldflags "-s -w -X main.version=$(VERSION)"

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
PLATFORMS   = linux/amd64 linux/arm64 darwin/arm64 windows/amd64

.PHONY: run build setup format vet test lint bench e2e release clean

# run serves demo data, which it makes where there is none.
run: build
	@if [ -e $(DATA)/data.db ]; then \
		./examhall demo --dir $(DATA) || echo "Serving $(DATA) as it is."; \
	else ./examhall demo --dir $(DATA); fi
	@echo
	@echo "Candidates  http://$(ADDRESS)/"
	@echo "Dashboard   http://$(ADDRESS)/_/"
	@echo
	@./examhall serve --http $(ADDRESS) --dir $(DATA)

build:
	CGO_ENABLED=0 go build $(FLAGS) -o examhall .

# setup looks for what the tests need beside Go: a browser, and pdftotext.
setup:
	@sh tests/setup.sh

format:
	@bad=$$("$$(go env GOROOT)/bin/gofmt" -l .) || exit 1; \
	if [ -n "$$bad" ]; then echo "gofmt would change:"; echo "$$bad"; exit 1; fi

vet:
	go vet ./...

# test runs everything, the browser tests too: they are packages like any other.
test: setup format vet
	go test -timeout 20m ./...

lint: format vet
	go run $(STATICCHECK) ./...

bench:
	go run ./tests/bench

e2e: setup
	go test -count=1 -timeout 20m ./tests/e2e

# release makes one static binary for each platform in dist.
release:
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*}; arch=$${platform#*/}; suffix=; \
		if [ $$os = windows ]; then suffix=.exe; fi; \
		echo dist/examhall-$$os-$$arch$$suffix; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build $(FLAGS) -o dist/examhall-$$os-$$arch$$suffix . || exit 1; \
	done

clean:
	rm -rf dist examhall
