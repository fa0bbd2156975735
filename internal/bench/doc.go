// Package bench measures the house: how this very binary starts, from outside, as its operator meets it, and how fast a house
// of its own tells people. What it makes it takes away again. Each figure is printed beside its limit, as a ratio: above
// one is too much. The limits hold on a quiet machine of two cores.
package bench
