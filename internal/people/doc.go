// Package people knows who people are: accounts, roles, organisations, invitations, and what they agreed to.
package people
