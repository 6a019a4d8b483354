package certificates

import (
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// mostBody is how large an inquiry may be.
const mostBody = 64 << 10

// bindRoutes serves the search to programs.
func (s *search) bindRoutes(r *router.Router[*core.RequestEvent]) {
	g := r.Group("/api/portal/certificates")
	g.Unbind(apis.DefaultCorsMiddlewareId) // no other site searches through its visitors
	g.BindFunc(discreet)
	g.Bind(apis.SkipSuccessActivityLog(), apis.BodyLimit(mostBody))
	g.GET("/exams", s.apiExams)
	g.POST("/search", s.apiSearch)
	g.GET("/{token}", s.apiDetail)
}

// discreet keeps what is personal out of caches, search engines and logs.
func discreet(e *core.RequestEvent) error {
	h := e.Response.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Referrer-Policy", "no-referrer")
	err := e.Next()
	if _, path, ok := strings.Cut(e.Request.Pattern, " "); ok {
		e.Request.URL.Path, e.Request.URL.RawPath = path, "" // a token may stand in it
	}
	e.Request.URL.RawQuery = ""
	e.Request.Header.Del("Referer")
	return err
}

func (s *search) apiExams(e *core.RequestEvent) error {
	list, err := s.exams.all()
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list})
}

func (s *search) apiSearch(e *core.RequestEvent) error {
	var in inquiry
	if e.BindBody(&in) != nil {
		return (&refusal{status: http.StatusBadRequest, message: "The request is not readable."}).json(e)
	}
	found, err := s.run(e, in)
	var why *refusal
	switch {
	case errors.As(err, &why):
		return why.json(e)
	case err != nil:
		return err
	}
	return e.JSON(http.StatusOK, answer{found})
}

// answer is what a search finds.
type answer struct {
	Items []result `json:"items"`
}

func (s *search) apiDetail(e *core.RequestEvent) error {
	d, ok, err := s.detail(e, e.Request.PathValue("token"))
	if err != nil {
		return err
	}
	if !ok {
		return notFound().json(e)
	}
	return e.JSON(http.StatusOK, d)
}
