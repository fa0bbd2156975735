package app

import (
	"errors"
	"fmt"

	"vuon/internal/startups/seal"
)

// shortestDataKey is how many characters a key has at least with which bank accounts are sealed.
const shortestDataKey = 32

// dataKeysAreSound names what is wrong with the keys to bank accounts.
func (c Config) dataKeysAreSound() (wrong error) {
	for name, key := range map[string]Secret{"VUON_DATA_KEY": c.DataKey, "VUON_DATA_KEY_OLD": c.OldDataKey} {
		if n := len(key); n != 0 && n < shortestDataKey {
			wrong = errors.Join(wrong, fmt.Errorf("%s has at least %d characters, not %d", name, shortestDataKey, n))
		}
	}
	if c.OldDataKey != "" && c.DataKey == "" {
		wrong = errors.Join(wrong, errors.New("VUON_DATA_KEY_OLD is of no use without VUON_DATA_KEY"))
	}
	return wrong
}

// ring are the keys to bank accounts, the present one first: VUON_DATA_KEY, or what is derived from the key of the settings.
// What was sealed with either, or with VUON_DATA_KEY_OLD, can be opened; without any key the ring is nil.
func (c Config) ring() (*seal.Ring, error) {
	return seal.New(string(c.DataKey), string(c.OldDataKey), string(c.SettingsKey))
}
