package events_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	decoder "github.com/makiuchi-d/gozxing/qrcode"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/payment"
	"vuon/internal/payment/vietqr"
)

// read is what somebody else's reader makes out of a picture. One look in a hundred is led astray by the drawing; whoever holds a
// phone before it then holds it nearer, or farther away, and the reader is told that it may be a drawing and no photograph.
func read(t *testing.T, picture image.Image) string {
	t.Helper()
	var err error
	for _, scale := range []float64{1, 1.5, .8, 2} {
		bitmap, broken := gozxing.NewBinaryBitmapFromImage(held(picture, scale))
		housetest.Refused(t, broken, "")
		for _, hint := range []gozxing.DecodeHintType{gozxing.DecodeHintType_TRY_HARDER, gozxing.DecodeHintType_PURE_BARCODE} {
			var found *gozxing.Result
			if found, err = decoder.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{hint: true}); err == nil {
				return found.GetText()
			}
		}
	}
	t.Fatalf("nobody reads it: %v", err)
	return ""
}

// held is a picture so many times as large.
func held(picture image.Image, scale float64) image.Image {
	size := picture.Bounds().Size()
	larger := canvas(int(float64(size.X)*scale), int(float64(size.Y)*scale))
	for x := range larger.Rect.Dx() {
		for y := range larger.Rect.Dy() {
			larger.Set(x, y, picture.At(int(float64(x)/scale), int(float64(y)/scale)))
		}
	}
	return larger
}

// canvas is a white picture, and fill a rectangle on it, in parts of a point.
func canvas(wide, high int) *image.Gray {
	picture := image.NewGray(image.Rect(0, 0, wide, high))
	draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
	return picture
}

func fill(on *image.Gray, shade uint8, x, y, wide, high float64) {
	draw.Draw(on, image.Rect(int(x+.5), int(y+.5), int(x+wide+.5), int(y+high+.5)), image.NewUniform(color.Gray{Y: shade}), image.Point{}, draw.Src)
}

func figure(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	housetest.Refused(t, err, "")
	return n
}

// onScreen is the drawing of a page as a screen shows it.
func onScreen(t *testing.T, box, path string) image.Image {
	t.Helper()
	const scale = 6
	parts := strings.Fields(box)
	margin, side := -figure(t, parts[0]), figure(t, parts[2])
	picture := canvas(int(side*scale), int(side*scale))
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`).FindAllStringSubmatch(path, -1) {
		fill(picture, 0, (figure(t, run[1])+margin)*scale, (figure(t, run[2])+margin)*scale, figure(t, run[3])*scale, scale)
	}
	return picture
}

// pageDrawing finds a code on a page.
var pageDrawing = regexp.MustCompile(`<svg viewBox="([^"]+)" role="img"[^>]*><path d="([^"]+)"`)

func shown(t *testing.T, page string) image.Image {
	t.Helper()
	found := pageDrawing.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("no code stands on the page")
	}
	return onScreen(t, found[1], found[2])
}

// onPaper are the pages of a file as a printer fills them: every rectangle in its shade, three dots a point.
func onPaper(t *testing.T, raw []byte) (pages []image.Image) {
	t.Helper()
	const scale, high = 3.0, 595.28 // A5 in points, and its lower edge
	order := regexp.MustCompile(`(?m)([\d.]+) g$|([\d.]+) [\d.]+ [\d.]+ rg$|(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re f`)
	for _, part := range bytes.Split(raw, []byte("stream\n"))[1:] {
		packed, _, _ := bytes.Cut(part, []byte("\nendstream"))
		unpacked, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			continue
		}
		plain, err := io.ReadAll(unpacked)
		if err != nil || !bytes.Contains(plain, []byte(" re f")) {
			continue
		}
		picture, shade := canvas(420*3, 596*3), uint8(0)
		for _, m := range order.FindAllStringSubmatch(string(plain), -1) {
			switch {
			case m[1] != "" || m[2] != "":
				shade = uint8(figure(t, m[1]+m[2]) * 255)
			default:
				x, y, w, h := figure(t, m[3]), figure(t, m[4]), figure(t, m[5]), figure(t, m[6])
				fill(picture, shade, x*scale, (high-y)*scale, w*scale, -h*scale)
			}
		}
		pages = append(pages, picture)
	}
	return pages
}

// What is printed, shown and sent is read by a reader that is not ours, and says what it should to the letter.
func TestEveryCodeIsReadByOthers(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	row, err := house.FindFirstRecordByData("centre", "singleton", "the")
	housetest.Refused(t, err, "")
	row.Load(map[string]any{"bank_bin": "970436", "bank_number": "9900000016", "bank_holder": "TRUNG TAM"})
	housetest.Save(t, house, row)
	s := housetest.OnSale(t, house, 3, now, 150_000)
	v := visiting(t, house)
	address := v.takes(s, "2")
	v.sends(address+"/submit", somebody())
	o := onlyOrder(t, house)

	face, err := payment.FaceOf(house, o.Id)
	housetest.Refused(t, err, "")
	picture, err := png.Decode(v.get(address + "/vietqr.png").Body)
	housetest.Refused(t, err, "")
	for where, got := range map[string]string{"the page": read(t, shown(t, v.sees(address))), "the file": read(t, picture)} {
		if got != face.Payload {
			t.Errorf("%s is read as %q, not %q", where, got, face.Payload)
		}
		told, err := vietqr.Parse(got)
		if err != nil || told.Bank != "970436" || told.Account != "9900000016" || told.Amount != 300_000 || !strings.Contains(told.Memo, "VUON"+o.Code()) {
			t.Errorf("a bank reads %+v, %v", told, err)
		}
	}

	_, err = payment.TakeCash(house, housetest.Acting(t, house, access.Finance, access.House), o.Code(), "tại quầy", now)
	housetest.Refused(t, err, "")
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	paper := onPaper(t, v.get(address+"/tickets.pdf").Body.Bytes())
	if len(paper) != 2 {
		t.Fatalf("%d pages", len(paper))
	}
	for i, k := range tickets {
		token, err := events.TokenOf(house, k, now)
		housetest.Refused(t, err, "")
		link, err := events.TicketLink(house, k)
		housetest.Refused(t, err, "")
		for where, got := range map[string]string{"page": read(t, shown(t, v.sees(link))), "paper": read(t, paper[i])} {
			if got != token {
				t.Errorf("the %s of ticket %d is read as %q", where, i, got)
			}
		}
	}

	staff := housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Event, ID: s.Event.Id})
	invited := struct{ Link, Code, Box, Path string }{}
	w := housetest.Ask(t, v.server, staff, http.MethodPost, "/api/vuon/events/"+s.Event.Id+"/devices", `{"name":"Máy 1"}`)
	housetest.Refused(t, json.Unmarshal(w.Body.Bytes(), &invited), "")
	if got := read(t, onScreen(t, invited.Box, invited.Path)); got != invited.Link || !strings.HasSuffix(got, "/checkin/#"+invited.Code) || len(invited.Code) != 12 {
		t.Errorf("a phone is led to %q", got)
	}
}
