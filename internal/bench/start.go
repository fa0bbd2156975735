package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vuon/internal/app"
)

// The limits.
const (
	readyWithin = 1000 // milliseconds
	restsBelow  = 90   // megabytes
)

const (
	rest    = 3 * time.Second // what a house is given to come to rest
	tooLong = 3 * time.Minute // a machine that does much at once starts slowly
)

// measureStart makes a demo's database, then serves it a few times in earnest.
func measureStart(ctx context.Context, now func() time.Time, runs int) (r Report, err error) {
	dir, err := os.MkdirTemp("", "vuon-bench-")
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	garden := filepath.Join(dir, "garden")
	if _, err := run(ctx, now, dir, nil, 0, "demo", "--dir", garden); err != nil {
		return Report{}, fmt.Errorf("make a database: %w", err)
	}
	key, err := keyOf(garden)
	if err != nil {
		return Report{}, err
	}
	var ready, memory []float64
	for i := range runs {
		still := time.Duration(0)
		if i == runs-1 {
			still = rest
		}
		seen, err := run(ctx, now, dir, []string{app.SettingsKeyEnv + "=" + key}, still, "serve", "--dir", garden)
		if err != nil {
			return Report{}, fmt.Errorf("serve it: %w", err)
		}
		ready = append(ready, float64(seen.ready.Microseconds())/1000)
		if seen.memory > 0 {
			memory = append(memory, seen.memory)
		}
	}
	figures := []Figure{{Key: "start", Value: median(ready), Limit: readyWithin, Unit: "ms"}}
	if len(memory) > 0 { // not every system tells
		figures = append(figures, Figure{Key: "memory", Value: memory[len(memory)-1], Limit: restsBelow, Unit: "MB"})
	}
	return report(figures...), nil
}

// seen is one start: how long it took to be ready, and the memory that it held at rest, in megabytes, 0 when unknown.
type seen struct {
	ready  time.Duration
	memory float64
}

// run starts this binary, waits until it is ready, leaves it alone for a while, and stops it.
func run(ctx context.Context, now func() time.Time, dir string, env []string, still time.Duration, args ...string) (s seen, err error) {
	ctx, cancel := context.WithTimeout(ctx, tooLong)
	defer cancel()
	self, err := os.Executable()
	if err != nil {
		return s, err
	}
	address, err := free(ctx)
	if err != nil {
		return s, err
	}
	var said bytes.Buffer
	child := exec.CommandContext(ctx, self, append(args, "--http", address)...) //nolint:gosec // this very binary
	child.Dir, child.Env, child.Stderr = dir, append(os.Environ(), env...), &said
	child.Cancel = func() error { return child.Process.Signal(syscall.SIGTERM) }
	child.WaitDelay = 10 * time.Second
	began := now()
	if err := child.Start(); err != nil {
		return s, err
	}
	gone := make(chan error, 1)
	go func() { gone <- child.Wait() }()
	for !answers(ctx, address) {
		select {
		case err := <-gone:
			return s, fmt.Errorf("it ended before it was ready (%w): %s", err, said.String())
		case <-time.After(2 * time.Millisecond):
		}
	}
	s.ready = now().Sub(began)
	time.Sleep(still)
	s.memory = resident(child.Process.Pid)
	if err := child.Process.Signal(syscall.SIGTERM); err != nil {
		return s, err
	}
	return s, <-gone
}

// answers says whether the house at an address is ready.
func answers(ctx context.Context, address string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

// free finds an address of this machine that nobody uses.
func free(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// resident reads how much memory a process holds, in megabytes; 0 where the system does not tell.
func resident(pid int) float64 {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "VmRSS:" {
			kilo, err := strconv.ParseFloat(words[1], 64)
			if err != nil {
				return 0
			}
			return kilo / 1024
		}
	}
	return 0
}

// keyOf reads the key with which a demo has encrypted its settings.
func keyOf(garden string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(garden, "demo.json"))
	if err != nil {
		return "", err
	}
	var mark struct{ Key string }
	err = json.Unmarshal(raw, &mark)
	return mark.Key, err
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}
