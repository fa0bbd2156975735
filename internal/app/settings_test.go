package app_test

import (
	"net/http"
	"testing"

	"vuon/internal/housetest"
)

// One address tries sixty times a minute at each way in, and no more: by code, by password, as an operator.
func TestOneAddressTriesSixtyTimesAMinute(t *testing.T) {
	t.Parallel()
	for path, body := range map[string]string{
		"/api/vuon/sign-in":                               `{"id":"none","code":"000000"}`,
		"/api/vuon/sign-in/code":                          `{"email":"none"}`,
		"/api/vuon/sign-in/identity":                      `{}`,
		"/api/vuon/sign-in/identity/begin":                `{}`,
		"/api/collections/users/auth-with-password":       `{}`,
		"/api/collections/_superusers/auth-with-otp":      `{}`,
		"/api/collections/_superusers/request-otp":        `{}`,
		"/api/collections/users/request-password-reset":   `{}`,
		"/api/collections/_superusers/auth-with-password": `{}`,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			server := housetest.Server(t, housetest.App(t))
			for n := range 61 {
				got := housetest.Ask(t, server, nil, http.MethodPost, path, body).Code
				if (got == http.StatusTooManyRequests) != (n == 60) {
					t.Fatalf("attempt %d: %d", n+1, got)
				}
			}
		})
	}
}
