package demo

import (
	"errors"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"vuon/internal/access"
	"vuon/internal/vn"
)

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Phan", "Trương", "Đinh", "Mai", "Tô"}
	women    = []string{"Thị Lan", "Thu Thảo", "Ngọc Hân", "Bảo Trâm", "Minh Châu", "Kim Ngân", "Phương Uyên", "Thùy Dung", "Mỹ Linh", "Hồng Nhung", "Cẩm Tú", "Diễm My", "Thanh Trúc", "Hải Yến", "Bích Ngọc", "Tường Vy"}
	men      = []string{"Văn Phúc", "Minh Khôi", "Quốc Huy", "Gia Bảo", "Thành Đạt", "Hoàng Long", "Đức Trọng", "Hữu Nghĩa", "Trung Kiên", "Anh Dũng", "Nhật Minh", "Tấn Lộc", "Công Danh", "Thế Vinh", "Xuân Trường", "Duy Khang"}
)

// name is somebody's, made up.
func (g *garden) name() string {
	given := women
	if g.chance(50) {
		given = men
	}
	return pick(g, families) + " " + pick(g, given)
}

// policyVersion is the privacy notice that everybody in the demo has agreed to.
const policyVersion = "2026-01"

// person keeps somebody to be stored. Everybody has the same password and no real address.
func (g *garden) person(id, part, name, lang string, since time.Time) {
	g.add("users", since, row{
		"id": id, "email": part + "@demo.test", "emailVisibility": false, "verified": true, "password": g.hash,
		"tokenKey": security.RandomString(50), "full_name": name, "search_key": vn.Fold(name), "phone": "", "locale": lang, "avatar": "", "status": "active",
	})
	g.consent(id, "account", lang, since, time.Time{})
}

func (g *garden) consent(user, purpose, lang string, given, withdrawn time.Time) {
	g.add("consents", given, row{
		"id": id("consent", len(g.rows["consents"])+1), "user": user, "purpose": purpose, "policy_version": policyVersion, "lang": lang,
		"given_at": stamp(given), "withdrawn_at": stamp(withdrawn), "method": "form",
	})
}

// grant keeps a role to be stored. The manager gives it.
func (g *garden) grant(user string, role access.Role, over access.Scope, since time.Time) {
	grant := id("grant", len(g.rows["role_grants"])+1)
	g.add("role_grants", since, row{
		"id": grant, "user": user, "role": string(role), "scope_type": string(over.Type), "scope": over.ID, "granted_by": idOf("manager"),
		"reason": "Phân công khi lập trung tâm", "expires_at": "", "revoked_at": "",
	})
	g.say(since, idOf("manager"), managing, "users", user, "users", "granted", "", "", "Phân công khi lập trung tâm")
	g.told[len(g.told)-1].Detail = map[string]any{"grant": grant, "role": role, "scope": over}
}

// idOf is the id of an account.
func idOf(part string) string { return id(part, 0) }

// people brings the ten accounts and the roles they hold, and more judges.
func (g *garden) people() error {
	users, err := g.tx.FindCachedCollectionByNameOrId("users")
	if err != nil {
		return err
	}
	one := core.NewRecord(users)
	one.SetPassword(Password) // hashed once, at its full price, for everybody
	hashed, ok := one.GetRaw(core.FieldNamePassword).(*core.PasswordFieldValue)
	if !ok || hashed.Hash == "" {
		return errors.New("the password was not hashed")
	}
	g.hash = hashed.Hash
	since := g.on(-30, 2, 9, 0)
	for _, a := range accounts {
		g.person(idOf(a.part), a.part, a.name, a.locale, since)
		if role := access.Role(a.part); isRole(role) {
			g.grant(idOf(a.part), role, access.House, since)
		}
	}
	g.grant(idOf("manager"), access.Privacy, access.House, since)
	g.deputies(since)
	g.orgs(since)
	for n := 1; n <= judges; n++ {
		g.person(id("judge", n), "judge"+itoa(n), g.name(), "vi", since)
		g.grant(id("judge", n), access.Judge, access.House, since)
	}
	return nil
}

// orgs are invented, one of each house; two of the accounts speak for one.
func (g *garden) orgs(since time.Time) {
	for i, o := range []struct{ kind, house, vi, en, short, person, title string }{
		{"business", "business", "Công ty Cơ khí Sông Bé (mẫu)", "Sông Bé Mechanics (sample)", "SBM", "partner", "Trưởng phòng đổi mới"},
		{"government", "state", "Phòng Kinh tế số phường Mẫu", "Digital Economy Office of Sample Ward", "KTS", "official", "Chuyên viên"},
		{"university", "academia", "Trường Đại học Vườn Mẫu", "Sample Garden University", "ĐHVM", "", ""},
	} {
		org := id("org", i+1)
		g.add("orgs", since, row{
			"id": org, "kind": o.kind, "house": o.house, "name_vi": o.vi, "name_en": o.en, "short": o.short, "search_key": vn.Fold(o.vi + " " + o.en + " " + o.short),
			"tax_code": "", "website": "", "public": true, "admin_unit": []string{"hbencat00000000", "hbinhduong00000", "hthudaumot00000"}[i],
		})
		if o.person == "" {
			continue
		}
		seat := id("orgmember", i+1)
		g.add("org_members", since, row{"id": seat, "org": org, "user": idOf(o.person), "title": o.title, "is_signatory": o.person == "partner", "status": "active"})
		g.say(since, idOf(o.person), "", "org_members", seat, "org_member", "join", "invited", "active", "")
	}
}

// judges besides judge@demo.test.
const judges = 6

func isRole(role access.Role) bool {
	for _, known := range access.Roles() {
		if role == known {
			return true
		}
	}
	return false
}

// centre names the house: the demo's centre stands in its data, not in the code.
func (g *garden) centre() error {
	return describe(g.tx, row{
		"name_vi": "Trung tâm Sáng kiến cộng đồng và Hỗ trợ khởi nghiệp", "name_en": "Centre for Community Initiatives and Startup Support", "short": "BIIC",
		"area_vi": "Bình Dương, Thành phố Hồ Chí Minh", "area_en": "Bình Dương, Ho Chi Minh City",
		"address_vi": "Phường Bình Dương, Thành phố Hồ Chí Minh", "address_en": "Bình Dương ward, Ho Chi Minh City",
		"email": "xinchao@demo.test", "phone": "0274 000 1022",
		"tagline_vi": "Một khu vườn cho những ý tưởng chịu khó.", "tagline_en": "A garden for ideas that work hard.",
	})
}

// slug makes the last part of an address of a name.
func slug(name string) string {
	words := strings.FieldsFunc(vn.Fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}
