// Package slip prints tickets: a PDF with a page for each, to be shown on a telephone or taken along on paper.
//
// Its letters are those of DejaVu, which has every Vietnamese one. A text is composed first: a name that was typed on a Mac
// comes as letters and marks apart, and would be printed and found as such.
package slip

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/events/qr"
)

// Sheet is one file: what stands on every page, and the tickets.
type Sheet struct {
	House   string // whose event it is
	Title   string // of the event
	Lang    string // of the words, "vi" or "en"
	Facts   []Fact // when and where
	Hint    string // what to do with it at the door
	Made    time.Time
	Tickets []Ticket
}

// Fact is a line with what it is called.
type Fact struct{ Name, Text string }

// Ticket is one page.
type Ticket struct {
	Facts []Fact // who, what kind
	Code  string // what is read aloud when nothing else works
	Token string // what the code holds
	Count string // "1 / 2"; "" for the only one
}

// A page is an A5, upright; lengths are in millimetres.
const (
	wide, high = 148.0, 210.0
	edge       = 14.0
	inner      = wide - 2*edge
	qrSide     = 74.0
)

// The colours of the house: the lacquer panel, its letters, and what is said quietly.
var lacquer, ivory, quiet = [3]int{15, 51, 37}, [3]int{248, 241, 225}, [3]int{91, 85, 73}

const family = "dejavu"

// PDF prints the tickets. Equal sheets give equal bytes.
func (s Sheet) PDF() ([]byte, error) {
	doc := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: fpdf.SizeType{Wd: wide, Ht: high}})
	doc.SetMargins(edge, edge, edge)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCreationDate(s.Made.UTC())
	doc.SetModificationDate(s.Made.UTC())
	doc.SetCatalogSort(true)
	doc.SetLang(s.Lang)
	doc.SetTitle(plain(s.Title), true)
	doc.SetAuthor(plain(s.House), true)
	doc.AddUTF8FontFromBytes(family, "", dejavusans.TTF)
	doc.AddUTF8FontFromBytes(family, "B", dejavusansbold.TTF)
	for _, t := range s.Tickets {
		if err := s.page(doc, t); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, fmt.Errorf("print tickets: %w", err)
	}
	return out.Bytes(), nil
}

func (s Sheet) page(doc *fpdf.Fpdf, t Ticket) error {
	code, err := qr.Of(t.Token)
	if err != nil {
		return fmt.Errorf("print ticket %s: %w", t.Code, err)
	}
	doc.AddPage()
	body := high - qrSide - 44
	doc.SetFillColor(lacquer[0], lacquer[1], lacquer[2])
	doc.Rect(0, 0, wide, body, "F")
	doc.SetTextColor(ivory[0], ivory[1], ivory[2])
	doc.SetXY(edge, edge)
	write(doc, "", 9, 5, s.House, 1)
	if t.Count != "" {
		doc.SetXY(edge, edge)
		doc.SetFont(family, "", 9)
		doc.CellFormat(inner, 5, t.Count, "", 0, "R", false, 0, "")
	}
	doc.SetXY(edge, edge+9)
	write(doc, "B", 17, 8, s.Title, 3)
	doc.SetY(doc.GetY() + 4)
	for _, f := range append(append([]Fact{}, t.Facts...), s.Facts...) {
		if doc.GetY() > body-14 {
			break
		}
		doc.SetX(edge)
		write(doc, "", 8, 4.2, f.Name, 1)
		doc.SetX(edge)
		write(doc, "B", 11, 5.4, f.Text, 2)
		doc.SetY(doc.GetY() + 1.8)
	}
	doc.SetDrawColor(quiet[0], quiet[1], quiet[2])
	doc.SetDashPattern([]float64{1.6, 1.6}, 0)
	doc.Line(0, body, wide, body)
	doc.SetDashPattern(nil, 0)
	draw(doc, code, (wide-qrSide)/2, body+6)
	doc.SetTextColor(0, 0, 0)
	doc.SetFont(family, "B", 15)
	doc.SetXY(edge, body+qrSide+9)
	doc.CellFormat(inner, 8, t.Code, "", 0, "C", false, 0, "")
	doc.SetTextColor(quiet[0], quiet[1], quiet[2])
	doc.SetFont(family, "", 9)
	doc.SetXY(edge, body+qrSide+19)
	for _, line := range lines(doc, plain(s.Hint), 3) {
		doc.SetX(edge)
		doc.CellFormat(inner, 4.8, line, "", 1, "C", false, 0, "")
	}
	return doc.Error()
}

// draw puts a code on the page, its margin of white paper included.
func draw(doc *fpdf.Fpdf, code qr.Code, left, top float64) {
	module := qrSide / float64(code.Size()+2*qr.Margin)
	doc.SetFillColor(0, 0, 0)
	code.Runs(func(x, y, width int) {
		doc.Rect(left+float64(x+qr.Margin)*module, top+float64(y+qr.Margin)*module, float64(width)*module, module, "F")
	})
}

// write sets a text over the width of the page, in so many lines at most.
func write(doc *fpdf.Fpdf, style string, size, line float64, text string, most int) {
	doc.SetFont(family, style, size)
	for _, one := range lines(doc, plain(text), most) {
		doc.SetX(edge)
		doc.CellFormat(inner, line, one, "", 1, "L", false, 0, "")
	}
}

// lines breaks a text between words, a word longer than a line within it, and says with an ellipsis that there is more.
func lines(doc *fpdf.Fpdf, text string, most int) []string {
	var all []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		for doc.GetStringWidth(word) > inner {
			head := []rune(word)
			for len(head) > 1 && doc.GetStringWidth(string(head)) > inner {
				head = head[:len(head)-1]
			}
			if line != "" {
				all, line = append(all, line), ""
			}
			all, word = append(all, string(head)), strings.TrimPrefix(word, string(head))
		}
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && doc.GetStringWidth(longer) > inner {
			all, longer = append(all, line), word
		}
		line = longer
	}
	if line != "" {
		all = append(all, line)
	}
	if len(all) > most {
		all = all[:most]
		all[most-1] = shorter(doc, all[most-1])
	}
	return all
}

func shorter(doc *fpdf.Fpdf, line string) string {
	letters := []rune(line)
	for len(letters) > 1 && doc.GetStringWidth(string(letters)+"…") > inner {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimSpace(string(letters)) + "…"
}

// plain is a text as it may be printed: composed, on one line, without what no letter is. What turns the direction of writing
// would let a name read as another, and pictures the font does not have are left out.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r > 0xFFFF, r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, norm.NFC.String(text))
}
