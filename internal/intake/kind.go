package intake

import "slices"

// Kind is what an intake is a call for. Its words are intake_kind.<kind>.
type Kind string

// The kinds. A proposal is a talk, a paper or a challenge: whoever is accepted joins no cohort and becomes no startup.
const (
	Incubation    Kind = "incubation"
	PreIncubation Kind = "pre_incubation"
	Acceleration  Kind = "acceleration"
	STEM          Kind = "stem"
	Training      Kind = "training"
	Vocational    Kind = "vocational"
	Proposals     Kind = "proposal"
)

// Kinds are all of them, in the order in which people choose.
func Kinds() []Kind {
	return []Kind{PreIncubation, Incubation, Acceleration, STEM, Training, Vocational, Proposals}
}

// Enrols says whether whoever is accepted joins a cohort.
func (k Kind) Enrols() bool { return k != Proposals }

// kindOf is the kind of an intake that does not say its own: that of its programme.
func kindOf(p *Programme) Kind {
	if k := Kind(p.Kind()); slices.Contains(Kinds(), k) {
		return k
	}
	return Acceleration // for a corporate programme
}
