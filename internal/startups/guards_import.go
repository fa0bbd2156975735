package startups

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/vn"
)

// privateCard refuses an impossible tax code and a change of owner. Errors: startup.tax_code, startup.rooted.
func privateCard(e *core.RecordEvent, was *core.Record) error {
	p := Privates.From(e.Record)
	switch {
	case was != nil && !p.sameOwner(Privates.From(was)):
		return fault.Conflict("startup.rooted")
	case p.TaxCode() == "":
		return nil
	}
	if code, err := vn.ParseTaxCode(p.TaxCode()); err != nil || code != p.TaxCode() {
		return fault.Field("tax_code", "startup.tax_code")
	}
	return nil
}

// imported keeps a reading that came from a table: a value of a period that is over or not, but of no baseline, and of no report.
// Errors: reading.rooted, reading.value_without_state, reading.too_large, reading.negative.
func imported(app core.App, r *Reading, was *core.Record) error {
	_, err := spanOf(r.Period())
	switch {
	case was != nil && !r.sameRoots(Readings.From(was)), r.Source() != fromImport, err != nil, r.Period() == periodBaseline:
		return fault.Conflict("reading.rooted")
	case r.State() != Given:
		return fault.Field("value", "reading.value_without_state")
	case r.Value() > greatest || r.Value() < -greatest:
		return fault.Field("value", "reading.too_large")
	case r.Value() >= 0:
		return nil
	}
	k, err := KPIs.Find(app, r.KPIID())
	if err == nil && k.Unit() != "vnd" {
		return fault.Field("value", "reading.negative")
	}
	return err
}
