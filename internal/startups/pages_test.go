package startups_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// page asks for a page as a browser does.
func page(t *testing.T, server http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/html")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w
}

// planted stores a startup whose card everybody may read, with what is written of it.
func planted(t *testing.T, house core.App, name, sector string, c startups.Card) *startups.Startup {
	t.Helper()
	s, _ := housetest.Enrolled(t, house, housetest.Places(t, house, 1), name, housetest.Noon)
	public := string(startups.Public)
	c.Sector, c.Visibility = &sector, &public
	s, err := startups.Edit(house, housetest.Acting(t, house, access.Staff, access.House), s.Id, c, housetest.Noon)
	housetest.Refused(t, err, "")
	return s
}

func text(s string) *string { return &s }

func TestTheDirectoryFindsWithoutMarks(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	planted(t, house, "Đèn Lồng Số", "energy", startups.Card{OneLinerVI: text("Chiếu sáng phố cổ")})
	planted(t, house, "Cối Xay Gió", "agriculture", startups.Card{})
	server := housetest.Server(t, house)
	for query, found := range map[string][2]bool{
		"":                                  {true, true},
		"?q=den+long":                       {true, false},
		"?q=ĐÈN":                            {true, false},
		"?q=pho+chieu":                      {true, false}, // every word, in any order
		"?q=nong+nghiep":                    {false, true}, // by the words of the sector
		"?q=100%25":                         {false, false},
		"?sector=energy":                    {true, false},
		"?sector=energy&stage=growth":       {false, false},
		"?sector=energy&sector=agriculture": {true, true},
		"?sector=unheard":                   {true, true}, // what there is not narrows nothing
	} {
		body := page(t, server, "/startups"+query).Body.String()
		if got := [2]bool{strings.Contains(body, "Đèn Lồng Số</a>"), strings.Contains(body, "Cối Xay Gió</a>")}; got != found {
			t.Errorf("%s finds %v, want %v", query, got, found)
		}
	}
}

func TestTheDirectoryCountsWhatAClickWouldShow(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	mvp := "mvp"
	planted(t, house, "Một", "energy", startups.Card{Clusters: &[]string{"cluster00000009"}})
	planted(t, house, "Hai", "energy", startups.Card{Stage: &mvp})
	planted(t, house, "Ba", "health", startups.Card{Stage: &mvp})
	body := page(t, housetest.Server(t, house), "/en/startups?stage=mvp").Body.String()
	for _, want := range []string{
		`id="n-sector-energy">1<`, `id="n-sector-health">1<`, // under the chosen stage
		`id="n-stage-mvp">2<`, `id="n-stage-idea">1<`, // a facet does not narrow itself
		`id="n-cluster-9">0<`, "<b>2 startups</b>", "of 3",
		`class="chip" href="/en/startups"`, `value="mvp" checked`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the directory lacks %s", want)
		}
	}
	if strings.Contains(body, "n-sector-safety") {
		t.Error("a sector without startups is offered")
	}
}

func TestTheDirectoryIsReadPageByPage(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	for i := range 50 {
		planted(t, house, fmt.Sprintf("Đội %02d", i), "software", startups.Card{})
	}
	server, seen, path := housetest.Server(t, house), map[string]bool{}, "/startups?sector=software"
	more := regexp.MustCompile(`rel="next" href="([^"]+)"`)
	sizes := []int{}
	for path != "" {
		body := page(t, server, path, "X-Fragment", "results").Body.String()
		if strings.Contains(body, "<html") {
			t.Fatal("a part was asked for and a page came")
		}
		links := regexp.MustCompile(`href="/startups/([a-z0-9-]+)"`).FindAllStringSubmatch(body, -1)
		for _, l := range links {
			if seen[l[1]] {
				t.Errorf("%s stands on two pages", l[1])
			}
			seen[l[1]] = true
		}
		sizes, path = append(sizes, len(links)), ""
		if next := more.FindStringSubmatch(body); next != nil {
			path = strings.ReplaceAll(next[1], "&amp;", "&")
		}
	}
	if fmt.Sprint(sizes) != "[24 24 2]" {
		t.Errorf("the pages hold %v", sizes)
	}
}

// What everybody may read is written down in one list. A private card is answered as one that does not exist.
func TestAPrivateStartupIsNowhere(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	planted(t, house, "Công Khai", "energy", startups.Card{})
	hidden, _ := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Kín Đáo", housetest.Noon)
	server := housetest.Server(t, house)
	for _, path := range []string{"/", "/startups", "/startups?q=kin", "/startups?after=kin-dao", "/sitemap.xml", "/en/startups"} {
		if body := page(t, server, path).Body.String(); strings.Contains(body, "Kín Đáo") || strings.Contains(body, hidden.Id) || strings.Contains(body, "/kin-dao\"") {
			t.Errorf("%s shows a private startup", path)
		}
	}
	there, nowhere := page(t, server, "/startups/kin-dao"), page(t, server, "/startups/khong-co")
	if there.Code != http.StatusNotFound || there.Body.String() != strings.ReplaceAll(nowhere.Body.String(), "khong-co", "kin-dao") {
		t.Errorf("a private startup answers %d, unlike one that does not exist", there.Code)
	}
	if !strings.Contains(page(t, server, "/startups?after=kin-dao").Body.String(), "Công Khai") {
		t.Error("the place of a private startup in the list can be felt")
	}
}

func TestAStartupsPageSaysWhatItKnowsAndWhatItDoesNot(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := planted(t, house, "Gốm <Lái> Tech", "manufacturing", startups.Card{
		OneLinerVI: text("Máy soi lỗi men"), StoryVI: text("Một mẻ gốm hỏng.\n\nBa kỹ sư </script><b>tới</b>."), Website: text("https://gom.example/"),
	})
	none := 0
	_, err := startups.Edit(house, housetest.Acting(t, house, access.Staff, access.House), s.Id, startups.Card{Headcount: &none}, housetest.Noon)
	housetest.Refused(t, err, "")
	server := housetest.Server(t, house)
	body := page(t, server, "/startups/"+s.Slug()).Body.String()
	for _, want := range []string{
		"<h1>Gốm &lt;Lái&gt; Tech</h1>", "<p>Một mẻ gốm hỏng.</p>", `"@type":"Organization"`, `property="og:title"`, "chưa công bố",
		`rel="canonical"`, `href="https://gom.example/" rel="noopener nofollow"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "0 người") || strings.Contains(body, "</script><b>") || strings.Contains(body, "dữ liệu mẫu") {
		t.Error("the page shows nought for what was not said, runs what people wrote, or calls a real startup a sample")
	}
	if english := page(t, server, "/en/startups/"+s.Slug()).Body.String(); !strings.Contains(english, `lang="vi"`) || !strings.Contains(english, "not translated") {
		t.Error("a story that is not translated does not say so")
	}
	s, err = startups.Startups.Find(house, s.Id)
	housetest.Refused(t, err, "")
	s.ProxyRecord().Load(map[string]any{"sample": true})
	housetest.Save(t, house, s)
	if body := page(t, server, "/startups/"+s.Slug()).Body.String(); !strings.Contains(body, "Dữ liệu mẫu") {
		t.Error("a made-up startup does not say so")
	}
}
