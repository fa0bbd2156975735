package sniff

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// What an Office file may hold. The largest honest ones are a fifth of it.
const (
	mostEntries   = 4000
	mostDirectory = 1 << 20   // bytes of the list of entries
	mostInflated  = 256 << 20 // bytes of everything in it, unpacked
	mostDepth     = 12        // folders in folders
	freeInflated  = 16 << 20  // up to here nobody asks how well it was packed
	mostRatio     = 150       // beyond, an honest file unpacks to no more than so many times its size
)

// endRecord is the mark at the end of an archive.
const endRecord = 22

// end is what an archive says of itself in its last bytes.
type end struct {
	entries           int
	directory, offset int64
	at                int // where the record begins in the tail
}

// endOf finds the record that ends an archive, when its comment reaches just to the end of the file.
func endOf(tail []byte) (end, bool) {
	for i := len(tail) - endRecord; i >= 0; i-- {
		if !bytes.HasPrefix(tail[i:], []byte("PK\x05\x06")) {
			continue
		}
		if i+endRecord+int(binary.LittleEndian.Uint16(tail[i+20:])) == len(tail) {
			return end{
				int(binary.LittleEndian.Uint16(tail[i+10:])), int64(binary.LittleEndian.Uint32(tail[i+12:])),
				int64(binary.LittleEndian.Uint32(tail[i+16:])), i,
			}, true
		}
	}
	return end{}, false
}

// office looks into an archive: whether it is what Office writes, and whether it can be opened without harm. The list of its
// entries is measured before it is read, what the entries claim before they are unpacked, and what they really unpack to is
// counted and thrown away.
func office(r io.ReaderAt, size int64, tail []byte) (Kind, error) {
	e, there := endOf(tail)
	at := size - int64(len(tail)) + int64(e.at)
	switch {
	case !there, e.offset+e.directory != at: // cut off, or an archive behind something else
		return "", refuse("file.broken")
	case e.entries > mostEntries, e.directory > mostDirectory:
		return "", refuse("file.bomb")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return "", refuse("file.broken")
	}
	kind, err := contents(z)
	if err != nil {
		return "", err
	}
	if err := claims(z, size); err != nil {
		return "", err
	}
	return kind, inflates(z)
}

// contents says by the parts that it has what an archive is.
func contents(z *zip.Reader) (Kind, error) {
	seen := map[string]bool{}
	for _, f := range z.File {
		switch {
		case f.Flags&1 != 0:
			return "", refuse("file.locked")
		case !tame(f.Name), seen[f.Name], f.Method != zip.Store && f.Method != zip.Deflate:
			return "", refuse("file.broken")
		}
		seen[f.Name] = true
	}
	for name := range seen {
		if lower := strings.ToLower(name); strings.HasSuffix(lower, "vbaproject.bin") || strings.Contains(lower, "/activex/") {
			return "", refuse("file.macro")
		}
	}
	if seen["[Content_Types].xml"] {
		for kind, main := range map[Kind]string{DOCX: "word/document.xml", XLSX: "xl/workbook.xml", PPTX: "ppt/presentation.xml"} {
			if seen[main] {
				return kind, nil
			}
		}
	}
	return "", notTaken(nil)
}

// tame says whether a name stays below the folder into which somebody unpacks it.
func tame(name string) bool {
	bare := strings.TrimSuffix(name, "/")
	return bare != "" && utf8.ValidString(bare) && !strings.ContainsAny(bare, "\\:\x00") && !path.IsAbs(bare) &&
		path.Clean(bare) == bare && bare != ".." && !strings.HasPrefix(bare, "../") && strings.Count(bare, "/") < mostDepth
}

// claims refuses what already says of itself that it is too much, or better packed than anything honest, and entries that lie
// over one another.
func claims(z *zip.Reader, size int64) error {
	room := uint64(min(mostInflated, max(freeInflated, size*mostRatio))) //nolint:gosec // a size is not negative
	var packed, inflated uint64
	for _, f := range z.File {
		packed, inflated = packed+f.CompressedSize64, inflated+f.UncompressedSize64
		if packed > uint64(size) || f.UncompressedSize64 > room || inflated > room { //nolint:gosec // nor is this
			return refuse("file.bomb")
		}
	}
	return nil
}

// inflates unpacks every entry into nothing, and goes no byte further than it claimed.
func inflates(z *zip.Reader) error {
	for _, f := range z.File {
		raw, err := f.OpenRaw()
		if err != nil {
			return refuse("file.broken")
		}
		in := raw
		if f.Method == zip.Deflate {
			in = flate.NewReader(raw)
		}
		claimed := int64(f.UncompressedSize64) //nolint:gosec // claims has bounded it
		switch n, err := io.Copy(io.Discard, io.LimitReader(in, claimed+1)); {
		case n > claimed:
			return refuse("file.bomb")
		case err != nil, n < claimed:
			return refuse("file.broken")
		}
	}
	return nil
}
