package startups_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/startups"
)

const table = `Tên doanh nghiệp;MST;Ngày thành lập;Doanh thu (VNĐ);Số lao động;Website
Gốm Lái;9900 000 016;1/2/2020;1,25 tỷ;0;https://gom.vn
Mủ Xanh;9900000016;;;;
"TreKho
Robot";9900000023;31/12/2019;0;;
Trễ;;31/02/2020;;;
`

func taken(t *testing.T, house core.App, raw string, dry bool) *startups.Imported {
	t.Helper()
	told, err := startups.ImportHere(house, []byte(raw), dry, housetest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func said(i *startups.Imported) string {
	faults := make([]string, len(i.Faults))
	for n, f := range i.Faults {
		faults[n] = fmt.Sprintf("%d %s %s", f.Row, f.Field, f.Code)
	}
	return fmt.Sprintf("%d rows, %d created, %d updated: %s", i.Rows, i.Created, i.Updated, strings.Join(faults, ", "))
}

func count(t *testing.T, house core.App, collection string, where dbx.Expression) int64 {
	t.Helper()
	n, err := house.CountRecords(collection, where)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestATableBecomesStartups(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	want := "4 rows, 2 created, 0 updated: 3 tax_code tax_code.duplicate, 6 founded_on date.invalid"
	if got := said(taken(t, house, table, true)); got != want {
		t.Errorf("what would be done is told as %s", got)
	}
	if n := count(t, house, "startups", nil) + count(t, house, "startup_private", nil) + count(t, house, "kpi_readings", nil) + count(t, house, "journal", nil); n != 0 {
		t.Errorf("%d rows were written by looking", n)
	}
	told := taken(t, house, table, false)
	if got := said(told); got != want {
		t.Errorf("what was done is told as %s", got)
	}
	if f := told.Faults[0]; f.MessageVI == "" || f.MessageEN == "" || f.MessageVI == f.MessageEN || strings.Contains(f.MessageVI, "roster.") {
		t.Errorf("the fault says %q and %q", f.MessageVI, f.MessageEN)
	}

	pot, err := startups.Startups.First(house, dbx.HashExp{"name": "Gốm Lái"})
	if err != nil {
		t.Fatal(err)
	}
	if pot.Slug() != "gom-lai" || pot.FoundedOn() != "2020-02-01" || pot.Website() != "https://gom.vn" || pot.Visibility() != startups.Private ||
		pot.Sector() != "" || pot.Stage() != "" || pot.Headcount() != 0 || pot.Status() != startups.StartupActive {
		t.Errorf("the card is %v", pot.ProxyRecord().PublicExport())
	}
	private, err := startups.Privates.First(house, dbx.HashExp{"startup": pot.Id})
	if err != nil || private.TaxCode() != "9900000016" {
		t.Errorf("the tax code is %q, %v", private.TaxCode(), err)
	}
	if got := readings(t, house, pot.Id); got != "jobs 2025 = 0, revenue 2025 = 1250000000" {
		t.Errorf("it tells %s", got)
	}
	tree, err := startups.Startups.First(house, dbx.HashExp{"name": "TreKho Robot"})
	if err != nil {
		t.Fatal(err)
	}
	if got := readings(t, house, tree.Id); got != "revenue 2025 = 0" { // a true zero; jobs were not told
		t.Errorf("it tells %s", got)
	}
	entries, err := lifecycle.Told(house, "startups", pot.Id)
	if err != nil || len(entries) != 1 || entries[0].Verb() != "import" || entries[0].Actor() != "operator:terminal" {
		t.Errorf("the journal tells %v, %v", entries, err)
	}
	if got := said(taken(t, house, table, false)); got != "4 rows, 0 created, 0 updated: 2 tax_code tax_code.duplicate, 3 tax_code tax_code.duplicate, "+
		"4 tax_code tax_code.duplicate, 6 founded_on date.invalid" {
		t.Errorf("taken in again, the table is told as %s", got)
	}
	housetest.Well(t, house)
}

func readings(t *testing.T, house core.App, startup string) string {
	t.Helper()
	rows, err := startups.Readings.Query(house.RecordQuery("kpi_readings").AndWhere(dbx.HashExp{"startup": startup}).OrderBy("kpi"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range rows {
		k, err := startups.KPIs.Find(house, r.KPIID())
		if err != nil || r.Source() != "import" || r.Grade() != "self" || r.State() != startups.Given || r.RequestID() != "" {
			t.Errorf("a reading is %v, %v", r.ProxyRecord().PublicExport(), err)
		}
		list = append(list, fmt.Sprintf("%s %s = %d", k.Key(), r.Period(), r.Value()))
	}
	return strings.Join(list, ", ")
}

func TestNamesMayRepeatAndAddressesDoNot(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Gốm", housetest.Noon)
	if got := said(taken(t, house, "name\n"+strings.Repeat("Gốm\n", 600), false)); got != "600 rows, 600 created, 0 updated: " {
		t.Error(got)
	}
	if n := count(t, house, "startups", dbx.NewExp("slug LIKE 'gom-%'")); n != 600 {
		t.Errorf("%d addresses are numbered", n)
	}
	housetest.Well(t, house)
}

func TestOnlyStaffOfTheHouseTakeTablesIn(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	for want, by := range map[string]access.Actor{
		"access.sign_in": {}, "access.needs_staff": housetest.StaffOf(t, house, cohort), "": housetest.Acting(t, house, access.Staff, access.House),
	} {
		_, err := startups.Import(house, by, []byte(table), false, housetest.Noon)
		housetest.Refused(t, err, want)
	}
}

// Nobody is in a startup of a table until somebody joins; then it has an admin and one whom the centre writes to, for good.
func TestTheFirstToJoinAStartupOfATableLeadsIt(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	taken(t, house, table, false)
	s, err := startups.Startups.First(house, dbx.HashExp{"name": "Gốm Lái"})
	if err != nil {
		t.Fatal(err)
	}
	staff := housetest.Acting(t, house, access.Staff, access.House)
	m, err := startups.Join(house, staff, s.Id, startups.Newcomer{User: housetest.User(t, house).Id, Role: startups.Founder}, housetest.Noon)
	housetest.Refused(t, err, "")
	if !m.Admin() || !m.Primary() {
		t.Errorf("the first to join is %v", m.ProxyRecord().PublicExport())
	}
	housetest.Refused(t, startups.Leave(house, staff, m.Id, "", housetest.Noon), "member.needs_primary")
	if _, err := house.DB().Delete("startup_members", dbx.HashExp{"id": m.Id}).Execute(); err != nil {
		t.Fatal(err)
	}
	housetest.Well(t, house)
	if _, err := house.DB().NewQuery("INSERT INTO startups (id, name, slug, status, search_key, sort_key) VALUES ('nobodyssstartup', 'X', 'x', 'active', 'x', 'x')").Execute(); err != nil {
		t.Fatal(err)
	}
	for _, audit := range startups.Audits() {
		rows, err := audit.Broken(t.Context(), house, 10)
		if lone := audit.ID == "startups.one_primary" || audit.ID == "startups.an_admin"; err != nil || lone && len(rows) != 1 {
			t.Errorf("%s finds %v, %v: a startup of no table has people", audit.ID, rows, err)
		}
	}
}

// What a table does not tell stays open while nobody else sees the card.
func TestACardWithoutASectorIsNotShown(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	taken(t, house, table, false)
	s, err := startups.Startups.First(house, dbx.HashExp{"name": "Gốm Lái"})
	if err != nil {
		t.Fatal(err)
	}
	staff := housetest.Acting(t, house, access.Staff, access.House)
	public, sector, stage := "public", "manufacturing", "growth"
	for _, step := range []struct {
		card startups.Card
		want string
	}{
		{startups.Card{Visibility: &public}, "startup.unknown_sector"},
		{startups.Card{Visibility: &public, Sector: &sector}, "startup.unknown_stage"},
		{startups.Card{Visibility: &public, Sector: &sector, Stage: &stage}, ""},
	} {
		step.card.Rev = 1
		_, err := startups.Edit(house, staff, s.Id, step.card, housetest.Noon)
		housetest.Refused(t, err, step.want)
	}
}

// A reading that answers no report can only be what a table brings.
func TestAReadingOfNoReportComesFromATable(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	taken(t, house, table, false)
	r, err := startups.Readings.First(house, dbx.HashExp{"kpi": "kpijobs00000000"})
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]map[string]any{
		"reading.rooted": {"source": "self"}, "reading.value_without_state": {"state": "refused"}, "reading.negative": {"value": -1}, "": {"value": 7},
	} {
		fresh, err := startups.Readings.Find(house, r.Id)
		if err != nil {
			t.Fatal(err)
		}
		fresh.ProxyRecord().Load(change)
		housetest.Refused(t, house.Save(fresh), want)
	}
	twin := core.NewRecord(r.ProxyRecord().Collection())
	twin.Load(map[string]any{"startup": r.StartupID(), "kpi": r.KPIID(), "period_key": r.Period(), "state": "value", "source": "import", "grade": "self"})
	if err := house.Save(twin); err == nil {
		t.Error("a figure has two readings of one period")
	}
	twin.Load(map[string]any{"period_key": "baseline"})
	housetest.Refused(t, house.Save(twin), "reading.rooted")
}

// A code has one way to be kept, and the twelve digits of a person are one.
func TestATaxCodeIsKeptInOneWay(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, founder := one(t, house)
	rev := 1
	for code, want := range map[string]string{"9900 000 016": "9900000016", "9900000016001": "9900000016-001", "079203001234": "079203001234"} {
		p, err := startups.EditPrivate(house, founder, s.Id, startups.PrivateFields{TaxCode: &code, Rev: rev}, housetest.Noon)
		housetest.Refused(t, err, "")
		if rev++; p.TaxCode() != want {
			t.Errorf("%q is kept as %q", code, p.TaxCode())
		}
	}
	wrong := "9900000017"
	_, err := startups.EditPrivate(house, founder, s.Id, startups.PrivateFields{TaxCode: &wrong, Rev: rev}, housetest.Noon)
	housetest.Refused(t, err, "startup.tax_code")
}

// previewed looks at a table, then takes in what was seen.
func previewed(t *testing.T, house core.App, raw string, do func(core.App, access.Actor, []byte, string, time.Time) (*startups.Preview, error)) *startups.Preview {
	t.Helper()
	staff := housetest.Acting(t, house, access.Staff, access.House)
	p, err := do(house, staff, []byte(raw), "", housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = do(house, staff, []byte(raw+"\n"+strings.Repeat(";", 3)+"x\n"), p.Seal, housetest.Noon)
	housetest.Refused(t, err, "import.changed")
	done, err := do(house, staff, []byte(raw), p.Seal, housetest.Noon)
	housetest.Refused(t, err, "")
	if p.Done || !done.Done || said(&p.Imported) != said(&done.Imported) {
		t.Errorf("seen as %s, done as %s", said(&p.Imported), said(&done.Imported))
	}
	return p
}

func differences(p *startups.Preview) string {
	var list []string
	for _, c := range p.Changes {
		for _, d := range c.Differs {
			list = append(list, fmt.Sprintf("%d %s: %v > %v", c.Row, d.Field, d.Old, d.New))
		}
	}
	return strings.Join(list, ", ")
}

func TestATableIsLookedThroughBeforeItChangesAnything(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	first := previewed(t, house, table, startups.TakeStartups)
	if got := differences(first); got != "2 name: <nil> > Gốm Lái, 2 tax_code: <nil> > 9900000016, 2 founded_on: <nil> > 2020-02-01, 2 revenue_vnd: <nil> > 1250000000, "+
		"2 jobs: <nil> > 0, 2 website: <nil> > https://gom.vn, 4 name: <nil> > TreKho Robot, 4 tax_code: <nil> > 9900000023, 4 founded_on: <nil> > 2019-12-31, 4 revenue_vnd: <nil> > 0" {
		t.Error(got)
	}
	changed := "Tên;MST;Ngày thành lập;Doanh thu;Số lao động;Website\nCông ty Gốm Lái;9900000016;;1,25 tỷ;5;\nTreKho Robot;9900000023;31/12/2019;;;https://tre.vn\nTreKho Robot;9900000030;;;;\n"
	second := previewed(t, house, changed, startups.TakeStartups)
	if got := said(&second.Imported); got != "3 rows, 1 created, 2 updated: " {
		t.Error(got)
	}
	if got := differences(second); got != "2 name: Gốm Lái > Công ty Gốm Lái, 2 jobs: 0 > 5, 3 website: <nil> > https://tre.vn, 4 name: <nil> > TreKho Robot, 4 tax_code: <nil> > 9900000030" {
		t.Error(got)
	}
	if third := previewed(t, house, changed, startups.TakeStartups); third.Unchanged != 3 || third.Created+third.Updated != 0 {
		t.Errorf("taken in again it is %+v", third)
	}
	pot, err := startups.Startups.First(house, dbx.HashExp{"slug": "gom-lai"})
	if err != nil || pot.Name() != "Gốm Lái" || pot.FoundedOn() != "2020-02-01" { // the card keeps its name: the table tells the enterprise's
		t.Errorf("the card is %s, %s, %v", pot.Name(), pot.FoundedOn(), err)
	}
	if got := readings(t, house, pot.Id); got != "jobs 2025 = 5, revenue 2025 = 1250000000" {
		t.Error(got)
	}
	housetest.Well(t, house)
}

func TestFiguresOfThePastComeFromATable(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder, _ := one(t, house)
	housetest.Reported(t, house, founder, s.Id, "baseline", 5, housetest.Noon)
	previewed(t, house, table, startups.TakeStartups)
	past := "startup;period;kpi;value\ngom-lai;2024;jobs;7\n9900000016;2025;Doanh thu trong tháng;1,5 tỷ\nMột Đội;03/2025;revenue;0\ngom-lai;2025;jobs;0\nSông;2025;jobs;1\n"
	first := previewed(t, house, past, startups.TakeHistory)
	if got := said(&first.Imported) + differences(first); got != "5 rows, 2 created, 1 updated: 6 startup startup.unknown"+
		"2 jobs 2024: <nil> > 7, 3 revenue 2025: 1250000000 > 1500000000, 4 revenue 2025-03: <nil> > 0" || first.Unchanged != 1 {
		t.Error(got, first.Unchanged)
	}
	course, err := startups.History(house, housetest.Acting(t, house, access.Staff, access.House), s.Id)
	housetest.Refused(t, err, "")
	if len(course.Rows) == 0 || course.Rows[0].Period != "2025-03" || course.Rows[0].Source != "import" {
		t.Errorf("its history is %+v", course.Rows)
	}
	housetest.Well(t, house)
}

// What a report that was handed in tells is corrected there and nowhere else.
func TestATableDoesNotOverwriteAReport(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := housetest.Active(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	later := housetest.Noon.AddDate(0, 3, 0)
	housetest.Refused(t, startups.OpenReports(house, later), "")
	period := later.AddDate(0, -1, 0).Format("2006-01")
	housetest.Reported(t, house, founder, s.Id, period, 5, later)
	p, err := startups.TakeHistory(house, housetest.Acting(t, house, access.Staff, access.House), []byte("startup,period,kpi,value\nmot-doi,"+period+",revenue,6\n"), "", later)
	housetest.Refused(t, err, "")
	if got := said(&p.Imported); got != "1 rows, 0 created, 0 updated: 2 value value.told" {
		t.Error(got)
	}
}

func TestTheWorkspaceTakesTablesOfStaffOnly(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	staff := housetest.Acting(t, house, access.Staff, access.House)
	for want, by := range map[string]access.Actor{"access.sign_in": {}, "access.needs_staff": housetest.StaffOf(t, house, cohort), "": staff} {
		_, err := startups.TakeStartups(house, by, []byte(table), "", housetest.Noon)
		housetest.Refused(t, err, want)
		_, err = startups.TakeHistory(house, by, []byte("startup,period,kpi,value\n"), "", housetest.Noon)
		housetest.Refused(t, err, want)
	}
	_, err := startups.TakeStartups(house, staff, []byte("name\n"+strings.Repeat("A\n", 2001)), "", housetest.Noon)
	housetest.Refused(t, err, "import.too_many")
}

// What goes out runs in no spreadsheet, and staff of a cohort take away what is theirs.
func TestTablesGoOut(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	s, founder := housetest.Enrolled(t, house, cohort, "=HYPERLINK(1)", housetest.Noon)
	housetest.Reported(t, house, founder, s.Id, "baseline", 5, housetest.Noon)
	taken(t, house, table, false)
	server := housetest.Server(t, house)
	of := func(role access.Scope, path string) string {
		got := housetest.Ask(t, server, housetest.Holder(t, house, access.Staff, role), "GET", path, "")
		if got.Code != 200 {
			t.Errorf("%s is answered %d", path, got.Code)
		}
		return got.Body.String()
	}
	all, theirs := of(access.House, "/api/vuon/exports/startups?format=csv"), of(access.Scope{Type: access.Cohort, ID: cohort}, "/api/vuon/exports/startups?format=csv")
	if !strings.Contains(all, "\n'=HYPERLINK(1),") || !strings.Contains(all, "\nGốm Lái,9900000016,2020-02-01,https://gom.vn,Gốm Lái,") {
		t.Error(all)
	}
	if strings.Contains(theirs, "Gốm") || !strings.Contains(theirs, "HYPERLINK") {
		t.Error(theirs)
	}
	past := of(access.House, "/api/vuon/exports/readings?format=csv")
	if !strings.Contains(past, "gom-lai,Gốm Lái,9900000016,2025,revenue,1250000000,value,vnd,import,self,,\n") || !strings.Contains(past, ",baseline,revenue,5,value,vnd,self,self,,submitted\n") {
		t.Error(past)
	}
	if book := of(access.House, "/api/vuon/exports/readings?format=xlsx"); !strings.HasPrefix(book, "PK") {
		t.Errorf("a book begins with %.10q", book)
	}
}
