package app

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/clusters"
	"vuon/internal/events"
	"vuon/internal/payment"
	"vuon/internal/startups/seal"
)

// eventNeeds are what events ask of the rest of the house.
func eventNeeds(cfg Config, deps Deps) events.Needs {
	return events.Needs{
		Random: deps.Random,
		Person: fullName,
		Proven: provenMail,
		Keys:   func(app core.App) ([][]byte, error) { return linkKeys(app, cfg) },
		Seal: func(app core.App, plain []byte, bound string) (sealed, with string, err error) {
			ring, err := ticketRing(app, cfg)
			if err != nil {
				return "", "", err
			}
			return ring.Seal(deps.Random, plain, bound)
		},
		Unseal: func(app core.App, sealed, with, bound string) ([]byte, error) {
			ring, err := ticketRing(app, cfg)
			if err != nil {
				return nil, err
			}
			return ring.Open(sealed, with, bound)
		},
		Tile: func(app core.App, cluster string) (int, error) {
			c, err := clusters.Clusters.Find(app, cluster)
			if err != nil {
				return 0, err
			}
			return c.Number(), nil
		},

		AskMoney: askMoney, StopMoney: payment.Stop, GiveBack: giveBack, MoneyTaken: payment.Given,
	}
}

// ticketRing seals what signs tickets, with the keys to the house's data and, after them, with the secret with which PocketBase signs
// people in: a house without a key to its data has tickets too, and opens them when it is given one.
func ticketRing(app core.App, cfg Config) (*seal.Ring, error) {
	users, err := app.FindCachedCollectionByNameOrId("users")
	if err != nil {
		return nil, fmt.Errorf("look for a key to tickets: %w", err)
	}
	return seal.ForTickets(string(cfg.DataKey), string(cfg.OldDataKey), string(cfg.SettingsKey), users.AuthToken.Secret)
}

// linkKeys are the secrets from which the links of orders and tickets are derived: of the key of the house's data and the one
// before it, or for lack of one of the secret with which PocketBase signs people in. Whoever changes them all ends every link.
func linkKeys(app core.App, cfg Config) (keys [][]byte, err error) {
	secrets := []string{string(cfg.DataKey), string(cfg.OldDataKey)}
	if cfg.DataKey == "" {
		users, err := app.FindCachedCollectionByNameOrId("users")
		if err != nil {
			return nil, fmt.Errorf("look for a key to links: %w", err)
		}
		secrets = []string{users.AuthToken.Secret}
	}
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		key, err := hkdf.Key(sha256.New, []byte(secret), nil, "vuon links of orders v1", 32)
		if err != nil {
			return nil, fmt.Errorf("derive a key to links: %w", err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}
