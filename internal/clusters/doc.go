// Package clusters holds the twelve clusters of the programme: what the region wants to become, cut into twelve.
// Startups, projects and events belong to clusters; the tiles of the house are their signs.
package clusters
