package startups_test

import (
	"fmt"
	"strings"
	"testing"

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
	housetest.Refused(t, startups.Part(house, staff, m.Id, housetest.Noon), "member.needs_primary")
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
	for code, want := range map[string]string{" 9900 000 016 ": "9900000016", "9900000016001": "9900000016-001", "079203001234": "079203001234"} {
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
