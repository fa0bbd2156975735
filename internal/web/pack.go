package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// parcel is a body that packs itself when somebody who can unpack it asks, once for each way of packing. A browser names br
// over TLS and on its own machine only: elsewhere some proxies harm what they do not know.
type parcel struct {
	plain    []byte
	br, gzip func() []byte // nil where packing makes nothing smaller; the same file is always the same bytes
}

// effort is how hard to pack.
type effort struct{ br, gzip int }

var (
	forOnce = effort{br: 4, gzip: 5} // what is made for one answer must not wait long
	forever = effort{br: brotli.BestCompression, gzip: gzip.BestCompression}
)

// tooSmall is up to how many bytes packing is not worth it.
const tooSmall = 512

// wrap makes a parcel.
func wrap(plain []byte, how effort) parcel {
	if len(plain) <= tooSmall {
		return parcel{plain: plain}
	}
	return parcel{
		plain: plain,
		br: sync.OnceValue(func() []byte {
			var b bytes.Buffer
			return packed(plain, &b, brotli.NewWriterLevel(&b, how.br))
		}),
		gzip: sync.OnceValue(func() []byte {
			var b bytes.Buffer
			w, err := gzip.NewWriterLevel(&b, how.gzip)
			if err != nil {
				return nil
			}
			return packed(plain, &b, w)
		}),
	}
}

// packed writes through w, which packs into b.
func packed(plain []byte, b *bytes.Buffer, w io.WriteCloser) []byte {
	_, err := w.Write(plain)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil
	}
	return b.Bytes()
}

// accepted returns the body in the best way that an Accept-Encoding allows, and the name of the way.
func (p parcel) accepted(header string) (body []byte, encoding string) {
	ways := map[string]bool{}
	for one := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(one), ";")
		ways[strings.TrimSpace(name)] = strings.TrimRight(strings.TrimSpace(quality), "0.") != "q="
	}
	if ways["br"] && p.br != nil {
		if body := p.br(); body != nil {
			return body, "br"
		}
	}
	if ways["gzip"] && p.gzip != nil {
		if body := p.gzip(); body != nil {
			return body, "gzip"
		}
	}
	return p.plain, ""
}
