package bench

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

const benchStaff = "benchstaff00001"

// ideas are what the bench's applications are called; a number follows.
var ideas = []string{
	"Đèn đường năng lượng mặt trời", "Nước sạch cho khu trọ", "Gạch không nung", "Rau thủy canh", "Mây tre xuất khẩu", "Máy lọc khí", "Ống hút cỏ",
	"Học vẽ trên máy", "Thu gom vải vụn", "Áo mưa công trường", "Cà phê bã thơm", "Đồng hồ đo rung", "Bếp xanh", "Sấy trái cây bằng nhiệt thải", "Ếch đồng ấp nhân tạo",
}

// named are the ideas with what they are found and sorted by, as JSON for a statement.
func named() (string, error) {
	type idea struct {
		Title  string `json:"title"`
		Search string `json:"search"`
		Sort   string `json:"sort"`
	}
	all := make([]idea, len(ideas))
	for i, title := range ideas {
		all[i] = idea{title, vn.Fold(title), vn.SortKey(title)}
	}
	raw, err := json.Marshal(all)
	return string(raw), err
}

// putting runs one statement of the planting.
func putting(house core.App, statement string, params dbx.Params) error {
	_, err := house.NonconcurrentDB().NewQuery(statement).Bind(params).Execute()
	return err
}

// plantHouse stores what every garden that is measured stands on: a member of staff, and a programme.
func plantHouse(house core.App, at time.Time) error {
	params := dbx.Params{"staff": benchStaff, "at": record.Stamp(at)}
	for _, statement := range []string{
		`INSERT INTO users (id, email, password, tokenKey, full_name, search_key, locale, status, verified, created, updated)
			VALUES ({:staff}, 'staff@bench.test', '-', 'bench-token-key-of-the-staff-of-the-house-0001', 'Bench', 'bench', 'vi', 'active', 1, {:at}, {:at})`,
		`INSERT INTO role_grants (id, user, role, scope_type, scope, created, updated) VALUES ('benchgrant00001', {:staff}, 'staff', 'global', '', {:at}, {:at})`,
		`INSERT INTO programmes (id, code, title_vi, kind, status, rev, created, updated) VALUES ('benchprogr00001', 'bench', 'Bench', 'incubation', 'active', 1, {:at}, {:at})`,
	} {
		if err := putting(house, statement, params); err != nil {
			return fmt.Errorf("plant a house: %w", err)
		}
	}
	return nil
}

