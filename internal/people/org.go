package people

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// Orgs are the organisations that people speak for: authorities, universities, enterprises, associations.
var Orgs = record.Of[Org]("orgs")

// Org is one organisation. Its house says on whose side of the three houses it stands.
type Org struct{ core.BaseRecordProxy }

// Card is what staff write of an organisation.
type Card struct {
	Kind    string `json:"kind"`
	House   string `json:"house"`
	NameVi  string `json:"name_vi"`
	NameEn  string `json:"name_en"`
	Short   string `json:"short"`
	TaxCode string `json:"tax_code"`
	Website string `json:"website"`
	Public  bool   `json:"public"`
	// AdminUnit is the administrative unit that it declared, by its id; "" is none.
	AdminUnit string `json:"admin_unit"`
}

// Card is what the organisation is.
func (o *Org) Card() Card {
	return Card{
		Kind: o.GetString("kind"), House: o.GetString("house"), NameVi: o.NameVi(), NameEn: o.NameEn(), Short: o.GetString("short"),
		TaxCode: o.taxCode(), Website: o.GetString("website"), Public: o.GetBool("public"),
		AdminUnit: o.adminUnit(),
	}
}

// NameVi is its name in Vietnamese.
func (o *Org) NameVi() string { return o.GetString("name_vi") }

// NameEn is its name in English; "" where it has none.
func (o *Org) NameEn() string { return o.GetString("name_en") }

func (o *Org) set(c Card) {
	o.Set("kind", c.Kind)
	o.Set("house", c.House)
	o.Set("name_vi", strings.TrimSpace(c.NameVi))
	o.Set("name_en", strings.TrimSpace(c.NameEn))
	o.Set("short", strings.TrimSpace(c.Short))
	o.Set("tax_code", strings.TrimSpace(c.TaxCode))
	o.Set("website", strings.TrimSpace(c.Website))
	o.Set("public", c.Public)
	o.Set("admin_unit", c.AdminUnit)
}

func (o *Org) adminUnit() string { return o.GetString("admin_unit") }

func (o *Org) taxCode() string { return o.GetString("tax_code") }

func (o *Org) searchKey() string { return o.GetString("search_key") }

func (o *Org) tidy() {
	o.Set("search_key", vn.Fold(strings.Join([]string{o.NameVi(), o.NameEn(), o.GetString("short")}, " ")))
}
