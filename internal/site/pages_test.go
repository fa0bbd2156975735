package site_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/site"
	"vuon/internal/web"
	"vuon/pb_public"
)

// always answers a need with the same rows.
func always[T any](rows ...T) func(context.Context, core.App, time.Time) ([]T, error) {
	return func(context.Context, core.App, time.Time) ([]T, error) { return rows, nil }
}

func asDoes[T any](err error) func(context.Context, core.App, time.Time) ([]T, error) {
	return func(context.Context, core.App, time.Time) ([]T, error) { return nil, err }
}

// garden is a house in which every section of the home page has something to show.
func garden() site.Needs {
	cluster := func(n int, vi, en string) site.Cluster {
		return site.Cluster{Number: n, Title: locale.Pair{VI: vi, EN: en}}
	}
	card := func(name, vi, en string, jobs int64, tag string) web.Card {
		return web.Card{
			Name: name, Path: "/startups/x", Label: "Sản xuất thông minh", Dot: 3, Text: locale.Pair{VI: vi, EN: en}, Tag: tag,
			Facts: []web.Fact{{Key: "Tăng trưởng"}, {Key: "home.places", Count: true, N: jobs}},
		}
	}
	return site.Needs{
		Figures: always(
			site.Figure{Key: "startup đang hoạt động", Amount: 48, Cover: "trên {of} đội từng nhận vào", N: 48, Of: 61},
			site.Figure{Key: "việc làm toàn thời gian", Amount: 1184, Cover: "{n} trên {of} đội đã báo cáo", N: 44, Of: 48},
			site.Figure{Key: "vốn gọi được", Amount: 86_400_000_000, Money: true},
			site.Figure{Key: "dự án Ba Nhà", Amount: 23},
		),
		Calls: always(
			site.Call{Title: locale.Pair{VI: "Ươm tạo đợt 4 năm 2026: sản xuất xanh và chuỗi cung ứng", EN: "Incubation round 4, 2026: green manufacturing"}, Path: "/intakes/x", Closes: housetest.Noon.Add(22*24*time.Hour + time.Hour), Places: 12},
			site.Call{Title: locale.Pair{VI: "Tài năng sáng tạo số 2027 cho học sinh, sinh viên"}, Path: "/intakes/y", Closes: housetest.Noon.Add(43 * 24 * time.Hour)},
		),
		Events: always(
			site.Event{Title: locale.Pair{VI: "Giờ mở phòng FabLab", EN: "FabLab open hours"}, Place: "Phòng A1", Path: "/events/x", At: housetest.Noon.Add(76 * time.Hour)},
			site.Event{Title: locale.Pair{VI: "Demo Day 2026", EN: "Demo Day 2026"}, Path: "/events/y", At: housetest.Noon.Add(400 * time.Hour)},
		),
		Startups: always(
			card("Gốm Lái Tech", "Máy soi lỗi men bằng camera cho lò gốm nhỏ, sai số dưới 2%", "Camera finds glaze faults", 24, "Tuyển"),
			card("Mủ Xanh", "Cảm biến đo độ mủ và lịch cạo cho hộ trồng cao su", "", 1, ""),
			card("Vận Hành Xưởng Mộc Tân Uyên", "Phần mềm lịch xưởng gỗ xuất khẩu dùng được khi mất mạng", "", 8, ""),
			card("LogiSông", "Sàn đặt chỗ sà lan <b>giữa</b> hai cảng", "", 8, ""),
			card("Thừa", "không hiện", "", 8, ""),
		),
		Clusters: always(
			cluster(1, "Thử sức danh hiệu Top7 của ICF", "The ICF Top7 bid"), cluster(2, "Nguồn nhân lực, sáng tạo và khoa học", "People, creativity and science"),
			cluster(3, "Đổi mới sáng tạo và khởi nghiệp", "Innovation and startups"), cluster(4, "Sản xuất tiên tiến", "Advanced manufacturing"),
			cluster(5, "Chuỗi cung ứng và logistics", "Supply chain and logistics"), cluster(6, "Thu hút doanh nghiệp và viện trường ICT", "ICT firms and institutes"),
			cluster(7, "Dữ liệu và chính quyền điện tử", "Data and e-government"), cluster(8, "Trung tâm điều hành và 1022", "Operations centre and 1022"),
			cluster(9, "Chiếu sáng LED", "LED lighting"), cluster(10, "Truyền thông", "Communications"),
			cluster(11, "Chuỗi sự kiện tầm thế giới", "World-class events"), cluster(12, "Phát triển bền vững", "Sustainability"),
		),
		Addresses: []func(context.Context, core.App) ([]web.URL, error){
			func(context.Context, core.App) ([]web.URL, error) { return nil, errors.New("this room is ill") },
			func(context.Context, core.App) ([]web.URL, error) {
				return []web.URL{{Path: "/startups/x", Changed: housetest.Noon}}, nil
			},
		},
	}
}

// furnished is a house at noon whose head and foot do not change with what other rooms serve.
func furnished(t *testing.T, needs site.Needs) core.App {
	t.Helper()
	house := housetest.At(t, func() time.Time { return housetest.Noon })
	words, err := locale.Open(pb_public.Files)
	if err != nil {
		t.Fatal(err)
	}
	serves := []string{"/startups", "/intakes", "/privacy", "/accessibility"}
	pages, err := web.Open(web.Deps{
		Files: pb_public.Files, Words: words, Centre: site.Ours, Origin: "https://vuon.example",
		Serves: func(path string) bool { return slices.Contains(serves, path) },
	})
	if err != nil {
		t.Fatal(err)
	}
	web.Bind(house, pages)
	site.Bind(house, needs)
	return house
}

// see asks for a page as a browser does.
func see(t *testing.T, server http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w
}

