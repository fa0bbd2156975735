// Package bench measures the house from outside, as its operator meets it: it starts this very binary and looks at the
// clock and at the memory. What it makes it takes away again. Each figure is printed beside its limit, as a ratio: above
// one is too much. The limits hold on a quiet machine of two cores.
package bench
