// Package openid lets somebody show who they are at a provider of identities, such as a state's, by OpenID Connect. It knows
// no database and no account: it answers with what the provider said, once everything about the answer was right.
//
//	Begin ──▶ the browser goes to the provider ──▶ comes back with a code ──▶ Finish ──▶ Claims
//
// The code is taken with a proof (PKCE S256) that only the browser's own errand can give, the answer names the nonce of that
// errand, and its signature is checked against keys that are fetched again when an unknown one appears. What signs with a
// shared secret, or not at all, is refused whatever the provider's own page says.
//
// The provider is looked up when somebody first asks for it, never at the start of the house; while it is away the house
// asks again at most once in ten seconds, and everybody else is told at once.
package openid