// plantApplications stores one intake with n applications, each with its snapshot and its card, half of them with two sheets.
// The triggers of the house write the cards of the board.
func plantApplications(house core.App, n int, at time.Time) error {
	sown, err := named()
	if err != nil {
		return err
	}
	if err := plantHouse(house, at); err != nil {
		return err
	}
	params := dbx.Params{
		"n": n, "at": record.Stamp(at), "opens": record.Stamp(at.AddDate(0, 0, -30)), "closes": record.Stamp(at.AddDate(0, 0, 30)), "ideas": sown, "of": len(ideas), "call": benchCall, "staff": benchStaff,
	}
	const one = "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < {:n}) "
	const seat = "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < {:n} / 2), j(j) AS (SELECT 1 UNION ALL SELECT 2) "
	for _, statement := range []string{
		`INSERT INTO cohorts (id, programme, code, title_vi, capacity, status, rev, created, updated) VALUES ('benchcohort0001', 'benchprogr00001', 'bench', 'Bench', 100, 'recruiting', 1, {:at}, {:at})`,
		`INSERT INTO intakes (id, programme, cohort, form_version, slug, title_vi, search_key, opens_at, closes_at, offer_days, capacity, status, rev, created, updated)
			VALUES ({:call}, 'benchprogr00001', 'benchcohort0001', (SELECT id FROM form_versions ORDER BY id LIMIT 1), 'bench', 'Bench', 'bench', {:opens}, {:closes}, 14, 100, 'open', 1, {:at}, {:at})`,
		`INSERT INTO rounds (id, owner_type, owner, number, title_vi, type, status, rev, created, updated)
			VALUES ('benchround00001', 'intake', {:call}, 1, 'Bench', 'rubric', 'open', 1, {:at}, {:at})`,
		one + `INSERT INTO users (id, email, password, tokenKey, full_name, search_key, locale, status, verified, created, updated)
			SELECT printf('benchuser%06d', i), printf('u%d@bench.test', i), '-', printf('bench-token-key-%014d', i), printf('Nguyễn %d', i), printf('nguyen %d', i), 'vi', 'active', 1, {:at}, {:at} FROM i`,
		one + `INSERT INTO applications (id, code, intake, applicant, title, search_key, sort_key, answers, submit_no, submitted_at, status, rev, created, updated)
			SELECT printf('benchappl%06d', i), printf('HS-%07d', i), {:call}, printf('benchuser%06d', i), t.value ->> 'title' || ' ' || i,
				printf('hs-%07d ', i) || (t.value ->> 'search') || ' ' || i, (t.value ->> 'sort') || printf(' %07d', i),
				json_object('sector', CASE i % 4 WHEN 0 THEN 'health' WHEN 1 THEN 'energy' WHEN 2 THEN 'education' ELSE 'software' END, 'headcount', i % 20,
					'problem', 'Khu trọ công nhân thiếu nước sạch, đèn đường và chỗ phơi áo.', 'solution', 'Làm chung, trả theo lượt dùng.'),
				1, {:at}, 'submitted', 1, {:at}, {:at} FROM i JOIN json_each({:ideas}) t ON t.key = i % {:of}`,
		one + `INSERT INTO application_snapshots (id, application, number, title, answers, form_version, sha256, at)
			SELECT printf('benchsnap%06d', i), a.id, 1, a.title, a.answers, (SELECT id FROM form_versions ORDER BY id LIMIT 1), 'bench', strftime('%Y-%m-%d %H:%M:%fZ', {:at}, '-' || i || ' seconds')
			FROM i JOIN applications a ON a.id = printf('benchappl%06d', i)`,
		one + `INSERT INTO screenings (id, application, intake, owner, rank, proposal, status, rev, created, updated)
			SELECT printf('benchcard%06d', i), printf('benchappl%06d', i), {:call}, iif(i % 3, '', {:staff}), iif(i % 10, 0, i), CASE i % 5 WHEN 0 THEN 'admit' WHEN 1 THEN 'reject' ELSE '' END,
				CASE i % 10 WHEN 7 THEN 'screening' WHEN 8 THEN 'interview' WHEN 9 THEN 'set_aside' ELSE 'new' END, 1, {:at}, {:at} FROM i`,
		seat + `INSERT INTO assignments (id, round, subject_type, subject, judge, status, rev, created, updated)
			SELECT printf('benchseat%01d%05d', j, i), 'benchround00001', 'application', printf('benchappl%06d', i), printf('benchuser%06d', i * 7 % {:n} + j), 'completed', 1, {:at}, {:at} FROM i, j`,
		seat + `INSERT INTO score_sheets (id, assignment, round, judge, scores, total, status, rev, created, updated)
			SELECT printf('benchshee%01d%05d', j, i), printf('benchseat%01d%05d', j, i), 'benchround00001', printf('benchuser%06d', i * 7 % {:n} + j), '{}',
				(i * 7919 + j * 104729) % 500 * 10000, 'submitted', 1, {:at}, {:at} FROM i, j`,
	} {
		if err := putting(house, statement, params); err != nil {
			return fmt.Errorf("plant applications: %w", err)
		}
	}
	return nil
}

// staffToken signs the bench's member of staff in.
func staffToken(house core.App, _ time.Time) (string, error) {
	u, err := house.FindRecordById("users", benchStaff)
	if err != nil {
		return "", err
	}
	return u.NewAuthToken()
}
