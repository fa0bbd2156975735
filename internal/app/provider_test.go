package app_test

import (
	"os/exec"
	"strings"
	"testing"
)

// What stands in for a provider of identities is for tests: nothing of it is in what is served.
func TestTheProviderIsNotInTheBinary(t *testing.T) {
	t.Parallel()
	all, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "vuon").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(all))
	if len(deps) < 100 {
		t.Fatalf("only %d packages", len(deps))
	}
	for _, dep := range deps {
		if strings.HasPrefix(dep, "github.com/zitadel/") || strings.HasPrefix(dep, "vuon/internal/housetest") {
			t.Errorf("the binary holds %s", dep)
		}
	}
}
