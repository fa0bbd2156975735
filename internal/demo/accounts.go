package demo

// Password opens every account of the demo.
const Password = "vuon-demo-2026" //nolint:gosec // public on purpose; other houses refuse it

// account is one of the people whom a visitor may be.
type account struct {
	part   string // before the @
	name   string
	does   string // for whoever starts the demo, in English
	locale string
}

func (a account) mail() string { return a.part + "@demo.test" }

// accounts in the order in which they are told.
var accounts = []account{
	{"founder", "Nguyễn Thị Mai", "founder of a startup, and applying again", "vi"},
	{"member", "Trần Quốc Bảo", "works in the founder's startup", "vi"},
	{"mentor", "Lê Hoàng Nam", "mentor", "vi"},
	{"judge", "Phạm Thu Hà", "judges applications", "vi"},
	{"investor", "Daniel Tan", "investor", "en"},
	{"partner", "Võ Minh Trí", "speaks for a partner", "vi"},
	{"official", "Đặng Thanh Sơn", "reads figures for the authorities", "vi"},
	{"staff", "Bùi Khánh Linh", "daily work of the centre; a code comes by mail", "vi"},
	{"manager", "Hồ Anh Tuấn", "decides and releases; a code comes by mail", "vi"},
	{"finance", "Đỗ Ngọc Ánh", "money; a code comes by mail", "vi"},
}

// managing are the roles that the manager holds, as the journal tells them.
const managing = "manager+privacy"
