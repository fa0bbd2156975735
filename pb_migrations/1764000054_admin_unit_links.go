package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What became of administrative units: which share of one that ended went into one that began. A new unit that is not told is
// where nobody has said yet; of two old wards only parts are known, and how large is a guess until somebody has checked it.
func init() {
	m.Register(func(app core.App) error {
		units, err := found(app, "admin_units")
		if err != nil {
			return err
		}
		links := core.NewBaseCollection("admin_unit_links")
		links.Fields.Add(one("old", units), many("new", units, 1), whole("share"), day("effective_on"), text("source", 300), flag("checked"), rev())
		dates(links)
		links.AddIndex("admin_unit_links_once", true, "old, new", "")
		links.AddIndex("admin_unit_links_new", false, "new", "")
		if err := app.Save(links); err != nil {
			return err
		}
		const binhDuong, thuDauMot = "hbinhduong00000", "hthudaumot00000"
		for i, l := range []struct {
			old, unit string
			share     int
		}{
			{"pbinhduong00000", "phochiminh00000", 10000},
			{"bhoaphu00000000", binhDuong, 10000},
			{"bphumy000000000", binhDuong, 10000},
			{"bphutan00000000", binhDuong, 10000},
			{"bphuchanh000000", binhDuong, 10000},
			{"bphucuong000000", thuDauMot, 10000},
			{"bphutho00000000", thuDauMot, 10000},
			{"bchanhnghia0000", thuDauMot, 10000},
			{"bhiepthanh00000", thuDauMot, 5000},
			{"bhiepthanh00000", "", 5000},
			{"bchanhmy0000000", thuDauMot, 5000},
			{"bchanhmy0000000", "", 5000},
		} {
			_, err := app.DB().Insert("admin_unit_links", dbx.Params{
				"id": fmt.Sprintf("unitlink%07d", i+1), "old": l.old, "new": l.unit, "share": l.share, "effective_on": "2025-07-01",
				"source": "Phương án sắp xếp tháng 4-2025; chưa đối chiếu văn bản cuối", "rev": 1,
			}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
