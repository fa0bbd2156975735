package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"time"

	"vuon/internal/intake"
	"vuon/internal/vn"
)

// deck sends a presentation of one page along with a farm's application, before it is handed in.
func (c *call) deck(application, title string, by actor, at time.Time) error {
	raw := leaflet(vn.Fold(title), "Mot trang de xem thu.")
	_, err := intake.Receive(c.g.tx, by, application, intake.Sending{Question: "deck", Name: "Trình bày " + title + ".pdf", Size: int64(len(raw))}, bytes.NewReader(raw), at)
	return err
}

// photo sends a picture along: rows of a field under a sky.
func (c *call) photo(application string, by actor, at time.Time) error {
	pic := image.NewPaletted(image.Rect(0, 0, 240, 160), color.Palette{color.RGBA{0xe0, 0xef, 0xe4, 255}, color.RGBA{0x14, 0x60, 0x3f, 255}, color.RGBA{0x83, 0x54, 0x00, 255}})
	for y := 60; y < 160; y++ {
		for x := range 240 {
			pic.SetColorIndex(x, y, uint8(1+(x+y)/12%2))
		}
	}
	var raw bytes.Buffer
	if err := png.Encode(&raw, pic); err != nil {
		return fmt.Errorf("draw a field: %w", err)
	}
	_, err := intake.Receive(c.g.tx, by, application, intake.Sending{Question: "deck", Name: "Ruộng thử tháng mười.png", Size: int64(raw.Len())}, &raw, at)
	return err
}

// leaflet is a PDF of one page with some lines on it. Its letters are those of English, for it brings no font of its own.
func leaflet(lines ...string) []byte {
	var text strings.Builder
	text.WriteString("BT /F 24 Tf 72 720 Td 36 TL")
	for _, line := range lines {
		fmt.Fprintf(&text, " (%s) Tj T*", strings.NewReplacer(`\`, "", "(", "", ")", "").Replace(line))
	}
	text.WriteString(" ET")
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var at []int
	for n, body := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", text.Len(), text.String()),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	} {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj%s\nendobj\n", n+1, body)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, place := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return out.Bytes()
}
