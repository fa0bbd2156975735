package site

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/web"
)

// Centres is the collection of the one row that says whose house this is.
var Centres = record.Of[Centre]("centre")

// Centre is the centre itself. No name of a centre stands in code or in a template.
type Centre struct{ core.BaseRecordProxy }

// theOnly is the value of the column that keeps the row alone.
const theOnly = "the"

// TheCentre loads the row. A database without it answers with the fault "record.not_found".
func TheCentre(app core.App) (*Centre, error) {
	return Centres.First(app, dbx.HashExp{"singleton": theOnly})
}

// Short is what the house is called in its head: a word or two.
func (c *Centre) Short() string { return c.GetString("short") }

// Name is the whole name.
func (c *Centre) Name() locale.Pair {
	return locale.Pair{VI: c.GetString("name_vi"), EN: c.GetString("name_en")}
}

// Area is the place it works for.
func (c *Centre) Area() locale.Pair {
	return locale.Pair{VI: c.GetString("area_vi"), EN: c.GetString("area_en")}
}

// Address is where to find it.
func (c *Centre) Address() locale.Pair {
	return locale.Pair{VI: c.GetString("address_vi"), EN: c.GetString("address_en")}
}

// Tagline is what it promises, in a sentence.
func (c *Centre) Tagline() locale.Pair {
	return locale.Pair{VI: c.GetString("tagline_vi"), EN: c.GetString("tagline_en")}
}

// Email is where people write to.
func (c *Centre) Email() string { return c.GetString("email") }

// Phone is where people call.
func (c *Centre) Phone() string { return c.GetString("phone") }

// Website is another site of the centre, if it has one.
func (c *Centre) Website() string { return c.GetString("website") }

// Logo is the address of its picture, "" when it has none.
func (c *Centre) Logo() string {
	file := c.GetString("logo")
	if file == "" {
		return ""
	}
	return "/api/files/" + c.BaseFilesPath() + "/" + file
}

// Account is where transfers to the centre go, and how much one person alone may send back.
type Account struct {
	Bank   string `json:"bin"`     // bank identification number, "" where there is no account
	Number string `json:"account"` // of the account
	Holder string `json:"holder"`
	Alone  int64  `json:"refund_alone_vnd"`
}

// Account is the centre's.
func (c *Centre) Account() Account {
	return Account{c.GetString("bank_bin"), c.GetString("bank_number"), c.GetString("bank_holder"), int64(c.GetInt("refund_alone_vnd"))}
}

func (c *Centre) bank(a Account) {
	c.Set("bank_bin", a.Bank)
	c.Set("bank_number", a.Number)
	c.Set("bank_holder", a.Holder)
	c.Set("refund_alone_vnd", a.Alone)
}

// Ours says whose house this is, for the head and the foot of every page.
func Ours(app core.App) (web.Centre, error) {
	c, err := TheCentre(app)
	if fault.Code(err) == "record.not_found" {
		return web.Centre{}, nil // a house that nobody has named yet still answers
	}
	if err != nil {
		return web.Centre{}, err
	}
	return web.Centre{
		Short: c.Short(), Name: c.Name(), Area: c.Area(), Address: c.Address(), Tagline: c.Tagline(),
		Email: c.Email(), Phone: c.Phone(), Website: c.Website(), Logo: c.Logo(),
	}, nil
}

// Description is everything about the centre that its managers edit and everybody may read.
type Description struct {
	NameVI    string `json:"name_vi"`
	NameEN    string `json:"name_en"`
	Short     string `json:"short"`
	AreaVI    string `json:"area_vi"`
	AreaEN    string `json:"area_en"`
	AddressVI string `json:"address_vi"`
	AddressEN string `json:"address_en"`
	TaglineVI string `json:"tagline_vi"`
	TaglineEN string `json:"tagline_en"`
	Email     string `json:"email"`
	Phone     string `json:"phone"`
	Website   string `json:"website"`
}

// Description is what the centre says of itself.
func (c *Centre) Description() Description {
	return Description{
		NameVI: c.Name().VI, NameEN: c.Name().EN, Short: c.Short(), AreaVI: c.Area().VI, AreaEN: c.Area().EN,
		AddressVI: c.Address().VI, AddressEN: c.Address().EN, TaglineVI: c.Tagline().VI, TaglineEN: c.Tagline().EN,
		Email: c.Email(), Phone: c.Phone(), Website: c.Website(),
	}
}

// describe changes what the centre says of itself.
func (c *Centre) describe(d Description) {
	c.Set("name_vi", d.NameVI)
	c.Set("name_en", d.NameEN)
	c.Set("short", d.Short)
	c.Set("area_vi", d.AreaVI)
	c.Set("area_en", d.AreaEN)
	c.Set("address_vi", d.AddressVI)
	c.Set("address_en", d.AddressEN)
	c.Set("tagline_vi", d.TaglineVI)
	c.Set("tagline_en", d.TaglineEN)
	c.Set("email", d.Email)
	c.Set("phone", d.Phone)
	c.Set("website", d.Website)
}
