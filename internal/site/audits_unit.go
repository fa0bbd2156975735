package site

import "vuon/internal/lifecycle"

// unitAudits are what must be true of administrative units and of what became of them.
func unitAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "site.unit_days", Says: "a unit ends no earlier than it begins, and no code stands twice on one day",
			SQL: `SELECT u.id FROM admin_units u WHERE u.valid_to != '' AND u.valid_to < u.valid_from
				UNION SELECT u.id FROM admin_units u JOIN admin_units o ON o.code = u.code COLLATE NOCASE AND o.id > u.id
				WHERE (o.valid_to = '' OR u.valid_from <= o.valid_to) AND (u.valid_to = '' OR o.valid_from <= u.valid_to)`,
		},
		{
			ID: "site.unit_around", Says: "a unit lies in a wider one, and came from a wider one that had ended",
			SQL: `SELECT u.id FROM admin_units u LEFT JOIN admin_units p ON p.id = u.parent LEFT JOIN admin_units c ON c.id = u.came_from
				WHERE u.parent != '' AND (p.id IS NULL OR instr('province district ward', p.level) >= instr('province district ward', u.level))
				OR u.came_from != '' AND (c.id IS NULL OR c.valid_to = '' OR c.valid_to >= u.valid_from
					OR instr('province district ward', c.level) >= instr('province district ward', u.level))`,
		},
		{
			ID: "site.unit_links", Says: "a unit becomes one of its level that began the day after it ended",
			SQL: `SELECT l.id FROM admin_unit_links l LEFT JOIN admin_units o ON o.id = l.old LEFT JOIN admin_units n ON n.id = l.new
				WHERE o.id IS NULL OR o.valid_to IS NOT date(l.effective_on, '-1 day')
				OR l.new != '' AND (n.id IS NULL OR n.valid_from != l.effective_on OR n.level != o.level)`,
		},
		{
			ID: "site.unit_shares", Says: "what became of a unit is the whole of it",
			SQL: `SELECT min(id) AS id FROM admin_unit_links GROUP BY old HAVING sum(share) != 10000 OR min(share) <= 0`,
		},
	}
}
