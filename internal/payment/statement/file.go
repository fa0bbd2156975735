package statement

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"vuon/internal/fault"
)

// unpacked is how many bytes a book may hold: a small file can unpack to all the memory there is.
const unpacked = 128 << 20

// linesOf takes a file apart, whatever it is.
func linesOf(raw []byte) ([]line, error) {
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, fault.Field("file", "statement.empty")
	case len(raw) > LargestFile:
		return nil, fault.Field("file", "statement.too_large")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return book(raw)
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")):
		return nil, fault.Field("file", "statement.old_excel")
	}
	return table(raw)
}

// table reads a CSV with whatever stands between its cells.
func table(raw []byte) ([]line, error) {
	if bytes.HasPrefix(raw, []byte("\xFF\xFE")) || bytes.HasPrefix(raw, []byte("\xFE\xFF")) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return nil, fault.Field("file", "statement.unreadable")
		}
		raw = text
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if !utf8.Valid(raw) || bytes.ContainsRune(raw, 0) {
		return nil, fault.Field("file", "statement.unreadable")
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator(raw), true, -1
	var all []line
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fault.Field("file", "statement.unreadable")
		case len(all) >= mostRows:
			return nil, fault.Field("file", "statement.too_large")
		}
		row, _ := r.FieldPos(0)
		all = append(all, line{row, cells})
	}
}

// separator is what most lines are cut by.
func separator(raw []byte) rune {
	best, most := ',', 0
	for _, mark := range []rune{',', ';', '\t'} {
		if n := bytes.Count(raw[:min(len(raw), 64<<10)], []byte(string(mark))); n > most && (mark != ',' || best == ',') {
			best, most = mark, n
		}
	}
	if best == ',' {
		return ','
	}
	// a comma within amounts is more frequent than any separator: the names of the columns have none
	for text := range strings.Lines(string(raw)) {
		if strings.Count(text, string(best)) >= 3 {
			return best
		}
	}
	return ','
}

// book reads the first page of an XLSX.
func book(raw []byte) (all []line, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked})
	if err != nil {
		return nil, fault.Field("file", "statement.unreadable")
	}
	defer f.Close() //nolint:errcheck // its folder of the moment is all that is left
	pages := f.GetSheetList()
	if len(pages) == 0 {
		return nil, fault.Field("file", "statement.empty")
	}
	rows, err := f.GetRows(pages[0])
	switch {
	case err != nil:
		return nil, fault.Field("file", "statement.unreadable")
	case len(rows) > mostRows:
		return nil, fault.Field("file", "statement.too_large")
	}
	for i, cells := range rows {
		for k := range cells {
			cells[k] = shown(f, pages[0], i+1, k+1, cells[k])
		}
		all = append(all, line{i + 1, cells})
	}
	return all, nil
}

// shown writes a number of a book so that it is read as it is meant: an instant with its hour, an amount without marks.
func shown(f *excelize.File, page string, row, column int, value string) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return value
	}
	if kind, err := f.GetCellType(page, at); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		return value
	}
	if style, err := f.GetCellStyle(page, at); err == nil && dated(f, style) {
		if when, err := excelize.ExcelDateToTime(n, false); err == nil {
			return when.Add(time.Second / 2).Format("2006-01-02 15:04:05")
		}
	}
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
}

// dated says whether a style shows a number as a day.
func dated(f *excelize.File, style int) bool {
	s, err := f.GetStyle(style)
	if err != nil {
		return false
	}
	if s.CustomNumFmt != nil {
		shape := strings.ToLower(*s.CustomNumFmt)
		return strings.Contains(shape, "yy") && strings.Contains(shape, "d")
	}
	return s.NumFmt >= 14 && s.NumFmt <= 22
}
