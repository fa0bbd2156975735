package intake

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/intake/sniff"
	"vuon/internal/judging"
)

// FileView is one file in an answer.
type FileView struct {
	ID       string     `json:"id"`
	Question string     `json:"question"`
	Name     string     `json:"name"`
	Kind     sniff.Kind `json:"kind"`
	Size     int64      `json:"size"`
	SHA256   string     `json:"sha256"`
	At       time.Time  `json:"at"`
	Path     string     `json:"path"` // where it is fetched from, below /api/vuon
}

// SnapshotView is what was handed in once.
type SnapshotView struct {
	Number  int        `json:"number"`
	At      time.Time  `json:"at"`
	Title   string     `json:"title"`
	Answers Answers    `json:"answers"`
	SHA256  string     `json:"sha256"`
	Files   []FileView `json:"files"`
}

// ExtendedLine is one extension.
type ExtendedLine struct {
	ClosesAt    time.Time  `json:"closes_at"`
	Reason      string     `json:"reason"`
	At          *time.Time `json:"at"`
	Application string     `json:"application,omitempty"`
	By          string     `json:"by,omitempty"` // a name; staff only
}

// Carried is until when a paper is taken, how that came about, and what it carries.
type Carried struct {
	GraceMin   int            `json:"grace_min"`   // minutes behind its deadline in which it is still taken
	TakenUntil time.Time      `json:"taken_until"` // the first instant at which it cannot be handed in
	Extended   []ExtendedLine `json:"extended"`    // how its own deadline was moved
	Ticket     *TicketView    `json:"ticket"`
	Files      []FileView     `json:"files"`
}

// TakenUntil is the first instant at which nothing more is handed in, with the grace that everybody is told of.
func (c *Call) TakenUntil() time.Time {
	return c.ClosesAt.Add(time.Duration(c.GraceMin) * time.Minute)
}

// handedIn makes a paper what staff read: what was handed in, not what is being written.
func (p *Paper) handedIn(last *Snapshot) (err error) {
	p.Title = last.Title()
	if p.Answers, err = last.Answers(); err != nil {
		return err
	}
	p.Files, err = filesIn(last, "/applications/"+p.ID)
	return err
}

// times adds to a paper until when it is taken, how that came about, and what it carries.
func (p *Paper) times(app core.App, a *Application, closes time.Time, grace time.Duration, now time.Time) error {
	t, err := ticketOf(app, a.Id)
	if err != nil {
		return err
	}
	p.GraceMin, p.TakenUntil, p.Ticket = int(grace.Minutes()), closes.Add(grace), ticketView(t, now)
	if t != nil && t.Until().After(p.TakenUntil) {
		p.TakenUntil = t.Until()
	}
	if p.Extended, err = movedFor(app, a.IntakeID(), a.Id); err != nil {
		return err
	}
	there, err := liveFiles(app, a.Id)
	p.Files = viewsOf(there)
	return err
}

// filesIn are the files of a snapshot, to be fetched from below the path of whatever shows them.
func filesIn(s *Snapshot, below string) ([]FileView, error) {
	kept, err := s.Files()
	views := make([]FileView, 0, len(kept))
	for _, k := range kept {
		views = append(views, FileView{k.ID, k.Question, k.Name, k.Kind, k.Size, k.SHA256, s.At(), below + "/files/" + k.ID})
	}
	return views, err
}

// movedFor tells how the deadline of everybody was moved, and with an application also how its own was. It names nobody.
func movedFor(app core.App, intake, application string) ([]ExtendedLine, error) {
	all, err := extensionsOf(app, intake)
	lines := []ExtendedLine{}
	for _, x := range all {
		if of := x.ApplicationID(); of == "" || of == application {
			lines = append(lines, ExtendedLine{ClosesAt: x.ClosesAt(), Reason: x.Reason(), At: instant(x.At()), Application: of})
		}
	}
	return lines, err
}

// extensionLines lists every extension of an intake with who made it, but for those of the reader's own applications.
func extensionLines(app core.App, r reader, intake string) ([]ExtendedLine, error) {
	all, err := extensionsOf(app, intake)
	if err != nil {
		return nil, err
	}
	lines := []ExtendedLine{}
	for _, x := range all {
		if x.ApplicationID() != "" {
			a, err := Applications.Find(app, x.ApplicationID())
			if err != nil {
				return nil, err
			}
			if r.near(a) {
				continue
			}
		}
		name, err := needs(app).Name(app, x.By())
		if err != nil {
			return nil, err
		}
		lines = append(lines, ExtendedLine{x.ClosesAt(), x.Reason(), instant(x.At()), x.ApplicationID(), name})
	}
	return lines, nil
}

// Readable finds a file for whoever reads its application: the applicant what they have and what they handed in, staff what was
// handed in. To everybody else it does not exist. Error: record.not_found.
func Readable(app core.App, by access.Actor, id, file string, now time.Time) (*File, error) {
	p, err := Read(app, by, id, now)
	if err != nil {
		return nil, err
	}
	f, err := Files.Find(app, file)
	if err != nil || f.ApplicationID() != p.ID {
		return nil, notThere(err)
	}
	named := func(s SnapshotView) bool {
		return slices.ContainsFunc(s.Files, func(v FileView) bool { return v.ID == f.Id })
	}
	if p.Staff != nil && !slices.ContainsFunc(p.Staff.Snapshots, named) {
		return nil, fault.NotFound("record.not_found")
	}
	return f, nil
}

// ReadableByJudge finds a file of what was handed in last, for the judge of an assignment that is still theirs, when its
// question is for judges; in a blind round only when its question is safe there, and under a name that tells nothing.
// Error: record.not_found.
func ReadableByJudge(app core.App, by access.Actor, assignment, file string) (f *File, name string, err error) {
	seat, err := judging.Seated(app, by, assignment)
	if err != nil {
		return nil, "", err
	}
	brief, err := Brief(app, seat.SubjectType, seat.Subject)
	if err != nil {
		return nil, "", err
	}
	for _, answer := range brief.For(seat).Answers {
		for _, x := range answer.Files {
			if x.ID == file {
				f, err := Files.Find(app, x.ID)
				return f, x.Name, err
			}
		}
	}
	return nil, "", fault.NotFound("record.not_found")
}

// ReadableOnAppeal finds a file of what was handed in last, for whoever sees the appeal about it: who hears it, who need be no
// staff, and the staff over its intake. To everybody else it does not exist. Errors: access.sign_in, record.not_found.
func ReadableOnAppeal(app core.App, by access.Actor, appeal, file string, now time.Time) (*File, error) {
	v, err := AppealAbout(app, by, appeal, now)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(v.Files, func(f FileView) bool { return f.ID == file }) {
		return nil, fault.NotFound("record.not_found")
	}
	return Files.Find(app, file)
}

// attached are the files that answer a question in what was handed in.
func attached(q Question, kept []KeptFile) []judging.Attachment {
	var some []judging.Attachment
	for _, k := range kept {
		if k.Question == q.Key {
			some = append(some, judging.Attachment{ID: k.ID, Name: k.Name, Kind: string(k.Kind), Ext: k.Kind.Ext(), Size: k.Size})
		}
	}
	return some
}
