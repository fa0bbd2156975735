package slip_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/events/slip"
)

var made = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func sheet(names ...string) slip.Sheet {
	s := slip.Sheet{
		House: "Trung tâm Đổi mới sáng tạo Bình Dương", Title: "Demo Day 2026: Ba Nhà cùng khởi nghiệp", Lang: "vi", Made: made,
		Facts: []slip.Fact{{"Khi nào", "Thứ Năm, 10 tháng 12, 2026, mở cửa 08:00"}, {"Ở đâu", "WTC Expo, phường Bình Dương"}},
		Hint:  "Đưa mã này ở cửa. Mỗi mã vào một lần.",
	}
	for _, name := range names {
		s.Tickets = append(s.Tickets, slip.Ticket{
			Facts: []slip.Fact{{"Người dự", name}, {"Loại vé", "Vé thường · 150.000 ₫"}}, Code: "7K2M-9QXA", Token: "B1" + strings.Repeat("6BFOXN", 20), Count: "1 / 2",
		})
	}
	return s
}

// text is what is found in a file, by ourselves and by others where they are installed. Blanks are put aside: a line is broken
// where the page ends.
func text(t *testing.T, s slip.Sheet) map[string]string {
	t.Helper()
	raw, err := s.PDF()
	if err != nil {
		t.Fatal(err)
	}
	if pages := bytes.Count(raw, []byte("/Type /Page\n")); pages != len(s.Tickets) {
		t.Errorf("%d pages for %d tickets", pages, len(s.Tickets))
	}
	found := map[string]string{"us": bare(read(t, raw))}
	if all, ok := readByOthers(t, raw); ok {
		found["others"] = bare(all)
	}
	return found
}

func bare(text string) string { return strings.Join(strings.Fields(text), "") }

// A name stands on the paper as it is written, however it was typed, and is found there by whoever searches for it.
func TestNamesAreFoundInTheFile(t *testing.T) {
	t.Parallel()
	names := []string{
		"Nguyễn Thị Hồng Phượng", "Đặng Ngọc Ặ Ẵ Ễ Ỗ Ữ Ự Ỹ Ỵ", "Trần Quốc Bảo", "Lưu Gia Huệ đ ơ ư ă â ê ô",
		norm.NFD.String("Võ Thị Diễm Thường, Ẩn Ổn Ửng"), "O'Brien & Søn (née Łukasz)",
	}
	wanted := append(slices.Clone(names), "Trung tâm Đổi mới sáng tạo Bình Dương", "Demo Day 2026: Ba Nhà cùng khởi nghiệp", "150.000 ₫", "7K2M-9QXA",
		"Thứ Năm, 10 tháng 12, 2026, mở cửa 08:00")
	for reader, found := range text(t, sheet(names...)) {
		for _, want := range wanted {
			if !strings.Contains(found, bare(norm.NFC.String(want))) {
				t.Errorf("%q is not found by %s in %.400q", want, reader, found)
			}
		}
		if strings.ContainsAny(found, "\u0300\u0301\u0303\u0309\u0323\u0302\u031b\u0306") {
			t.Errorf("marks stand apart from their letters, say %s", reader)
		}
	}
}

// A letter without a shape would be an empty box on paper, though it is found by a search.
func TestEveryLetterHasAShape(t *testing.T) {
	t.Parallel()
	letters := "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz₫–…·"
	for _, base := range "aăâeêioôơuưy" {
		for _, mark := range "\u0300\u0301\u0303\u0309\u0323" {
			letters += norm.NFC.String(string(base) + string(mark))
		}
	}
	for style, ttf := range map[string][]byte{"plain": dejavusans.TTF, "bold": dejavusansbold.TTF} {
		font, err := sfnt.Parse(ttf)
		if err != nil {
			t.Fatal(err)
		}
		for _, letter := range letters + strings.ToUpper(letters) {
			if at, err := font.GlyphIndex(nil, letter); err != nil || at == 0 {
				t.Errorf("the %s font has no %q", style, letter)
			}
		}
	}
}

// What could make a name read as another, or end a page, is not printed; a name without an end is cut.
func TestNoNameBreaksThePage(t *testing.T) {
	t.Parallel()
	for reader, found := range text(t, sheet("Ng\u202eAn\u2066 \u0000Tr\tần\n😀 (a) \\) Tj", strings.Repeat("Công Tằng Tôn Nữ ", 60), strings.Repeat("W", 900))) {
		if !strings.Contains(found, bare("NgAn Tr ần (a) \\) Tj")) || strings.Count(found, "…") < 2 {
			t.Errorf("%s: %.600q", reader, found)
		}
	}
}

func TestEqualSheetsAreEqualFiles(t *testing.T) {
	t.Parallel()
	one, err := sheet("Nguyễn Văn An").PDF()
	if err != nil {
		t.Fatal(err)
	}
	two, err := sheet("Nguyễn Văn An").PDF()
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("the same ticket is printed otherwise: %v", err)
	}
	if len(one) > 120_000 {
		t.Errorf("a ticket is %d bytes: it goes over telephones", len(one))
	}
	s := sheet("An")
	s.Tickets[0].Token = strings.Repeat("x", 600)
	if _, err := s.PDF(); err == nil {
		t.Error("a code that no reader makes out was printed")
	}
}
