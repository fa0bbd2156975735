// Package qr draws what a telephone reads: a text as black and white squares. It knows no ticket and no bank.
package qr

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Margin is how many modules stay white around a code. Readers need them to find its corners.
const Margin = 4

// mostText is how many bytes are drawn. A code of more is too dense for a telephone over a counter.
const mostText = 512

// ErrLong is a text that no reader at a door would make out.
var ErrLong = errors.New("the text is too long for a code")

// Code is a drawn text: a square of modules.
type Code struct {
	size int
	dark []bool
}

// Of draws a text so that it is read with a seventh of the code covered (level M). Errors: ErrLong.
func Of(text string) (Code, error) {
	if len(text) > mostText {
		return Code{}, ErrLong
	}
	drawn, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("draw a code: %w", err)
	}
	c := Code{size: drawn.Bounds().Dx()}
	c.dark = make([]bool, c.size*c.size)
	for y := range c.size {
		for x := range c.size {
			r, _, _, _ := drawn.At(x, y).RGBA()
			c.dark[y*c.size+x] = r == 0
		}
	}
	return c, nil
}

// Size is how many modules a side has, without its margin.
func (c Code) Size() int { return c.size }

// Dark says whether a module is black. Outside of the code everything is white.
func (c Code) Dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < c.size && y < c.size && c.dark[y*c.size+x]
}

// Runs calls f for each row of black modules that stand side by side.
func (c Code) Runs(f func(x, y, width int)) {
	for y := range c.size {
		for x := 0; x < c.size; x++ {
			width := 0
			for c.Dark(x+width, y) {
				width++
			}
			if width > 0 {
				f(x, y, width)
				x += width
			}
		}
	}
}

// Path is the code as the d of an SVG path, one unit a module, the first of them at 0,0.
func (c Code) Path() string {
	var b strings.Builder
	c.Runs(func(x, y, width int) {
		w := strconv.Itoa(width)
		b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + w + "v1h-" + w + "z")
	})
	return b.String()
}

// ViewBox is the part of the plane that an SVG shows: the code and a margin of so many modules around it.
func (c Code) ViewBox(margin int) string {
	side := strconv.Itoa(c.size + 2*margin)
	return fmt.Sprintf("-%d -%d %s %s", margin, margin, side, side)
}

// PNG is the code as a picture with its margin, a module being so many points wide.
func (c Code) PNG(scale int) ([]byte, error) {
	side := (c.size + 2*Margin) * scale
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if c.Dark(x/scale-Margin, y/scale-Margin) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("write a picture of a code: %w", err)
	}
	return out.Bytes(), nil
}
