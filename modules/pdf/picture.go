package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // photos
	"image/png"
	"io/fs"
)

// picture is something of the layout that a page names: the pixels of an image,
// or curves. It is made once, when the layout is read.
type picture struct {
	source string
	data   []byte // the object of a file, without the reference to its mask
	mask   []byte // of transparent images
}

// placed draws a picture or the photo.
type placed struct {
	name                string // in the resources of the page
	x, y, width, height float64
	seal                bool
}

// image reads {"kind": "image", "file": "seal.png", "x", "y", "width", "height"}.
// The file is a PNG beside the layout. With "seal" it is where viewers show the
// signature of the file.
func (r *reader) image(o *object, p *places) drawer {
	k := placed{width: o.positive("width", 1), height: o.positive("height", 1), seal: o.flag("seal")}
	k.x, k.y = o.place(p, k.width, k.height)
	file := o.text("file")
	k.name = r.lay.picture(file)
	if k.name == "" {
		pic, err := p.png(r.press, file)
		if err != nil {
			o.fault(o.node, "%s: %v", file, err)
		}
		k.name = r.lay.addPicture(pic)
	}
	return k
}

// picture returns the name of a picture that the layout has already.
func (l *layout) picture(source string) string {
	for i, p := range l.drawn {
		if p.source == source {
			return pictureName(i)
		}
	}
	return ""
}

func (l *layout) addPicture(p picture) string {
	l.drawn = append(l.drawn, p)
	return pictureName(len(l.drawn) - 1)
}

func pictureName(i int) string { return fmt.Sprintf("I%d", i) }

func (k placed) draw(s *sheet) error {
	if s.due(true) {
		at := k
		at.x, at.y = s.x+k.x, s.y+k.y
		s.add(at)
	}
	if k.seal && !s.plate {
		s.seal = seal{s.page, [4]float64{s.x + k.x, s.y + k.y, k.width, k.height}}
	}
	return nil
}

func (k placed) compose(c *canvas) {
	c.raw("q %.2f 0 0 %.2f %.2f %.2f cm /%s Do Q", k.width/point, k.height/point, k.x/point, (pageHeight-k.y-k.height)/point, k.name)
}

// photoName is the name of the photo in the resources of a page.
const photoName = "Photo"

// photo is the place of the photo: {"kind": "photo", "x", "y", "width",
// "height"}. A document without one leaves the place free.
type photo struct{ placed }

func (r *reader) photo(o *object, p *places) drawer {
	k := photo{placed{name: photoName, width: o.positive("width", 25), height: o.positive("height", 35)}}
	k.x, k.y = o.place(p, k.width, k.height)
	return k
}

func (k photo) draw(s *sheet) error {
	if s.due(false) && len(s.doc.Photo) > 0 {
		k.x, k.y = s.x+k.x, s.y+k.y
		s.add(k.placed)
	}
	return nil
}

// appendPhoto embeds a JPEG as it is.
func appendPhoto(to, data []byte) ([]byte, error) {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	space := "/DeviceRGB"
	switch {
	case format != "jpeg":
		return nil, errors.New("photo: it is no JPEG")
	case c.ColorModel == color.GrayModel:
		space = "/DeviceGray"
	case c.ColorModel != color.YCbCrModel:
		return nil, errors.New("photo: neither colour nor grey")
	}
	to = fmt.Appendf(to, "<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n", c.Width, c.Height, space, len(data))
	to = append(to, data...)
	return append(to, "\nendstream"...), nil
}

// png reads a picture once for all layouts.
func (p *places) png(press *Press, name string) (picture, error) {
	if pic, ok := p.known[name]; ok {
		return pic, nil
	}
	pic, err := press.readPNG(p.files, name)
	if err == nil {
		p.known[name] = pic
	}
	return pic, err
}

// readPNG turns a PNG into an image of a PDF, with a mask for its transparency.
func (p *Press) readPNG(files fs.FS, name string) (picture, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return picture{}, err
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return picture{}, err
	}
	b := m.Bounds()
	size := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", b.Dx(), b.Dy())
	pixels, mask := make([]byte, 0, 3*b.Dx()*b.Dy()), make([]byte, 0, b.Dx()*b.Dy())
	clear := false
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			if c.A == 0 {
				c = color.NRGBA{} // invisible colours only cost space
			}
			pixels, mask = append(pixels, c.R, c.G, c.B), append(mask, c.A)
			clear = clear || c.A < 255
		}
	}
	pic := picture{source: name, data: p.stream(size+"/ColorSpace/DeviceRGB", pixels, good)}
	if clear {
		pic.mask = p.stream(size+"/ColorSpace/DeviceGray", mask, good)
	}
	return pic, nil
}
