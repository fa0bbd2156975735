package pb_migrations

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The twelve clusters of the programme. Their numbers and order are fixed; their words may be edited.
func init() {
	m.Register(func(app core.App) error {
		clusters := core.NewBaseCollection("clusters")
		clusters.Fields.Add(
			whole("number"), words("title_vi", 200), text("title_en", 200), text("summary_vi", 1000), text("summary_en", 1000), rev(),
		)
		dates(clusters)
		clusters.AddIndex("clusters_number", true, "number", "")
		if err := app.Save(clusters); err != nil {
			return err
		}
		for i, c := range [][5]string{
			{"cluster00000001", "Thử sức danh hiệu Top7 của ICF", "The ICF Top7 bid", "Hồ sơ dự xét Cộng đồng thông minh, với bằng chứng cho từng tiêu chí.", "The bid for an intelligent community award, with evidence for every criterion."},
			{"cluster00000002", "Nguồn nhân lực, sáng tạo và khoa học", "People, creativity and science", "Nghiên cứu ứng dụng, chuyển giao công nghệ, cuộc thi và STEM cho người trẻ.", "Applied research, technology transfer, contests, and STEM for the young."},
			{"cluster00000003", "Đổi mới sáng tạo và khởi nghiệp", "Innovation and startups", "Ươm tạo, nhà đầu tư, và khởi nghiệp từ trường nghề.", "Incubation, investors, and startups from vocational schools."},
			{"cluster00000004", "Sản xuất tiên tiến", "Advanced manufacturing", "Số hóa và tự động hóa nhà máy, khu công nghiệp khoa học công nghệ.", "Digital and automated factories, and a science and technology park."},
			{"cluster00000005", "Chuỗi cung ứng và logistics", "Supply chain and logistics", "Đường sắt, đường sông, đường bộ trong một chuỗi thông suốt.", "Rail, river and road in one chain that flows."},
			{"cluster00000006", "Thu hút doanh nghiệp và viện trường ICT", "ICT firms and institutes", "Doanh nghiệp và viện trường cùng đầu tư, nghiên cứu, thử nghiệm.", "Firms and institutes that invest, research and pilot together."},
			{"cluster00000007", "Dữ liệu và chính quyền điện tử", "Data and e-government", "Cơ sở dữ liệu dùng chung và dịch vụ công cho người dân.", "Shared databases and public services for people."},
			{"cluster00000008", "Trung tâm điều hành và 1022", "Operations centre and 1022", "Một nơi tiếp nhận, chuyển xử lý và trả lời người dân.", "One place that takes questions in, passes them on and answers."},
			{"cluster00000009", "Chiếu sáng LED", "LED lighting", "Đèn tiết kiệm điện cho đô thị, đo được phần tiết kiệm.", "Town lighting that saves energy, with the saving measured."},
			{"cluster00000010", "Truyền thông", "Communications", "Thông điệp rõ ràng đến từng người dân và doanh nghiệp.", "Clear messages to every resident and firm."},
			{"cluster00000011", "Chuỗi sự kiện tầm thế giới", "World-class events", "Các sự kiện lớn nối nhau, có nội dung khoa học và sáng tạo.", "Large events in series, with science and innovation at heart."},
			{"cluster00000012", "Phát triển bền vững", "Sustainability", "Năng lượng sạch, môi trường, rác thải và thông tin công khai.", "Clean energy, environment, waste, and open information."},
		} {
			_, err := app.DB().Insert("clusters", dbx.Params{
				"id": c[0], "number": i + 1, "title_vi": c[1], "title_en": c[2], "summary_vi": c[3], "summary_en": c[4], "rev": 1,
			}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
