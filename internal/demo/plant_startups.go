package demo

import (
	"encoding/json"
	"strings"
	"time"

	"vuon/internal/lifecycle"
	"vuon/internal/startups"
	"vuon/internal/vn"
)

// The cohorts: when they began, how many months before now's, and when they end.
var cohorts = []struct {
	n, began, ends, capacity int
	status                   string
}{
	{1, -26, -12, 20, "closed"},
	{2, -16, 0, 24, "graduating"},
	{3, -8, 7, 24, "running"},
	{4, 2, 14, 12, "recruiting"},
	{5, 6, 18, 12, "recruiting"},
}

const programme = "programme000001"

// cohort is the id of the n-th.
func cohort(n int) string { return id("cohort", n) }

// programmes brings what startups are taken into.
func (g *garden) programmes() error {
	since := g.on(-30, 3, 9, 0)
	g.add("programmes", since, row{
		"id": programme, "code": "UT", "title_vi": "Ươm tạo doanh nghiệp", "title_en": "Incubation", "kind": "incubation", "status": "active",
		"summary_vi": "Mười lăm tháng cùng cố vấn, chỗ làm việc, xưởng chế tạo và những khách hàng đầu tiên.",
		"summary_en": "Fifteen months with mentors, a place to work, a workshop and first customers.",
	})
	g.add("programmes", since, row{
		"id": "programme000002", "code": "TUT", "title_vi": "Tiền ươm tạo", "title_en": "Pre-incubation", "kind": "pre_incubation", "status": "active",
		"summary_vi": "Mười tuần để biết ý tưởng có đáng làm tiếp không.", "summary_en": "Ten weeks to learn whether an idea deserves more.",
	})
	g.moreProgrammes(since)
	for _, p := range []string{programme, "programme000002"} {
		g.say(since, idOf("manager"), managing, "programmes", p, "programme", "activate", "draft", "active", "")
	}
	for _, c := range cohorts {
		made := g.on(min(c.began, -1)-3, 4, 9, 0)
		g.add("cohorts", made, row{
			"id": cohort(c.n), "programme": programme, "code": "UT-K" + itoa(c.n), "title_vi": "Khóa ươm tạo " + itoa(c.n), "title_en": "Cohort " + itoa(c.n),
			"starts_on": day(g.on(c.began, 5, 0, 0)), "ends_on": day(g.on(c.ends, 25, 0, 0)), "capacity": c.capacity, "status": c.status,
		})
		g.graduation(c.n, made)
		g.cohortLife(cohort(c.n), c.status, made, g.on(c.began, 5, 8, 0), g.on(c.ends, 25, 16, 0))
	}
	made := g.on(-4, 10, 9, 0)
	g.add("cohorts", made, row{
		"id": "cohort000000021", "programme": "programme000002", "code": "TUT-K1", "title_vi": "Tiền ươm tạo mùa đông", "title_en": "Winter pre-incubation",
		"starts_on": day(g.on(2, 6, 0, 0)), "ends_on": day(g.on(4, 20, 0, 0)), "capacity": 16, "status": "recruiting",
	})
	g.cohortLife("cohort000000021", "recruiting", made, time.Time{}, time.Time{})
	return nil
}

// cohortLife writes the journal of a cohort up to its present state.
func (g *garden) cohortLife(cohort, status string, recruited, began, ended time.Time) {
	from := lifecycle.State("planned")
	for _, move := range []struct {
		verb string
		to   lifecycle.State
		at   time.Time
	}{
		{"recruit", "recruiting", recruited.AddDate(0, 0, 7)},
		{"start", "running", began},
		{"graduate", "graduating", ended.AddDate(0, 0, -30)},
		{"close", "closed", ended},
	} {
		if string(from) == status {
			return
		}
		g.say(move.at, idOf("manager"), managing, "cohorts", cohort, "cohort", move.verb, from, move.to, "")
		from = move.to
	}
}

