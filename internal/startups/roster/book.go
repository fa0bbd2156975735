package roster

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"vuon/internal/fault"
)

// unpacked is how many bytes a book may hold: a small file can unpack to all the memory there is.
const unpacked = 256 << 20

// book reads the first page of an XLSX. A number is written out with a decimal comma and never with three digits behind it, so
// that it cannot be taken for thousands; a cell that is shown as a date is YYYY-MM-DD. Error: import.unreadable.
func book(raw []byte) ([]Line, error) {
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked})
	if err != nil {
		return nil, fault.Field("file", "import.unreadable")
	}
	defer f.Close() //nolint:errcheck // its folder of the moment is all that is left
	pages := f.GetSheetList()
	if len(pages) == 0 {
		return nil, fault.Field("file", "import.empty")
	}
	rows, err := f.GetRows(pages[0])
	if err != nil {
		return nil, fault.Field("file", "import.unreadable")
	}
	b := opened{File: f, page: pages[0], dates: map[int]bool{}}
	var all []Line
	for i, cells := range rows {
		empty := true
		for k := range cells {
			if cells[k] != "" {
				cells[k] = b.said(i+1, k+1, cells[k])
			}
			empty = empty && strings.TrimSpace(cells[k]) == ""
		}
		if !empty {
			all = append(all, Line{i + 1, cells})
		}
	}
	return all, nil
}

type opened struct {
	*excelize.File
	page  string
	dates map[int]bool // styles that show a date
}

// said is what a cell says in words of ours.
func (b opened) said(row, column int, value string) string {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return value
	}
	kind, err := b.GetCellType(b.page, at)
	n, wrong := strconv.ParseFloat(value, 64)
	if err != nil || wrong != nil || kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset && kind != excelize.CellTypeFormula {
		return value
	}
	if style, err := b.GetCellStyle(b.page, at); err == nil && b.dated(style) {
		if day, err := excelize.ExcelDateToTime(n, b.since1904()); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	text := strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
	if _, part, found := strings.Cut(text, ","); found && len(part) == 3 {
		text += "0"
	}
	return text
}

func (b opened) since1904() bool {
	props, err := b.GetWorkbookProps()
	return err == nil && props.Date1904 != nil && *props.Date1904
}

// dated says whether a style shows a number as a day.
func (b opened) dated(style int) bool {
	if is, asked := b.dates[style]; asked {
		return is
	}
	s, err := b.GetStyle(style)
	is := false
	if err == nil {
		n := s.NumFmt
		is = n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n >= 34 && n <= 36 || n >= 50 && n <= 58
		if s.CustomNumFmt != nil {
			shape := strings.ToLower(*s.CustomNumFmt)
			is = strings.Contains(shape, "yy") && strings.Contains(shape, "d")
		}
	}
	b.dates[style] = is
	return is
}
