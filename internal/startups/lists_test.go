package startups_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// Staff search who is in which cohort without marks, page through it, and take it away without a formula.
func TestEnrolmentsAreSearchedPagedAndTakenAway(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, two := housetest.Places(t, house, 9), housetest.Places(t, house, 9)
	for i, name := range []string{"Đậu Phụng Đỏ", "=1+1 Ớt", "Mía Đường", "Sả Gừng"} {
		housetest.Active(t, house, []string{one, two}[i%2], name, day(2026, time.November, 2+i))
	}
	housetest.Enrolled(t, house, one, "Chưa Bắt Đầu", housetest.Noon)
	l := listing{t, housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House), "/api/vuon/enrolments"}
	if got := l.walk("limit=2", "startup"); got != "Sả Gừng, Mía Đường, =1+1 Ớt, Đậu Phụng Đỏ, Chưa Bắt Đầu" {
		t.Errorf("page after page stand %s", got)
	}
	for query, want := range map[string]string{"q=dau+phung": "Đậu Phụng Đỏ", "q=%C4%91%C6%B0%E1%BB%9Dng": "Mía Đường", "q=khong": "", "cohort=" + two: "Sả Gừng, =1+1 Ớt", "cohort=" + two + "&limit=1": "Sả Gừng, =1+1 Ớt"} {
		if got := l.walk(query, "startup"); got != want {
			t.Errorf("?%s finds %q, not %q", query, got, want)
		}
	}
	rows := l.table("format=csv&limit=1")
	if len(rows) != 6 || rows[1][1] != "Sả Gừng" || rows[3][1] != "'=1+1 Ớt" {
		t.Errorf("the table holds %q", rows)
	}
	housetest.Well(t, house)
}

// Staff search what startups are asked for without marks, page through it, and take it away.
func TestWhatIsAskedForIsSearchedPagedAndTakenAway(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	staff := housetest.Acting(t, house, access.Staff, access.House)
	_, err := startups.DefineKPI(house, staff, startups.KPIFields{
		Key: "margin", LabelVI: "=Biên lợi nhuận", Unit: "percent", Direction: "higher", Agg: "avg", Sensitivity: "staff",
	}, housetest.Noon)
	housetest.Refused(t, err, "")
	kpi, err := startups.KPIs.First(house, dbx.HashExp{"key": "margin"})
	housetest.Refused(t, err, "")
	for i := range 3 {
		_, err := startups.DraftTemplate(house, staff, startups.TemplateFields{
			TitleVI: fmt.Sprintf("Mẫu Đặc Biệt %d", i), Kind: "month", KPIs: []string{kpi.Id}, DueDay: 5, GraceDays: 2,
		}, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	kpis := listing{t, housetest.Server(t, house), housetest.Holder(t, house, access.Staff, access.House), "/api/vuon/kpis"}
	forms := kpis
	forms.path = "/api/vuon/report-templates"
	if got := kpis.walk("limit=2", "key"); got != "revenue, jobs, customers, funding, cash, margin" {
		t.Errorf("page after page stand %s", got)
	}
	if got := kpis.walk("q=bien+loi", "key"); got != "margin" {
		t.Errorf("without marks is found %s", got)
	}
	if rows := kpis.table("format=csv"); len(rows) != 7 || rows[6][1] != "'=Biên lợi nhuận" {
		t.Errorf("the table holds %q", rows)
	}
	whole := forms.walk("", "title_vi")
	if paged := forms.walk("limit=1", "title_vi"); paged != whole || strings.Count(whole, ", ") != 4 || !strings.HasSuffix(whole, "Mẫu Đặc Biệt 2") && !strings.Contains(whole, "Mẫu Đặc Biệt") {
		t.Errorf("in one page stand %s, page after page %s", whole, paged)
	}
	if got := forms.walk("q=mau+dac+biet+1", "title_vi"); got != "Mẫu Đặc Biệt 1" {
		t.Errorf("without marks is found %s", got)
	}
	if got := forms.walk("q=bien+loi+nhuan&limit=1", "title_vi"); strings.Count(got, "Mẫu Đặc Biệt") != 3 {
		t.Errorf("by a figure is found %s", got)
	}
	if rows := forms.table("format=csv"); len(rows) != 6 || rows[5][3] != "margin" {
		t.Errorf("the table holds %q", rows)
	}
}

// listing is a list as staff of the whole house read it.
type listing struct {
	*testing.T
	server http.Handler
	staff  *core.Record
	path   string
}

func (l listing) ask(query string) string {
	l.Helper()
	got := housetest.Ask(l.T, l.server, l.staff, http.MethodGet, l.path+"?"+query, "")
	if got.Code != http.StatusOK {
		l.Fatalf("%s?%s answers %d: %s", l.path, query, got.Code, got.Body)
	}
	return got.Body.String()
}

// walk reads a list to its end, page by page, and names its rows.
func (l listing) walk(query, name string) string {
	l.Helper()
	var names []string
	for after, turns := "", 0; turns < 20; turns++ {
		var page struct {
			Rows []map[string]any `json:"rows"`
			Next string           `json:"next"`
		}
		if err := json.Unmarshal([]byte(l.ask(query+"&after="+url.QueryEscape(after))), &page); err != nil {
			l.Fatal(err)
		}
		for _, row := range page.Rows {
			said := row[name]
			if of, ok := said.(map[string]any); ok {
				said = of["name"]
			}
			names = append(names, fmt.Sprint(said))
		}
		if after = page.Next; after == "" {
			break
		}
	}
	return strings.Join(names, ", ")
}

func (l listing) table(query string) [][]string {
	l.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(l.ask(query), "\ufeff"))).ReadAll()
	if err != nil {
		l.Fatal(err)
	}
	return rows
}
