package qr_test

import (
	"bytes"
	"errors"
	"image/png"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	decoder "github.com/makiuchi-d/gozxing/qrcode"

	"vuon/internal/events/qr"
)

// A decoder that others wrote reads back what we draw: a ticket, a transfer, and letters with marks.
func TestOthersReadWhatWeDraw(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"B1" + strings.Repeat("6BFOXN%TSQLD9", 9),
		"00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F",
		"7K2M9QXA", "0123456789", "Vé của Nguyễn Thị Hồng Phượng ₫",
	} {
		c, err := qr.Of(text)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := c.PNG(4)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
		if err != nil {
			t.Fatal(err)
		}
		read, err := decoder.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || read.GetText() != text {
			t.Errorf("%q is read as %v, %v", text, read, err)
		}
	}
}

// run is one row of squares in a path.
var run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

func TestThePathIsThePicture(t *testing.T) {
	t.Parallel()
	c, err := qr.Of("https://vuon.example/tickets/7K2M9QXA")
	if err != nil {
		t.Fatal(err)
	}
	drawn := make([]bool, c.Size()*c.Size())
	for _, m := range run.FindAllStringSubmatch(c.Path(), -1) {
		x, y, width := number(t, m[1]), number(t, m[2]), number(t, m[3])
		for i := range width {
			drawn[y*c.Size()+x+i] = true
		}
	}
	for i, dark := range drawn {
		if dark != c.Dark(i%c.Size(), i/c.Size()) {
			t.Fatalf("module %d,%d is drawn otherwise in the path", i%c.Size(), i/c.Size())
		}
	}
	if rest := run.ReplaceAllString(c.Path(), ""); rest != "" || c.Dark(-1, 0) || c.Dark(0, c.Size()) {
		t.Errorf("more is drawn than the code: %q", rest)
	}
	if got, want := c.ViewBox(2), "-2 -2 "+strconv.Itoa(c.Size()+4)+" "+strconv.Itoa(c.Size()+4); got != want {
		t.Errorf("it is seen through %s, not %s", got, want)
	}
}

func TestALongTextIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := qr.Of(strings.Repeat("a", 513)); !errors.Is(err, qr.ErrLong) {
		t.Error(err)
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
