package demo

import (
	"path/filepath"
	"testing"
	"time"

	"vuon/internal/housetest"
)

// What a month later costs, in a full garden.
func BenchmarkAMonthLater(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		f, err := claim(filepath.Join(b.TempDir(), "garden"), func() (string, error) { return "key", nil })
		if err != nil {
			b.Fatal(err)
		}
		now := &clock{wall: func() time.Time { return housetest.Noon }, folder: f}
		house := housetest.At(b, now.Now)
		if err := Plant(house, housetest.Noon, func(time.Time) {}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := now.later(house, 1, 0); err != nil {
			b.Fatal(err)
		}
	}
}