var (
	version  = regexp.MustCompile(`/v/[0-9a-f]{12}/`)
	fetched  = regexp.MustCompile(`(?m)^<link rel="(?:preload|modulepreload)".*\n`) // only where make web has run
	drawings = regexp.MustCompile(`<symbol.*</symbol>`)
)

// steady is a page without what changes with every file of pb_public.
func steady(page string) string {
	page = version.ReplaceAllString(page, "/v/…/")
	return drawings.ReplaceAllString(fetched.ReplaceAllString(page, ""), "…")
}

func TestPages(t *testing.T) {
	t.Parallel()
	full, bare := furnished(t, garden()), furnished(t, site.Needs{})
	servers := map[string]http.Handler{"": housetest.Server(t, bare), "garden-": housetest.Server(t, full)}
	for name, path := range map[string]string{
		"home": "/", "garden-home": "/", "privacy": "/privacy", "accessibility": "/accessibility", "missing": "/nowhere",
	} {
		prefix, _, _ := strings.Cut(name, "home")
		server := servers[prefix]
		if server == nil {
			server = servers[""]
		}
		housetest.Golden(t, name+".vi.html", steady(see(t, server, path).Body.String()))
		housetest.Golden(t, name+".en.html", steady(see(t, server, "/en"+path).Body.String()))
	}
}

// heaviest is what a public page may weigh, packed: its HTML, styles and scripts, without fonts.
const heaviest = 20 * 1024

var files = regexp.MustCompile(`(?:href|src)="(/v/[^"]+\.(?:css|js))"`)

func TestAPublicPageIsLight(t *testing.T) {
	t.Parallel()
	server := housetest.Server(t, furnished(t, garden()))
	for _, path := range []string{"/", "/en/", "/privacy", "/nowhere"} {
		packed, page := weigh(t, server, path), see(t, server, path).Body.String()
		for _, file := range files.FindAllStringSubmatch(page, -1) {
			packed += weigh(t, server, file[1])
		}
		t.Logf("%s weighs %d bytes", path, packed)
		if packed > heaviest {
			t.Errorf("%s weighs %d bytes, more than %d", path, packed, heaviest)
		}
	}
}

// weigh is how many bytes an address is over the wire.
func weigh(t *testing.T, server http.Handler, path string) int {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%s is not packed", path)
	}
	return w.Body.Len()
}

func TestARoomThatFailsLeavesItsSectionEmpty(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	needs := garden()
	needs.Calls = asDoes[site.Call](errors.New("the disk is full"))
	site.Bind(house, needs)
	page := see(t, housetest.Server(t, house), "/")
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "Chưa có đợt nào đang mở") || !strings.Contains(page.Body.String(), "Gốm Lái Tech") {
		t.Errorf("answered %d:\n%s", page.Code, page.Body)
	}
	if strings.Contains(page.Body.String(), "disk") {
		t.Error("the page tells of our disk")
	}
}

func TestTheSitemapNamesThePagesOfEveryRoomThatIsWell(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	site.Bind(house, garden())
	got := see(t, housetest.Server(t, house), "/sitemap.xml").Body.String()
	for _, want := range []string{"/startups/x</loc><lastmod>2026-11-23</lastmod>", "/en/privacy</loc>"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sitemap lacks %s:\n%s", want, got)
		}
	}
}

func TestTheHouseIsCalledAsItsCentreSays(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	centre, err := site.TheCentre(house)
	if err != nil {
		t.Fatal(err)
	}
	row := centre.ProxyRecord()
	row.Load(map[string]any{"short": "Ươm", "name_vi": "Trung tâm Ươm tạo Sông Bé", "name_en": "", "email": "chao@vuon.example", "tagline_vi": "Cùng lớn."})
	housetest.Save(t, house, row)
	server := housetest.Server(t, house)
	for path, wants := range map[string][]string{
		"/":                     {"<b>Ươm</b>", "Trung tâm Ươm tạo Sông Bé", "mailto:chao@vuon.example", "Cùng lớn."},
		"/en/":                  {"<b>Ươm</b>", "Trung tâm Ươm tạo Sông Bé"}, // nobody has translated it
		"/manifest.webmanifest": {`"short_name":"Ươm"`},
	} {
		page := see(t, server, path).Body.String()
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
}

func TestInventedFiguresSaySo(t *testing.T) {
	t.Parallel()
	house := furnished(t, site.Needs{})
	server := housetest.Server(t, house)
	const words = "Dữ liệu mẫu"
	if strings.Contains(see(t, server, "/").Body.String(), words) {
		t.Error("a real house calls its figures samples")
	}
	web.MarkSample(house)
	for path, words := range map[string]string{"/": words, "/privacy": words, "/nowhere": words, "/app/": "data-demo"} { // the workspace's script says it there
		if !strings.Contains(see(t, server, path).Body.String(), words) {
			t.Errorf("%s does not say that its figures are samples", path)
		}
	}
}

func TestTwoEditorsOfTheCentreDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	first, err := site.TheCentre(house)
	if err != nil {
		t.Fatal(err)
	}
	second, err := site.TheCentre(house)
	if err != nil {
		t.Fatal(err)
	}
	first.ProxyRecord().Load(map[string]any{"short": "Một"})
	housetest.Save(t, house, first)
	second.ProxyRecord().Load(map[string]any{"phone": "1022"})
	housetest.Refused(t, house.Save(second), "record.stale")
}

// What a visitor waits for: the whole way through the router, with the house's own database. Milliseconds, not tens of them.
func BenchmarkHome(b *testing.B) {
	house := housetest.App(b)
	site.Bind(house, garden())
	server := housetest.Server(b, house)
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		server.ServeHTTP(httptest.NewRecorder(), r)
	}
}
