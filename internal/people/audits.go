package people

import "vuon/internal/lifecycle"

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "people.one_grant", Says: "nobody holds one role over one scope twice",
			SQL: `SELECT min(id) AS id FROM role_grants WHERE revoked_at = '' GROUP BY user, role, scope_type, scope HAVING count(*) > 1`,
		},
		{
			ID: "people.grants_have_people", Says: "every grant belongs to somebody, and none that stands to somebody who is erased",
			SQL: `SELECT g.id FROM role_grants g LEFT JOIN users u ON u.id = g.user
				WHERE u.id IS NULL OR u.status = 'erased' AND g.revoked_at = ''`,
		},
		{
			ID: "people.grants_reach", Says: "a grant reaches over the whole house or over a row, never over both or neither",
			SQL: `SELECT id FROM role_grants WHERE (scope_type = 'global') != (scope = '')`,
		},
		{
			ID: "people.erased_are_forgotten", Says: "of who is erased nothing tells who they were",
			SQL: `SELECT id FROM users WHERE status = 'erased'
				AND (full_name != '' OR search_key != '' OR phone != '' OR avatar != '' OR email != id || '@erased.invalid')`,
		},
		{
			ID: "people.identities_have_people", Says: "every identity opens the account of somebody who is not erased",
			SQL: `SELECT i.id FROM identities i LEFT JOIN users u ON u.id = i.user WHERE u.id IS NULL OR u.status = 'erased'`,
		},
		{
			ID: "people.errands_are_bounded", Says: "nobody made use of an errand that was over, or that had no answer",
			SQL: `SELECT id FROM identity_errands WHERE used_at != '' AND (used_at > expires_at OR subject = '')`,
		},
		{
			ID: "people.addresses_are_small", Says: "addresses are stored in small letters, so that each belongs to one account",
			SQL: `SELECT id FROM users WHERE email != lower(email)`,
		},
		{
			ID: "people.accepted_have_grants", Says: "whoever accepted an invitation was given its role",
			SQL: `SELECT i.id FROM invitations i WHERE i.status = 'accepted' AND NOT EXISTS (SELECT 1 FROM role_grants g
				WHERE g.user = i.accepted_by AND g.role = i.role AND g.scope_type = i.scope_type AND g.scope = i.scope)`,
		},
		{
			ID: "people.accepted_by_somebody", Says: "an invitation names who accepted it exactly when it is accepted",
			SQL: `SELECT id FROM invitations WHERE (status = 'accepted') != (accepted_by != '')`,
		},
		{
			ID: "people.codes_are_bounded", Says: "no code was tried more than five times, and none was used after it expired",
			SQL: `SELECT id FROM codes WHERE attempts > 5 OR used_at != '' AND used_at > expires_at`,
		},
		{
			ID: "people.requests_are_answered", Says: "a request about personal data that is closed carries its answer",
			SQL: `SELECT id FROM data_requests WHERE status IN ('fulfilled', 'refused') AND answer = ''`,
		},
		{
			ID: "people.consents_precede_withdrawal", Says: "nobody withdrew a consent before giving it",
			SQL: `SELECT id FROM consents WHERE withdrawn_at != '' AND withdrawn_at < given_at`,
		},
	}
}
