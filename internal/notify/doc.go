// Package notify tells people what they must know: the inbox of the house, and mail.
package notify
