// Package sniff says what a file is by its bytes, and refuses what can hurt whoever opens it. It never looks at a name.
//
// It reads through an io.ReaderAt, so that a file of twenty megabytes costs a few buffers, and a bomb costs no more than the
// part of it that proves it to be one.
package sniff

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // the pictures that are taken
	_ "image/png"
	"io"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp"

	"vuon/internal/fault"
)

// Kind is what a file is.
type Kind string

// The kinds that can be taken.
const (
	PDF  Kind = "pdf"
	PNG  Kind = "png"
	JPEG Kind = "jpeg"
	WebP Kind = "webp"
	DOCX Kind = "docx"
	XLSX Kind = "xlsx"
	PPTX Kind = "pptx"
)

// family is what forms name: one of pdf, image, office.
var family = map[Kind]string{PDF: "pdf", PNG: "image", JPEG: "image", WebP: "image", DOCX: "office", XLSX: "office", PPTX: "office"}

// Families are the words by which a question says what it takes.
func Families() []string { return []string{"pdf", "image", "office"} }

// mime is what a browser is told that a file is.
var mime = map[Kind]string{
	PDF: "application/pdf", PNG: "image/png", JPEG: "image/jpeg", WebP: "image/webp",
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// MIME is what a browser is told that the file is.
func (k Kind) MIME() string { return mime[k] }

// Shown says whether a browser may show the file in its place. Others are saved.
func (k Kind) Shown() bool { return k == PDF || family[k] == "image" }

// Ext is the ending of a name, with its dot.
func (k Kind) Ext() string {
	if k == JPEG {
		return ".jpg"
	}
	return "." + string(k)
}

const (
	headBytes = 4096     // what the kind is read from
	tailBytes = 66 << 10 // where the end of an archive can lie
	mostPixel = 80_000_000
)

// Look returns what the file of size bytes is, when it is one of the families that are taken.
//
// Errors, each about the field "file": file.empty; file.kind, with the kinds that are taken; file.old_office, file.locked,
// file.macro, file.bomb, file.broken.
func Look(r io.ReaderAt, size int64, taken []string) (Kind, error) {
	if size == 0 {
		return "", refuse("file.empty")
	}
	head, err := part(r, 0, min(size, headBytes))
	if err != nil {
		return "", err
	}
	tail, err := part(r, max(0, size-tailBytes), size)
	if err != nil {
		return "", err
	}
	kind, err := kindOf(r, size, head, tail)
	if err != nil {
		return "", err
	}
	if !slices.Contains(taken, family[kind]) {
		return "", notTaken(taken)
	}
	return kind, nil
}

func kindOf(r io.ReaderAt, size int64, head, tail []byte) (Kind, error) {
	found := mimetype.Detect(head)
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		if twoFaced(head, tail) {
			return "", notTaken(nil)
		}
		if !bytes.Contains(tail, []byte("%%EOF")) {
			return "", refuse("file.broken")
		}
		return PDF, nil
	case found.Is(PNG.MIME()), found.Is(JPEG.MIME()), found.Is(WebP.MIME()):
		if twoFaced(head, tail) {
			return "", notTaken(nil)
		}
		return picture(r, size)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return office(r, size, tail)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")): // the container of old Office files, and of locked new ones
		if locked, err := holds(r, size, wide("EncryptedPackage")); err != nil || locked {
			return "", or(err, refuse("file.locked"))
		}
		return "", refuse("file.old_office")
	}
	return "", notTaken(nil)
}

// twoFaced says whether a file is something else as well: a page at its head, or an archive at its end.
func twoFaced(head, tail []byte) bool {
	lower := bytes.ToLower(head)
	for _, mark := range []string{"<html", "<script", "<svg", "<!doctype", "<?php", "<iframe"} {
		if bytes.Contains(lower, []byte(mark)) {
			return true
		}
	}
	_, archive := endOf(tail)
	return archive
}

// picture reads no more than the measures of a picture: a small file can claim to be a wall.
func picture(r io.ReaderAt, size int64) (Kind, error) {
	c, name, err := image.DecodeConfig(io.NewSectionReader(r, 0, size))
	switch {
	case err != nil, c.Width <= 0, c.Height <= 0:
		return "", refuse("file.broken")
	case int64(c.Width)*int64(c.Height) > mostPixel:
		return "", refuse("file.bomb")
	}
	return Kind(name), nil
}

// holds looks for some bytes in the first megabyte of a file.
func holds(r io.ReaderAt, size int64, sought []byte) (bool, error) {
	all, err := part(r, 0, min(size, 1<<20))
	return bytes.Contains(all, sought), err
}

// wide is a text as Windows writes it.
func wide(text string) []byte {
	var b []byte
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return b
}

// part reads the bytes from one place up to another.
func part(r io.ReaderAt, from, to int64) ([]byte, error) {
	b := make([]byte, to-from)
	if _, err := r.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read a file at %d: %w", from, err)
	}
	return b, nil
}

func refuse(code string, slots ...string) error { return fault.Field("file", code, slots...) }

// notTaken refuses a file for what it is. The kinds are names that are the same in both languages.
func notTaken(taken []string) error {
	if len(taken) == 0 {
		taken = Families()
	}
	return refuse("file.kind", "kinds", Names(taken))
}

// Names are the kinds of some families as people know them.
func Names(taken []string) string {
	var all []string
	for _, f := range Families() {
		if slices.Contains(taken, f) {
			all = append(all, map[string]string{"pdf": "PDF", "image": "JPG, PNG, WebP", "office": "DOCX, XLSX, PPTX"}[f])
		}
	}
	return strings.Join(all, ", ")
}

func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
