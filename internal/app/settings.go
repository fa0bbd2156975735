package app

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/people"
)

// applySettings writes what the house insists on into PocketBase's settings, where they differ.
func applySettings(app core.App, cfg Config) error {
	s := app.Settings()
	before, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	insist(s, cfg)
	if after, err := json.Marshal(s); err != nil || bytes.Equal(before, after) {
		return err
	}
	if err := app.Save(s); err != nil {
		return fmt.Errorf("apply the settings: %w", err)
	}
	return nil
}

// insist sets what nobody else sets, not in the dashboard either: no batch requests (they pass by every middleware), no
// addresses in logs, sign-in limited per address, and whose word counts for a visitor's address.
func insist(s *core.Settings, cfg Config) {
	s.Batch.Enabled = false
	s.Logs.LogIP, s.Logs.LogAuthId = false, false
	s.TrustedProxy.Headers, s.TrustedProxy.UseLeftmostIP = nil, false
	if cfg.ProxyHeader != "" {
		s.TrustedProxy.Headers = []string{cfg.ProxyHeader}
	}
	s.RateLimits.Enabled, s.RateLimits.ExcludedIPs = true, []string{}
	s.RateLimits.Rules = []core.RateLimitRule{
		{Label: "*:auth", MaxRequests: signIns, Duration: 60},
		{Label: "*:requestOTP", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/sign-in", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/sign-in/code", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/sign-in/identity", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/sign-in/identity/begin", MaxRequests: signIns, Duration: 60},
		{Label: "GET " + people.CallbackPath, MaxRequests: signIns, Duration: 60},
		{Label: "POST /intakes/", MaxRequests: signIns, Duration: 60},
		{Label: "POST /en/intakes/", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/resume", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/resume/", MaxRequests: signIns, Duration: 60},
		{Label: "POST /api/vuon/events/", MaxRequests: orders, Duration: 60},
		{Label: "POST /events/", MaxRequests: orders, Duration: 60},
		{Label: "POST /en/events/", MaxRequests: orders, Duration: 60},
		{Label: "POST /api/vuon/door/enrol", MaxRequests: signIns, Duration: 60},
		{Label: "*:requestPasswordReset", MaxRequests: signIns, Duration: 60},
		{Label: "/api/", MaxRequests: 600, Duration: 10},
	}
}

// orders is how often one address may ask for seats a minute: nobody empties an event by clicking, and a hall that shares an address
// still finds its seats.
const orders = 120

// signIns is how many attempts to sign in one address may make a minute. A whole campus may share one.
const signIns = 60
