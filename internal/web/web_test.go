package web

import (
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"vuon/internal/locale"
)

func TestTheAddressDecidesTheLanguage(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]locale.Lang{
		"/": locale.Vietnamese, "/startups": locale.Vietnamese, "/english": locale.Vietnamese, "/enough/x": locale.Vietnamese,
		"/en": locale.English, "/en/": locale.English, "/en/startups": locale.English,
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
		r.Header.Set("Accept-Language", "en")
		if got := Lang(r); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestEveryPageHasOneAddressInEachLanguage(t *testing.T) {
	t.Parallel()
	for vi, en := range map[string]string{
		"/": "/en/", "/startups": "/en/startups", "/startups?sector=ai": "/en/startups?sector=ai",
	} {
		if got := Path(locale.English, vi); got != en {
			t.Errorf("%s in English is %s, want %s", vi, got, en)
		}
		if got := bare(en); got != vi {
			t.Errorf("%s in Vietnamese is %s, want %s", en, got, vi)
		}
	}
	for _, path := range []string{"/app/", "/api/health", "/v/1/x.css", "https://example.org/", "mailto:a@example.org", "#main"} {
		if got := Path(locale.English, path); got != path {
			t.Errorf("%s became %s", path, got)
		}
	}
}

func TestAPageCarriesTheDrawingsItUses(t *testing.T) {
	t.Parallel()
	leaf, err := icon("leaf", "lg")
	if err != nil {
		t.Fatal(err)
	}
	third, err := tile(3)
	if err != nil {
		t.Fatal(err)
	}
	page := string(withSymbols([]byte(sprite + string(leaf) + string(leaf) + string(third))))
	for symbol, want := range map[string]int{`id="i-leaf"`: 1, `id="t-3"`: 1, `id="t-2"`: 0} {
		if got := strings.Count(page, symbol); got != want {
			t.Errorf("%s stands %d times, want %d", symbol, got, want)
		}
	}
	if fragment := string(withSymbols([]byte("<p>" + string(leaf)))); !strings.Contains(fragment, `id="i-leaf"`) {
		t.Error("a fragment leaves its drawing behind")
	}
	if _, err := icon("lotus"); err == nil {
		t.Error("a drawing that does not exist is accepted")
	}
	if _, err := tile(13); err == nil {
		t.Error("there is a thirteenth cluster")
	}
}

// A tile whose pigments have no style is black.
func TestDrawingsArePainted(t *testing.T) {
	t.Parallel()
	styles, err := os.ReadFile("../../pb_public/css/core.css")
	if err != nil {
		t.Fatal(err)
	}
	pigments := regexp.MustCompile(`class="(q\d)"`).FindAllStringSubmatch(string(drawn), -1)
	if len(pigments) == 0 {
		t.Fatal("no drawing has a pigment")
	}
	for _, found := range pigments {
		if !strings.Contains(string(styles), "."+found[1]+" { fill:") {
			t.Fatalf("nothing paints what is %s", found[1])
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		org  bool
		want string
	}{
		{"Nguyễn Thu Hà", false, "NH"},
		{"Đặng Hoài An", false, "ĐA"},
		{"Vận Hành Xưởng Mộc", true, "VH"},
		{"TreKho", true, "T"},
		{"  ", false, "·"},
	} {
		if got := Initials(c.name, c.org); got != c.want {
			t.Errorf("Initials(%q, %v) = %q, want %q", c.name, c.org, got, c.want)
		}
	}
	if Hue("Gốm Lái Tech") != Hue("gom lai tech") {
		t.Error("a name changes its colour with its marks")
	}
}

func TestTextOfPeopleIsEscaped(t *testing.T) {
	t.Parallel()
	got := string(paragraphs("một\r\nhai\n\n\n<script>alert(1)</script>"))
	if want := "<p>một<br>hai</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"; got != want {
		t.Errorf("paragraphs = %q, want %q", got, want)
	}
	if got := string(face(`<b> "x"`, `h" onload="x`)); strings.Contains(got, "<b>") || strings.Contains(got, `" onload`) {
		t.Errorf("face = %q", got)
	}
}

func TestSitemapNamesBothLanguages(t *testing.T) {
	t.Parallel()
	got, err := Sitemap("https://vuon.example", []URL{{Path: "/"}, {Path: "/startups/a&b", Changed: time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<loc>https://vuon.example/</loc>`, `<loc>https://vuon.example/en/</loc>`, `<loc>https://vuon.example/startups/a&amp;b</loc><lastmod>2026-11-24</lastmod>`,
		`<xhtml:link rel="alternate" hreflang="en" href="https://vuon.example/en/startups/a&amp;b"></xhtml:link>`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("the sitemap lacks %s:\n%s", want, got)
		}
	}
}

func TestThePolicyAllowsNothingInline(t *testing.T) {
	t.Parallel()
	for _, never := range []string{"unsafe", "*", "http:"} {
		if strings.Contains(Policy(), never) {
			t.Errorf("the policy says %s", never)
		}
	}
	if got := Policy("https://pay.example"); !strings.Contains(got, "form-action 'self' https://pay.example;") {
		t.Errorf("the policy is %s", got)
	}
}

func TestSlashesAtTheEndLeadNowhereElse(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/startups/": "/startups", "/startups": "/startups", "/en": "/en/", "/en/": "/en/", "/": "/", "//evil.example/": "/evil.example", "/en//": "/en/",
	} {
		if got := trimmed(path); got != want {
			t.Errorf("trimmed(%q) = %q, want %q", path, got, want)
		}
	}
}
