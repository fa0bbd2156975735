package vn

import "math"

// The instants below are Julian days. Dynamical time is what the formulas of astronomy count; clocks follow the turning of
// the Earth, which lags behind it by the seconds of lag.

// zone is the local time of Viet Nam, in days before universal time.
const zone = 7.0 / 24

// lag is dynamical time less universal time, in seconds, about a decimal year (Meeus, Astronomical Algorithms, chapter 10;
// the polynomials are those of Espenak and Meeus). What is to come can only be guessed: by 2199 the guess may be wrong by
// some minutes.
func lag(year float64) float64 {
	t := func(from float64) float64 { return year - from }
	u := t(1820) / 100
	switch {
	case year < 1920:
		return poly(t(1900), -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)
	case year < 1941:
		return poly(t(1920), 21.20, 0.84493, -0.076100, 0.0020936)
	case year < 1961:
		return poly(t(1950), 29.07, 0.407, -1.0/233, 1.0/2547)
	case year < 1986:
		return poly(t(1975), 45.45, 1.067, -1.0/260, -1.0/718)
	case year < 2005:
		return poly(t(2000), 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)
	case year < 2050:
		return poly(t(2000), 62.92, 0.32217, 0.005589)
	case year < 2150:
		return -20 + 32*u*u - 0.5628*(2150-year)
	}
	return -20 + 32*u*u
}

// lagAt is lag in days, about an instant.
func lagAt(jd float64) float64 { return lag(2000+(jd-2451545)/365.25) / 86400 }

// local turns dynamical time into the local time of Viet Nam.
func local(jde float64) float64 { return jde - lagAt(jde) + zone }

// dayAt is the day on which an instant of local time lies.
func dayAt(jd float64) Day { return Day(math.Floor(jd + 0.5)) }

// midnight is the instant, in dynamical time, with which a day begins in Viet Nam.
func midnight(d Day) float64 {
	jd := float64(d) - 0.5 - zone
	return jd + lagAt(jd)
}

// moonTerm is one periodic term: days, and the multiples of its arguments. ecc is the power of the Earth's eccentricity.
type moonTerm struct {
	days                 float64
	ecc                  int
	sun, moon, lat, ring float64
}

// newMoonTerms correct the mean new moon (Meeus, table 49.A).
var newMoonTerms = []moonTerm{
	{-0.40720, 0, 0, 1, 0, 0},
	{0.17241, 1, 1, 0, 0, 0},
	{0.01608, 0, 0, 2, 0, 0},
	{0.01039, 0, 0, 0, 2, 0},
	{0.00739, 1, -1, 1, 0, 0},
	{-0.00514, 1, 1, 1, 0, 0},
	{0.00208, 2, 2, 0, 0, 0},
	{-0.00111, 0, 0, 1, -2, 0},
	{-0.00057, 0, 0, 1, 2, 0},
	{0.00056, 1, 1, 2, 0, 0},
	{-0.00042, 0, 0, 3, 0, 0},
	{0.00042, 1, 1, 0, 2, 0},
	{0.00038, 1, 1, 0, -2, 0},
	{-0.00024, 1, -1, 2, 0, 0},
	{-0.00017, 0, 0, 0, 0, 1},
	{-0.00007, 0, 2, 1, 0, 0},
	{0.00004, 0, 0, 2, -2, 0},
	{0.00004, 0, 3, 0, 0, 0},
	{0.00003, 0, 1, 1, -2, 0},
	{0.00003, 0, 0, 2, 2, 0},
	{-0.00003, 0, 1, 1, 2, 0},
	{0.00003, 0, -1, 1, 2, 0},
	{-0.00002, 0, -1, 1, -2, 0},
	{-0.00002, 0, 1, 3, 0, 0},
	{0.00002, 0, 0, 4, 0, 0},
}

// planetTerms correct it further: days, and an angle that grows with the number of the moon (Meeus, chapter 49).
var planetTerms = [][3]float64{
	{0.000325, 299.77, 0.107408}, // less 0.009173 T²
	{0.000165, 251.88, 0.016321},
	{0.000164, 251.83, 26.651886},
	{0.000126, 349.42, 36.412478},
	{0.000110, 84.66, 18.206239},
	{0.000062, 141.74, 53.303771},
	{0.000060, 207.14, 2.453732},
	{0.000056, 154.84, 7.306860},
	{0.000047, 34.52, 27.261239},
	{0.000042, 207.19, 0.121824},
	{0.000040, 291.34, 1.844379},
	{0.000037, 161.72, 24.198154},
	{0.000035, 239.56, 25.513099},
	{0.000023, 331.55, 3.592518},
}

// newMoon is the instant, in dynamical time, of the n-th new moon after that of 6 January 2000, to some seconds
// (Meeus, chapter 49).
func newMoon(n int) float64 {
	k := float64(n)
	t := k / 1236.85
	jde := 2451550.09766 + 29.530588861*k + poly(t, 0, 0, 0.00015437, -0.000000150, 0.00000000073)
	eccentricity := poly(t, 1, -0.002516, -0.0000074)
	sun := 2.5534 + 29.10535670*k + poly(t, 0, 0, -0.0000014, -0.00000011)
	moon := 201.5643 + 385.81693528*k + poly(t, 0, 0, 0.0107582, 0.00001238, -0.000000058)
	lat := 160.7108 + 390.67050284*k + poly(t, 0, 0, -0.0016118, -0.00000227, 0.000000011)
	ring := 124.7746 - 1.56375588*k + poly(t, 0, 0, 0.0020672, 0.00000215)
	for _, m := range newMoonTerms {
		jde += m.days * math.Pow(eccentricity, float64(m.ecc)) * sin(m.sun*sun+m.moon*moon+m.lat*lat+m.ring*ring)
	}
	for i, p := range planetTerms {
		angle := p[1] + p[2]*k
		if i == 0 {
			angle -= 0.009173 * t * t
		}
		jde += p[0] * sin(angle)
	}
	return jde
}

// newMoonDay is the day in Viet Nam on which the n-th new moon falls.
func newMoonDay(n int) Day { return dayAt(local(newMoon(n))) }

// moonBy is the number of the last new moon whose day is d or lies before it.
func moonBy(d Day) int {
	n := int(math.Floor((float64(d) - 2451550) / 29.530588861))
	for newMoonDay(n) > d {
		n--
	}
	for newMoonDay(n+1) <= d {
		n++
	}
	return n
}

// poly is a + bx + cx² and so on.
func poly(x float64, factors ...float64) float64 {
	sum := 0.0
	for i := len(factors) - 1; i >= 0; i-- {
		sum = sum*x + factors[i]
	}
	return sum
}

// sin takes degrees.
func sin(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }
