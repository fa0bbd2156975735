package startups

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// Privates are what only the startup's people and the centre's staff may read. The record API shows them to nobody.
var Privates = record.Of[PrivateCard]("startup_private")

// PrivateCard holds the enterprise behind a startup: its legal name, tax code, address.
type PrivateCard struct{ core.BaseRecordProxy }

// StartupID is whose card it is.
func (p *PrivateCard) StartupID() string { return p.GetString("startup") }

// TaxCode is the enterprise's, or empty: a team need not be an enterprise yet.
func (p *PrivateCard) TaxCode() string { return p.GetString("tax_code") }

func (p *PrivateCard) sameOwner(was *PrivateCard) bool { return p.StartupID() == was.StartupID() }

// keptPrivate describes an empty private card that is not yet stored.
func keptPrivate(app core.App, startup string) (*PrivateCard, error) {
	p, err := Privates.New(app)
	if err != nil {
		return nil, err
	}
	p.Set("startup", startup)
	return p, nil
}

// setEnterprise names the enterprise behind a startup of a table.
func (p *PrivateCard) setEnterprise(legalName, taxCode string) {
	p.Set("legal_name", legalName)
	p.Set("tax_code", taxCode)
}

// PrivateFields is what its people may write of the private card.
type PrivateFields struct {
	LegalName *string `json:"legal_name"`
	LegalForm *string `json:"legal_form"`
	TaxCode   *string `json:"tax_code"`
	RegNo     *string `json:"reg_no"`
	Address   *string `json:"address"`
	Phone     *string `json:"phone"`
	Notes     *string `json:"notes"`
	Rev       int     `json:"rev"`
}

func (p *PrivateCard) write(f PrivateFields) {
	record.At(p, f.Rev)
	record.Sent(p, "legal_name", f.LegalName)
	record.Sent(p, "legal_form", f.LegalForm)
	if f.TaxCode != nil {
		if code, err := vn.ParseTaxCode(*f.TaxCode); err == nil {
			f.TaxCode = &code // one code has one way to be written, or it could stand there twice
		}
	}
	record.Sent(p, "tax_code", f.TaxCode)
	record.Sent(p, "reg_no", f.RegNo)
	record.Sent(p, "address", f.Address)
	record.Sent(p, "phone", f.Phone)
	record.Sent(p, "notes", f.Notes)
}

func (p *PrivateCard) view() PrivateView {
	return PrivateView{
		LegalName: p.GetString("legal_name"), LegalForm: p.GetString("legal_form"), TaxCode: p.TaxCode(), RegNo: p.GetString("reg_no"),
		Address: p.GetString("address"), Phone: p.GetString("phone"), Notes: p.GetString("notes"), Rev: record.Rev(p),
	}
}
