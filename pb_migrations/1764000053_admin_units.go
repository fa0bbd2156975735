package pb_migrations

import (
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Administrative units with the days on which they stood, and what is known of those around the centre: the province until the
// end of June 2025, the city since, its 36 units that came from that province, and the old wards of which two of them were made.
// Nothing of it is checked against the final documents yet, and every row may be edited. Cards and organisations declare one.
func init() {
	m.Register(func(app core.App) error {
		units := core.NewBaseCollection("admin_units")
		units.Fields.Add(
			words("code", 20), choice("level", "province", "district", "ward"),
			choice("kind", "province", "city", "district", "town", "ward", "commune", "township", "special"),
			words("name", 120), text("also", 200), day("valid_from"), day("valid_to"), text("source", 300), flag("checked"),
			text("search_key", 600), text("sort_key", 600), rev(),
		)
		dates(units)
		if err := app.Save(units); err != nil {
			return err
		}
		units.Fields.Add(many("parent", units, 1), many("came_from", units, 1))
		units.AddIndex("admin_units_code", true, "code, valid_from", "")
		units.AddIndex("admin_units_order", false, "sort_key, id", "")
		units.AddIndex("admin_units_parent", false, "parent", "")
		units.AddIndex("admin_units_came_from", false, "came_from", "")
		if err := app.Save(units); err != nil {
			return err
		}
		for _, name := range []string{"startups", "orgs"} {
			c, err := found(app, name)
			if err != nil {
				return err
			}
			c.Fields.Add(many("admin_unit", units, 1))
			c.AddIndex(name+"_unit", false, "admin_unit", "admin_unit != ''")
			if err := app.Save(c); err != nil {
				return err
			}
		}

		add := func(u [6]string, level, also, parent, cameFrom, from, to string) error {
			_, err := app.DB().Insert("admin_units", dbx.Params{
				"id": u[0], "code": u[1], "level": level, "kind": u[2], "name": u[3], "also": also, "parent": parent, "came_from": cameFrom,
				"valid_from": from, "valid_to": to, "source": "Phương án sắp xếp tháng 4-2025; chưa đối chiếu văn bản cuối", "rev": 1,
				"search_key": strings.TrimSpace(u[4]), "sort_key": u[5],
			}).Execute()
			return err
		}
		const province, city = "pbinhduong00000", "phochiminh00000"
		// id, code, kind, name, what it is searched by, what it is sorted by
		if err := add([6]string{"pbinhduong00000", "BD", "province", "Bình Dương", "binh duong bd", "DMRL F\\URK\t01"}, "province", "", "", "", "", "2025-06-30"); err != nil {
			return err
		}
		if err := add([6]string{"phochiminh00000", "HCM", "city", "Thành phố Hồ Chí Minh", "thanh pho ho chi minh tp.hcm sai gon hcm", "ZLARL VLT LT ELM QMRL\t0010000040010004"}, "province", "TP.HCM, Sài Gòn", "", "", "2025-07-01", ""); err != nil {
			return err
		}
		for _, u := range [][6]string{
			{"bhoaphu00000000", "BD-hoa-phu", "ward", "Hòa Phú", "hoa phu bd-hoa-phu", "LSA VL[\t0100004"},
			{"bphumy000000000", "BD-phu-my", "ward", "Phú Mỹ", "phu my bd-phu-my", "VL[ Q`\t004003"},
			{"bphutan00000000", "BD-phu-tan", "ward", "Phú Tân", "phu tan bd-phu-tan", "VL[ ZCR\t004"},
			{"bphuchanh000000", "BD-phu-chanh", "ward", "Phú Chánh", "phu chanh bd-phu-chanh", "VL[ ELARL\t0040004"},
			{"bphucuong000000", "BD-phu-cuong", "ward", "Phú Cường", "phu cuong bd-phu-cuong", "VL[ E\\URK\t0040001"},
			{"bphutho00000000", "BD-phu-tho", "ward", "Phú Thọ", "phu tho bd-phu-tho", "VL[ ZLS\t0040005"},
			{"bchanhnghia0000", "BD-chanh-nghia", "ward", "Chánh Nghĩa", "chanh nghia bd-chanh-nghia", "ELARL RKLMA\t0040000003"},
			{"bhiepthanh00000", "BD-hiep-thanh", "ward", "Hiệp Thành", "hiep thanh bd-hiep-thanh", "LMIV ZLARL\t00500001"},
			{"bchanhmy0000000", "BD-chanh-my", "ward", "Chánh Mỹ", "chanh my bd-chanh-my", "ELARL Q`\t00400003"},
		} {
			if err := add(u, "ward", "", province, "", "", "2025-06-30"); err != nil {
				return err
			}
		}
		for _, u := range [][6]string{
			{"hdonghoa0000000", "HCM-dong-hoa", "ward", "Đông Hòa", "dong hoa hcm-dong-hoa", "GTRK LSA\t0000001"},
			{"hdian0000000000", "HCM-di-an", "ward", "Dĩ An", "di an hcm-di-an", "FM AR\t03"},
			{"htandonghiep000", "HCM-tan-dong-hiep", "ward", "Tân Đông Hiệp", "tan dong hiep hcm-tan-dong-hiep", "ZCR GTRK LMIV\t000000000005"},
			{"hthuanan0000000", "HCM-thuan-an", "ward", "Thuận An", "thuan an hcm-thuan-an", "ZL[CR AR\t0005"},
			{"hthuangiao00000", "HCM-thuan-giao", "ward", "Thuận Giao", "thuan giao hcm-thuan-giao", "ZL[CR KMAS\t0005"},
			{"hbinhhoa0000000", "HCM-binh-hoa", "ward", "Bình Hòa", "binh hoa hcm-binh-hoa", "DMRL LSA\t0100001"},
			{"hlaithieu000000", "HCM-lai-thieu", "ward", "Lái Thiêu", "lai thieu hcm-lai-thieu", "PAM ZLMI[\t04"},
			{"hanphu000000000", "HCM-an-phu", "ward", "An Phú", "an phu hcm-an-phu", "AR VL[\t000004"},
			{"hbinhduong00000", "HCM-binh-duong", "ward", "Bình Dương", "binh duong hcm-binh-duong", "DMRL F\\URK\t01"},
			{"hchanhhiep00000", "HCM-chanh-hiep", "ward", "Chánh Hiệp", "chanh hiep hcm-chanh-hiep", "ELARL LMIV\t004000005"},
			{"hthudaumot00000", "HCM-thu-dau-mot", "ward", "Thủ Dầu Một", "thu dau mot hcm-thu-dau-mot", "ZL[ FC[ QTZ\t0020010005"},
			{"hphuloi00000000", "HCM-phu-loi", "ward", "Phú Lợi", "phu loi hcm-phu-loi", "VL[ PUM\t004005"},
			{"hvinhtan0000000", "HCM-vinh-tan", "ward", "Vĩnh Tân", "vinh tan hcm-vinh-tan", "]MRL ZCR\t03"},
			{"hbinhco00000000", "HCM-binh-co", "ward", "Bình Cơ", "binh co hcm-binh-co", "DMRL EU\t01"},
			{"htanuyen0000000", "HCM-tan-uyen", "ward", "Tân Uyên", "tan uyen hcm-tan-uyen", "ZCR [`IR\t"},
			{"htanhiep0000000", "HCM-tan-hiep", "ward", "Tân Hiệp", "tan hiep hcm-tan-hiep", "ZCR LMIV\t0000005"},
			{"htankhanh000000", "HCM-tan-khanh", "ward", "Tân Khánh", "tan khanh hcm-tan-khanh", "ZCR OLARL\t0000004"},
			{"hphuan000000000", "HCM-phu-an", "ward", "Phú An", "phu an hcm-phu-an", "VL[ AR\t004"},
			{"htaynam00000000", "HCM-tay-nam", "ward", "Tây Nam", "tay nam hcm-tay-nam", "ZC` RAQ\t"},
			{"hlongnguyen0000", "HCM-long-nguyen", "ward", "Long Nguyên", "long nguyen hcm-long-nguyen", "PSRK RK[`IR\t"},
			{"hbencat00000000", "HCM-ben-cat", "ward", "Bến Cát", "ben cat hcm-ben-cat", "DIR EAZ\t040004"},
			{"hchanhphuhoa000", "HCM-chanh-phu-hoa", "ward", "Chánh Phú Hòa", "chanh phu hoa hcm-chanh-phu-hoa", "ELARL VL[ LSA\t004000004001"},
			{"hthoihoa0000000", "HCM-thoi-hoa", "ward", "Thới Hòa", "thoi hoa hcm-thoi-hoa", "ZLUM LSA\t0040001"},
			{"hhoaloi00000000", "HCM-hoa-loi", "ward", "Hòa Lợi", "hoa loi hcm-hoa-loi", "LSA PUM\t010005"},
			{"hbactanuyen0000", "HCM-bac-tan-uyen", "commune", "Bắc Tân Uyên", "bac tan uyen hcm-bac-tan-uyen", "DBE ZCR [`IR\t04"},
			{"hthuongtan00000", "HCM-thuong-tan", "commune", "Thường Tân", "thuong tan hcm-thuong-tan", "ZL\\URK ZCR\t0001"},
			{"hanlong00000000", "HCM-an-long", "commune", "An Long", "an long hcm-an-long", "AR PSRK\t"},
			{"hphuocthanh0000", "HCM-phuoc-thanh", "commune", "Phước Thành", "phuoc thanh hcm-phuoc-thanh", "VL\\UE ZLARL\t000400001"},
			{"hphuochoa000000", "HCM-phuoc-hoa", "commune", "Phước Hòa", "phuoc hoa hcm-phuoc-hoa", "VL\\UE LSA\t00040001"},
			{"hphugiao0000000", "HCM-phu-giao", "commune", "Phú Giáo", "phu giao hcm-phu-giao", "VL[ KMAS\t0040004"},
			{"htruvantho00000", "HCM-tru-van-tho", "commune", "Trừ Văn Thố", "tru van tho hcm-tru-van-tho", "ZX\\ ]BR ZLT\t00100000004"},
			{"hbaubang0000000", "HCM-bau-bang", "commune", "Bàu Bàng", "bau bang hcm-bau-bang", "DA[ DARK\t010001"},
			{"hminhthanh00000", "HCM-minh-thanh", "commune", "Minh Thạnh", "minh thanh hcm-minh-thanh", "QMRL ZLARL\t00000005"},
			{"hlonghoa0000000", "HCM-long-hoa", "commune", "Long Hòa", "long hoa hcm-long-hoa", "PSRK LSA\t0000001"},
			{"hdautieng000000", "HCM-dau-tieng", "commune", "Dầu Tiếng", "dau tieng hcm-dau-tieng", "FC[ ZMIRK\t0100004"},
			{"hthanhan0000000", "HCM-thanh-an", "commune", "Thanh An", "thanh an hcm-thanh-an", "ZLARL AR\t"},
		} {
			if err := add(u, "ward", "", city, province, "2025-07-01", ""); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
