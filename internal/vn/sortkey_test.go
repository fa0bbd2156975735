package vn_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vuon/internal/vn"
)

func TestSortKeyIsTheOrderOfADictionary(t *testing.T) {
	t.Parallel()
	want := []string{
		"1022", "An", "an bình", "Anh", "Ăn", "Âu", "Cao", "Dương", "Dzũng", "Đa", "Đại", "Đạo", "Em", "Ê-đê", "Gốm",
		"ma", "mà", "mả", "mã", "má", "mạ", "ma trận", "mà trận", "Oanh", "Ôn", "Ơn", "Thảo", "Thạo", "Thu", "Thủ Dầu Một", "Thư", "Uyên", "Ưng", "Xuân", "Yến", "Zalo",
	}
	got := slices.Clone(want)
	rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(vn.SortKey(a), vn.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted\n%q, want\n%q", got, want)
	}
}

func TestSortKeyIsTheSameForTheSameText(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Đặng Thị Hồng", "ĐẶNG  thị hồng "},
		{"Thủ Dầu Một", "Thủ Dầu Một"}, // decomposed, as a Mac sends it
		{"Ba-Nhà", "BaNhà"},
	} {
		if a, b := vn.SortKey(pair[0]), vn.SortKey(pair[1]); a != b {
			t.Errorf("%q and %q have the keys %q and %q", pair[0], pair[1], a, b)
		}
	}
}
