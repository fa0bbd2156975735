package app_test

import (
	"go/ast"
	"path/filepath"
	"strings"
	"testing"

	"vuon/internal/notify"
)

// What a notice hands to its words goes into mails. It may hand over what stands in notify/texts/vi/samples.txt: a new name
// there is a decision that it is nothing personal.
func TestNoticesHandOverOnlyKnownSlots(t *testing.T) {
	t.Parallel()
	known, seen := notify.Slots(), 0
	for _, s := range sources(t) {
		if name := filepath.Base(s.path); !strings.HasPrefix(name, "notices") || strings.HasPrefix(name, "notices_duty") {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			of, ok := lit.Type.(*ast.MapType)
			if !ok || !names(of.Key, "string") || !names(of.Value, "string") {
				return true
			}
			for _, e := range lit.Elts {
				pair, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				name, _ := literal(pair.Key)
				base := strings.TrimSuffix(strings.TrimSuffix(name, "_vi"), "_en")
				if seen++; !known[name] && !known[base] {
					t.Errorf("%s hands over %q", s.path, name)
				}
			}
			return true
		})
	}
	if seen < 5 {
		t.Errorf("only %d slots seen", seen)
	}
}

func names(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}
