package app

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts requests and watches the database. The wall clock stands here and in main only: how long a request took is
// a fact about the machine, not about the house.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	log      *slog.Logger
}

func newMetrics(app core.App, log *slog.Logger) *metrics {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		log:      log,
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "vuon_request_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}, []string{"route", "status"}),
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "vuon_live_connections", Help: "Open live connections."},
			func() float64 { return float64(app.SubscriptionsBroker().TotalClients()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "vuon_db_open", Help: "Open connections to data.db."},
			func() float64 {
				if db, ok := app.ConcurrentDB().(*dbx.DB); ok {
					return float64(db.DB().Stats().OpenConnections)
				}
				return 0
			}),
	)
	return m
}

// watch measures and logs one request: its route, not its address, so that no token and no search ever stands in a log.
func (m *metrics) watch(e *core.RequestEvent) error {
	began := time.Now()
	err := e.Next()
	route, status := e.Request.Pattern, e.Status()
	if route == "" {
		route = "unknown"
	}
	var refused *router.ApiError
	switch {
	case errors.As(err, &refused):
		status = refused.Status
	case status == 0:
		status = http.StatusOK
	}
	took := time.Since(began)
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
	if route != "GET /v/{version}/{path...}" {
		m.log.Info("request", "route", route, "status", status, "ms", took.Milliseconds(), "request", e.Response.Header().Get(headerRequest))
	}
	return err
}

// bindMetrics serves /metrics on an address of this machine alone, for as long as the house is served.
func bindMetrics(app core.App, m *metrics, address string) {
	if address == "" {
		return
	}
	server := &http.Server{Handler: promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}), ReadHeaderTimeout: 5 * time.Second}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "vuon.metrics",
		Func: func(e *core.ServeEvent) error {
			listener, err := net.Listen("tcp", address) //nolint:noctx // it lives as long as the process
			if err != nil {
				return err
			}
			go func() {
				if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
					app.Logger().Error("the metrics are not served", "error", err)
				}
			}()
			return e.Next()
		},
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		return errors.Join(server.Close(), e.Next())
	})
}
