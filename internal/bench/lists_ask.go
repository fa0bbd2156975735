package bench

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
)

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// variants is how many different pages of a list are asked for in turn, so that none is answered from what the last one left.
const variants = 20

// measure asks for a list, of the house and of a bare handler that runs what the house was heard to run.
func (l listed) measure(ctx context.Context, now func() time.Time, db *dbx.DB, served, token string) (f ListFigure, err error) {
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 4}}
	heard, err := l.hear(ctx, client, now, db, served, token)
	if err != nil {
		return f, err
	}
	bare, stop, err := listen(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		turn, err := strconv.Atoi(r.URL.Query().Get("turn"))
		if err != nil || turn >= len(heard) {
			http.Error(w, "no such turn", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if err := l.bare(r.Context(), db, heard[turn], w); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	if err != nil {
		return f, err
	}
	defer stop()
	var house, plain []float64
	for i := range asks + variants {
		turn := i % variants
		took, ours, err := timed(ctx, client, now, served+l.path(turn), token)
		if err != nil {
			return f, err
		}
		took2, theirs, err := timed(ctx, client, now, bare+"/?turn="+strconv.Itoa(turn), "")
		if err != nil {
			return f, err
		}
		if !bytes.Equal(bytes.TrimSpace(ours), bytes.TrimSpace(theirs)) {
			return f, fmt.Errorf("the bare handler answers otherwise: %.300s\nthan the house: %.300s", theirs, ours)
		}
		if f.Bytes = len(ours); i >= variants { // the first turn warms both up
			house, plain = append(house, took), append(plain, took2)
		}
	}
	f.Key, f.House, f.Bare, f.Limit, f.Within = l.key, timesOf(house), timesOf(plain), atMost, l.within
	f.Ratio = f.House.P50 / f.Bare.P50
	return f, nil
}

// hear asks for each variant once and keeps the queries of its page.
func (l listed) hear(ctx context.Context, client *http.Client, now func() time.Time, db *dbx.DB, served, token string) ([][]string, error) {
	var mu sync.Mutex
	var pages []string
	db.QueryLogFunc = func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) {
		mu.Lock()
		defer mu.Unlock()
		if len(pages) < len(l.pages) && strings.HasSuffix(query, l.pages[len(pages)]) {
			pages = append(pages, query)
		}
	}
	defer func() { db.QueryLogFunc = nil }()
	heard := make([][]string, variants)
	for turn := range heard {
		pages = nil
		if _, _, err := timed(ctx, client, now, served+l.path(turn), token); err != nil {
			return nil, err
		}
		if len(pages) != len(l.pages) {
			return nil, fmt.Errorf("%d queries of the page were heard, not %d", len(pages), len(l.pages))
		}
		heard[turn] = pages
	}
	return heard, nil
}

// timed asks once and reads the whole answer; the time is in milliseconds.
func timed(ctx context.Context, client *http.Client, now func() time.Time, address, token string) (took float64, body []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	if token != "" {
		r.Header.Set("Authorization", token)
	}
	from := now()
	answer, err := client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	body, err = io.ReadAll(answer.Body)
	took = milliseconds(now().Sub(from))
	err = errors.Join(err, answer.Body.Close())
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d: %.200s", address, answer.StatusCode, body)
	}
	return took, body, err
}

func timesOf(took []float64) Times {
	took = slices.Sorted(slices.Values(took))
	return Times{P50: took[len(took)/2], P95: took[len(took)*95/100]}
}
