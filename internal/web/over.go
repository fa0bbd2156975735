package web

import "io/fs"

// over is two folders, one laid over the other.
type over struct{ top, under fs.FS }

// Over lays a folder over another: a file of top stands before one of the same name.
func Over(top, under fs.FS) fs.FS { return over{top, under} }

// Open finds name in the upper folder, else in the lower one.
func (o over) Open(name string) (fs.File, error) {
	if f, err := o.top.Open(name); err == nil {
		return f, nil
	}
	return o.under.Open(name)
}

// ReadDir lists what is in either folder; fs.WalkDir asks for it.
func (o over) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(o.top, name)
	below, errBelow := fs.ReadDir(o.under, name)
	if err != nil && errBelow != nil {
		return nil, errBelow
	}
	seen := map[string]bool{}
	for _, d := range all {
		seen[d.Name()] = true
	}
	for _, d := range below {
		if !seen[d.Name()] {
			all = append(all, d)
		}
	}
	return all, nil
}
