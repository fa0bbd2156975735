// Package clusters holds the twelve clusters of the programme.
package clusters