// startups brings the cards, who works there, and their time in a cohort.
func (g *garden) startups() (err error) {
	if g.plots, err = plots(); err != nil {
		return err
	}
	for _, p := range g.plots {
		c := cohorts[p.cohort-1]
		joined := g.on(c.began, g.between(5, 24), g.between(9, 16), g.between(0, 59))
		if p.name == lateJoiner {
			joined = g.now.AddDate(0, 0, -6)
		}
		since := joined.AddDate(0, 0, -70)
		p.alwaysRefuses = p.n%19 == 4
		if p.n != 1 {
			p.founderName = g.name()
			g.person(p.founder, "founder"+itoa(p.n), p.founderName, "vi", since)
		}
		g.consent(p.founder, "profile_public", "vi", joined, time.Time{})
		if p.name == "Điện Lặng" { // has thought better of it
			g.consent(p.founder, "photo_media", "vi", joined, g.on(-1, 12, 9, 30))
		}
		clusters, err := json.Marshal(p.clusters)
		if err != nil {
			return err
		}
		status, visibility := g.standing(p)
		head := g.headcount(p)
		g.add("startups", joined, row{
			"id": p.id, "slug": slug(p.name), "name": p.name, "search_key": vn.Fold(p.name), "sort_key": vn.SortKey(p.name),
			"one_liner_vi": p.oneVI, "one_liner_en": p.oneEN, "story_vi": p.storyVI, "story_en": p.storyEN, "logo": "", "sector": p.sector, "stage": p.stage,
			"founded_on": day(joined.AddDate(0, -g.between(4, 30), -g.between(0, 27))), "area": p.area, "admin_unit": wardOf(p), "website": "", "clusters": string(clusters),
			"headcount": head, "visibility": visibility, "sample": true, "status": string(status),
		})
		legal, form := "", ""
		if p.tax != "" {
			legal, form = "Công ty TNHH "+p.name, "Công ty TNHH"
		}
		g.add("startup_private", joined, row{
			"id": id("private", p.n), "startup": p.id, "legal_name": legal, "legal_form": form, "tax_code": p.tax, "reg_no": "",
			"address": "Phường " + p.area + ", Thành phố Hồ Chí Minh", "phone": "", "notes": "",
		})
		g.member(p, p.founder, "founder", "Người sáng lập", true, joined)
		if p.n == 1 {
			g.member(p, idOf("member"), "member", "Kỹ sư thị giác máy", false, joined)
		} else if g.chance(60) {
			colleague := id("member", p.n)
			g.person(colleague, "member"+itoa(p.n), g.name(), "vi", since)
			g.member(p, colleague, pick(g, []string{"founder", "member", "member"}), pick(g, []string{"Kỹ thuật", "Kinh doanh", "Vận hành", "Sản phẩm"}), false, joined)
		}
		g.say(joined, p.founder, "", "startups", p.id, "startups", "found", "", "", "")
		if status != startups.StartupActive {
			verb := map[lifecycle.State]string{startups.StartupClosed: "close", startups.StartupDormant: "rest", startups.StartupAcquired: "acquire"}[status]
			g.say(g.on(-6, 14, 10, 0), idOf("manager"), managing, "startups", p.id, "startup", verb, "active", status, "Theo báo cáo của nhóm sáng lập")
		}
		g.enrol(p, joined)
	}
	return nil
}

func (g *garden) member(p *plot, user, role, title string, primary bool, joined time.Time) {
	g.add("startup_members", joined, row{
		"id": id("seat", len(g.rows["startup_members"])+1), "startup": p.id, "user": user, "role": role, "title": title,
		"is_admin": primary, "is_primary": primary, "joined_on": day(joined), "left_on": "",
	})
}

// wardOf is the administrative unit that a startup declares: the ward of its area, as it is called since July 2025. Some have
// declared what stood when they came, and some declare none.
func wardOf(p *plot) string {
	old := map[string]string{"Mủ Xanh": "bphucuong000000", "MộcScan": "bhiepthanh00000", "NắngMái": "bphutan00000000"}
	if ward := old[p.name]; ward != "" || p.n%11 == 6 {
		return ward
	}
	unit := "h" + strings.ReplaceAll(vn.Fold(p.area), " ", "")
	return unit + strings.Repeat("0", 15-len(unit))
}

// standing is what became of a startup, and who may see its card.
func (g *garden) standing(p *plot) (lifecycle.State, string) {
	status := startups.StartupActive
	switch p.n % 21 {
	case 11:
		if p.cohort == 1 {
			status = startups.StartupClosed
		}
	case 16:
		if p.cohort == 1 {
			status = startups.StartupAcquired
		}
	case 20:
		if p.cohort == 1 {
			status = startups.StartupDormant
		}
	}
	switch {
	case p.tax != "" || p.cohort < 3:
		return status, "public"
	case p.n%5 == 0:
		return status, "ecosystem"
	case p.n%7 == 0:
		return status, "private"
	}
	return status, "public"
}

func (g *garden) headcount(p *plot) int {
	least := map[string]int{"idea": 2, "prototype": 2, "mvp": 3, "revenue": 5, "growth": 11}[p.stage]
	return least + g.dice.IntN(least+1)
}
