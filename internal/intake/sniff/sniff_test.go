package sniff_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"

	"vuon/internal/fault"
	"vuon/internal/intake/sniff"
)

var everything = sniff.Families()

func look(raw []byte, taken ...string) (sniff.Kind, string) {
	if taken == nil {
		taken = everything
	}
	kind, err := sniff.Look(bytes.NewReader(raw), int64(len(raw)), taken)
	return kind, fault.Code(err)
}

// archive packs some entries as Office does.
func archive(t testing.TB, entries ...string) []byte {
	t.Helper()
	var raw bytes.Buffer
	w := zip.NewWriter(&raw)
	for i := 0; i+1 < len(entries); i += 2 {
		f, err := w.Create(entries[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, entries[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return raw.Bytes()
}

func letter(t testing.TB, more ...string) []byte {
	t.Helper()
	return archive(t, append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document>Kính gửi</w:document>"}, more...)...)
}

func pictureOf(t testing.TB, encode func(io.Writer, image.Image) error) []byte {
	t.Helper()
	var raw bytes.Buffer
	if err := encode(&raw, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return raw.Bytes()
}

func photo(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) }

const page = "%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"

// bomb is an archive of a few kilobytes that unpacks to more than a gigabyte: all its entries share the same packed zeros.
func bomb(t testing.TB, honest bool) []byte {
	t.Helper()
	const each, copies = 10 << 20, 110
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, each)
	if _, err := w.Write(zeros); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sum, claimed := crc32.ChecksumIEEE(zeros), uint32(each)
	if !honest {
		claimed = 10
	}
	var raw bytes.Buffer
	little := func(values ...any) {
		for _, v := range values {
			if err := binary.Write(&raw, binary.LittleEndian, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	little([]byte("PK\x03\x04"), uint16(20), uint16(0), uint16(8), uint32(0), sum, uint32(packed.Len()), claimed, uint16(17), uint16(0))
	raw.WriteString("word/document.xml")
	raw.Write(packed.Bytes())
	from := raw.Len()
	for i := range copies {
		name := fmt.Sprintf("word/media/%d.png", i)
		switch i {
		case 0:
			name = "[Content_Types].xml"
		case 1:
			name = "word/document.xml"
		}
		size := uint32(packed.Len())
		if !honest {
			size = uint32(packed.Len() / copies) // so that the sum of all is no more than the file
		}
		little([]byte("PK\x01\x02"), uint16(20), uint16(20), uint16(0), uint16(8), uint32(0), sum, size, claimed,
			uint16(len(name)), uint16(0), uint16(0), uint16(0), uint16(0), uint32(0), uint32(0))
		raw.WriteString(name)
	}
	length := raw.Len() - from
	little([]byte("PK\x05\x06"), uint16(0), uint16(0), uint16(copies), uint16(copies), uint32(length), uint32(from), uint16(0))
	return raw.Bytes()
}

// swollen is an honest archive whose one entry unpacks to 200 MB of nothing.
func swollen(t testing.TB) []byte {
	t.Helper()
	return letter(t, "word/media/image1.png", strings.Repeat("\x00", 200<<20))
}

func TestAFileIsWhatItsBytesAre(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  []byte
		kind sniff.Kind
		code string
	}{
		"a PDF":                          {[]byte(page), sniff.PDF, ""},
		"a PNG":                          {pictureOf(t, png.Encode), sniff.PNG, ""},
		"a photo":                        {pictureOf(t, photo), sniff.JPEG, ""},
		"a letter":                       {letter(t), sniff.DOCX, ""},
		"a table":                        {archive(t, "[Content_Types].xml", "", "xl/workbook.xml", "<workbook/>"), sniff.XLSX, ""},
		"slides":                         {archive(t, "[Content_Types].xml", "", "ppt/presentation.xml", "<p/>"), sniff.PPTX, ""},
		"nothing":                        {nil, "", "file.empty"},
		"a page named .pdf":              {[]byte("<!DOCTYPE html><html><script>alert(1)</script></html>"), "", "file.kind"},
		"a drawing with a script":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "", "file.kind"},
		"a drawing after a prologue":     {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), "", "file.kind"},
		"a program":                      {[]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00"), "", "file.kind"},
		"a script":                       {[]byte("#!/bin/sh\nrm -rf /\n"), "", "file.kind"},
		"plain words":                    {[]byte("Kính gửi ban tổ chức"), "", "file.kind"},
		"a PDF behind a page":            {[]byte("<html>" + page), "", "file.kind"},
		"a PDF with a page in its head":  {[]byte("%PDF-1.7\n<HTML><script>alert(1)</script>\n" + page), "", "file.kind"},
		"a PDF that is an archive too":   {append([]byte(page), archive(t, "a", "b")...), "", "file.kind"},
		"a photo that is an archive too": {append(pictureOf(t, photo), archive(t, "a", "b")...), "", "file.kind"},
		"a PDF cut off":                  {[]byte("%PDF-1.7\n1 0 obj"), "", "file.broken"},
		"a PNG cut off":                  {pictureOf(t, png.Encode)[:20], "", "file.broken"},
		"a PNG as large as a town":       {wall(t), "", "file.bomb"},
		"an archive that is no letter":   {archive(t, "a.txt", "a"), "", "file.kind"},
		"a letter cut off":               {letter(t)[:100], "", "file.broken"},
		"a letter behind something":      {append([]byte("PK\x03\x04junk"), letter(t)...), "", "file.broken"},
		"a letter with macros":           {letter(t, "word/vbaProject.bin", "x"), "", "file.macro"},
		"a letter that leaves its place": {letter(t, "../../etc/passwd", "x"), "", "file.broken"},
		"a letter with an absolute name": {letter(t, "/etc/passwd", "x"), "", "file.broken"},
		"a letter with a backslash":      {letter(t, `..\x`, "x"), "", "file.broken"},
		"folders without end":            {letter(t, strings.Repeat("a/", 40)+"x", "x"), "", "file.broken"},
		"the same entry twice":           {letter(t, "word/document.xml", "another"), "", "file.broken"},
		"a locked entry":                 {lockedEntry(t), "", "file.locked"},
		"a locked letter":                {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), wide("EncryptedPackage")...), "", "file.locked"},
		"a letter of 2003":               {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word.Document.8"), "", "file.old_office"},
		"too many entries":               {crowded(t), "", "file.bomb"},
		"a bomb that says so":            {bomb(t, true), "", "file.bomb"},
		"a bomb that denies it":          {bomb(t, false), "", "file.bomb"},
		"an entry of 200 MB of nothing":  {swollen(t), "", "file.bomb"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if kind, code := look(c.raw); kind != c.kind || code != c.code {
				t.Errorf("it is %q, refused with %q; want %q, %q", kind, code, c.kind, c.code)
			}
		})
	}
}

func wide(text string) []byte {
	return []byte(strings.Join(strings.Split(text, ""), "\x00") + "\x00")
}

// wall is a small PNG that claims to be 60,000 pixels wide and high.
func wall(t testing.TB) []byte {
	t.Helper()
	raw := pictureOf(t, png.Encode)
	binary.BigEndian.PutUint32(raw[16:], 60000)
	binary.BigEndian.PutUint32(raw[20:], 60000)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

func lockedEntry(t testing.TB) []byte {
	t.Helper()
	raw := letter(t)
	raw[bytes.Index(raw, []byte("PK\x01\x02"))+8] |= 1
	return raw
}

func crowded(t testing.TB) []byte {
	t.Helper()
	var names []string
	for i := range 5000 {
		names = append(names, fmt.Sprintf("word/%d", i), "")
	}
	return letter(t, names...)
}

// The question says what it takes: a picture is no answer where a PDF is asked for.
func TestAQuestionTakesItsFamilies(t *testing.T) {
	t.Parallel()
	if _, code := look(pictureOf(t, png.Encode), "pdf"); code != "file.kind" {
		t.Errorf("refused with %q", code)
	}
	if kind, code := look([]byte(page), "pdf", "image"); kind != sniff.PDF || code != "" {
		t.Errorf("%q, %q", kind, code)
	}
}

// A bomb of a few kilobytes is refused for what it claims, and one that lies while little of it is unpacked.
func TestABombCostsLittle(t *testing.T) { //nolint:paralleltest // it weighs the memory of the process
	small, lying := bomb(t, true), bomb(t, false)
	if len(small) > 20<<10 {
		t.Fatalf("the bomb has %d bytes", len(small))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for _, raw := range [][]byte{small, lying} {
		if _, code := look(raw); code == "" {
			t.Error("it was taken")
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("two bombs cost %d bytes of memory", used)
	}
}

// Whatever is sent, looking at it ends in a kind or in a refusal that has words.
func FuzzLook(f *testing.F) {
	for _, seed := range [][]byte{[]byte(page), letter(f), letter(f)[:120], bomb(f, true), bomb(f, false), lockedEntry(f), wall(f)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		kind, code := look(raw)
		if code == "internal" || (kind == "") == (code == "") {
			t.Errorf("%q, %q", kind, code)
		}
	})
}
