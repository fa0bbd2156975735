package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheNewestAnchorIsTheLastLine(t *testing.T) {
	t.Parallel()
	line := "2026-11-25T10:23:00Z 7 " + strings.Repeat("a", 64) + "\n"
	for name, content := range map[string]string{
		"no file": "", "one": line, "many": strings.Repeat(line, 1000) + strings.Replace(line, " 7 ", " 4711 ", 1),
	} {
		dir := t.TempDir()
		if content != "" {
			if err := os.WriteFile(filepath.Join(dir, anchorFile), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		all, err := anchors(dir)
		if err != nil {
			t.Fatal(err)
		}
		newest, err := newestAnchor(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 0 && newest.Seq != 0 || len(all) > 0 && newest != all[len(all)-1] {
			t.Errorf("%s: %+v", name, newest)
		}
	}
}
