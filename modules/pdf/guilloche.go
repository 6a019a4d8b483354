package pdf

import (
	"math"
)

// Guilloches are fine curves that copies blur. Each one is composed once, when
// the layout is read, of a small path that repeats: that compresses well.

// curve is a function of the way along it, with its slope.
type curve func(t float64) (x, y, dx, dy float64)

// pen is how a guilloche is drawn.
type pen struct {
	color  rgb
	weight float64
}

func (o *object) pen() pen {
	return pen{o.color("color", "#000000"), o.positive("weight", 0.1)}
}

// path draws a curve in n pieces: cubic ones with the slopes of the function,
// which the eye cannot tell from it.
func (c *canvas) path(f curve, from, to float64, n int) {
	h := (to - from) / float64(n)
	x, y, dx, dy := f(from)
	c.pdf.MoveTo(x, y)
	for i := range n {
		x1, y1, dx1, dy1 := f(from + float64(i+1)*h)
		c.pdf.CurveBezierCubicTo(x+dx*h/3, y+dy*h/3, x1-dx1*h/3, y1-dy1*h/3, x1, y1)
		x, y, dx, dy = x1, y1, dx1, dy1
	}
	c.pdf.DrawPath("D")
}

// engraved is a guilloche that is ready, as a picture of a whole page.
type engraved struct{ name string }

func (e engraved) draw(s *sheet) error {
	if s.due(true) {
		s.add(form(e.name))
	}
	return nil
}

// engrave composes a guilloche.
func (r *reader) engrave(p pen, draw func(c *canvas)) drawer {
	c := newCanvas(nil)
	c.page(nil)
	c.ink(p.color)
	c.pdf.SetLineWidth(p.weight)
	draw(c)
	pages, err := c.contents()
	if err != nil {
		r.faults = append(r.faults, err)
		return engraved{}
	}
	data := r.press.stream("/Type/XObject/Subtype/Form/BBox[0 0 595.28 841.89]/Resources<<>>", pages[0], best)
	return engraved{r.lay.addPicture(picture{data: data})}
}

// braid reads {"kind": "braid", "x", "y", "width", "height", "band": 8, "period":
// 9, "strands": 6}: a frame of woven lines. Width and height count from the
// middle of the band.
func (r *reader) braid(o *object, p *places) drawer {
	w, h := o.positive("width", 1), o.positive("height", 1)
	x, y := o.place(p, w, h)
	band, period, strands := o.positive("band", 6), o.positive("period", 8), o.whole("strands", 4, 12)
	k := o.pen()
	return r.engrave(k, func(c *canvas) {
		c.side(x, y, w, 0, band, period, strands)
		c.side(x, y+h, w, 0, band, period, strands)
		c.side(x, y, h, -90, band, period, strands)
		c.side(x+w, y, h, -90, band, period, strands)
	})
}

// side weaves along one side of a frame, in whole periods.
func (c *canvas) side(x, y, length, angle, band, period float64, strands int) {
	n := math.Round(length / period)
	period = length / n
	k := 2 * math.Pi / period
	for i := range int(n) {
		c.pdf.TransformBegin()
		c.pdf.TransformTranslate(x, y)
		c.pdf.TransformRotate(angle, 0, 0)
		c.pdf.TransformTranslate(float64(i)*period, 0)
		for s := range strands {
			phase := 2 * math.Pi * float64(s) / float64(strands)
			c.path(func(t float64) (float64, float64, float64, float64) {
				a := k*t + phase
				return t, band / 2 * (0.78*math.Sin(a) + 0.22*math.Sin(3*a)), 1, band / 2 * k * (0.78*math.Cos(a) + 0.66*math.Cos(3*a))
			}, 0, period, 12)
		}
		c.pdf.TransformEnd()
	}
}

// rosette reads {"kind": "rosette", "x", "y", "radius", "inner": 20, "petals": 12,
// "lines": 36}: turned copies of one wave around a middle at x, y.
func (r *reader) rosette(o *object, p *places) drawer {
	x, y, radius := o.number("x"), o.number("y"), o.positive("radius", 40)
	inner, petals, lines := o.numberOr("inner", radius/3), o.whole("petals", 8, 60), o.whole("lines", 24, 120)
	if x-radius < 0 || y-radius < 0 || x+radius > p.width() || y+radius > p.height() {
		o.fault(o.node, "it leaves the page")
	}
	k := o.pen()
	return r.engrave(k, func(c *canvas) {
		for i := range lines {
			c.pdf.TransformBegin()
			c.pdf.TransformTranslate(x, y)
			c.pdf.TransformRotate(360*float64(i)/float64(lines)/float64(petals)*2, 0, 0)
			c.path(petal(inner, radius, float64(petals)), 0, 2*math.Pi, 8*petals)
			c.pdf.TransformEnd()
		}
	})
}

// petal is a wave around a circle, between two radii.
func petal(inner, outer, petals float64) curve {
	middle, swing := (inner+outer)/2, (outer-inner)/2
	return func(t float64) (x, y, dx, dy float64) {
		sin, cos := math.Sincos(t)
		ps, pc := math.Sincos(petals * t)
		rho, slope := middle+swing*pc, -swing*petals*ps
		return rho * cos, rho * sin, slope*cos - rho*sin, slope*sin + rho*cos
	}
}

// waves reads {"kind": "waves", "x", "y", "width", "height", "period": 60,
// "swing": 6, "gap": 3}: a field of lines that run together and apart.
func (r *reader) waves(o *object, p *places) drawer {
	w, h := o.positive("width", 1), o.positive("height", 1)
	x, y := o.place(p, w, h)
	period, swing, gap := o.positive("period", 60), o.positive("swing", 6), o.positive("gap", 3)
	k := o.pen()
	return r.engrave(k, func(c *canvas) {
		c.pdf.ClipRect(x, y, w, h, false)
		for i := range int(h/gap) + 2 {
			for _, sign := range []float64{1, -1} {
				c.pdf.TransformBegin()
				c.pdf.TransformTranslate(x, y+float64(i)*gap)
				k := 2 * math.Pi / period
				c.path(func(t float64) (float64, float64, float64, float64) {
					return t, sign * swing * math.Sin(k*t), 1, sign * swing * k * math.Cos(k*t)
				}, 0, w, int(math.Ceil(w/period*8)))
				c.pdf.TransformEnd()
			}
		}
		c.pdf.ClipEnd()
	})
}
