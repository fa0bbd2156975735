package people

import "github.com/pocketbase/pocketbase/core"

// Crowd fills the house with people whose passwords are being hashed; leave lets them go.
func Crowd(app core.App) (leave func()) {
	gate, _ := app.Store().Get(turnstileKey).(turnstile)
	for range hashesAtOnce {
		gate <- struct{}{}
	}
	return func() {
		for range hashesAtOnce {
			<-gate
		}
	}
}
