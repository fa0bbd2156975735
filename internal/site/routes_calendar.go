package site

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// calendarRoutes are the verbs of the working-day calendar over HTTP.
func calendarRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/calendar":              yearCalendar,
		"POST /api/vuon/calendar":             confirmYear,
		"POST /api/vuon/calendar/days":        addHoliday,
		"DELETE /api/vuon/calendar/days/{id}": removeHoliday,
	}
}

// dayView is one special day as staff read it.
type dayView struct {
	ID       string    `json:"id"` // "" for a day that is only proposed
	Day      vn.Day    `json:"day"`
	Lunar    lunarView `json:"lunar"`
	Kind     vn.Kind   `json:"kind"`
	NameVI   string    `json:"name_vi"`
	NameEN   string    `json:"name_en"`
	Source   string    `json:"source"`
	Proposed bool      `json:"proposed"`
}

type lunarView struct {
	Year  int  `json:"year"`
	Month int  `json:"month"`
	Day   int  `json:"day"`
	Leap  bool `json:"leap"`
}

// yearView is a year of the calendar.
type yearView struct {
	Year       int       `json:"year"`
	Tet        vn.Day    `json:"tet"`
	HungKings  vn.Day    `json:"hung_kings"`
	Confirmed  bool      `json:"confirmed"`
	MayConfirm bool      `json:"may_confirm"`
	Rows       []dayView `json:"rows"`
	Next       string    `json:"next"`
}

// yearCalendar answers staff with the special days of ?year=, by default of this one.
func yearCalendar(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(by); err != nil {
		return err
	}
	year, err := yearAsked(e, now)
	if err != nil {
		return err
	}
	view, err := viewOfYear(e.App, year)
	if err != nil {
		return err
	}
	view.MayConfirm = access.MayGovern(by) == nil
	return e.JSON(http.StatusOK, view)
}

func yearAsked(e *core.RequestEvent, now time.Time) (int, error) {
	asked := e.Request.URL.Query().Get("year")
	if asked == "" {
		return vn.DayOf(now).Year(), nil
	}
	year, err := strconv.Atoi(asked)
	if err != nil || year < vn.FirstYear || year > vn.LastYear {
		return 0, fault.Field("year", "calendar.year")
	}
	return year, nil
}

// viewOfYear shows the confirmed days of a year, or else what is proposed.
func viewOfYear(app core.App, year int) (yearView, error) {
	view := yearView{Year: year, Tet: vn.Tet(year), HungKings: vn.HungKings(year), Rows: []dayView{}}
	rows, err := confirmedIn(app, year)
	if err != nil {
		return view, err
	}
	for _, row := range rows {
		shown, err := viewOfDay(row)
		if err != nil {
			return view, err
		}
		view.Rows = append(view.Rows, shown)
	}
	if view.Confirmed = len(rows) > 0; view.Confirmed {
		return view, nil
	}
	site, err := web.Of(app)
	if err != nil {
		return view, err
	}
	for _, h := range vn.Proposal(year, vn.OfficeWeek) {
		name := Called(site.Words(), h)
		view.Rows = append(view.Rows, dayView{
			Day: h.Day, Lunar: lunarView(vn.LunarOf(h.Day)), Kind: h.Kind, NameVI: name.VI, NameEN: name.EN, Proposed: true,
		})
	}
	return view, nil
}

func viewOfDay(h *Holiday) (dayView, error) {
	plain, err := h.plain()
	return dayView{
		ID: h.Id, Day: plain.Day, Lunar: lunarView(vn.LunarOf(plain.Day)), Kind: plain.Kind, NameVI: plain.VI, NameEN: plain.EN, Source: h.Source(),
	}, err
}

// confirmYear takes {year, source, days} and answers with the year.
func confirmYear(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var said struct {
		Year   int     `json:"year"`
		Source string  `json:"source"`
		Days   []Entry `json:"days"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	if _, err := ConfirmYear(e.App, by, said.Year, said.Source, said.Days, now); err != nil {
		return err
	}
	view, err := viewOfYear(e.App, said.Year)
	view.MayConfirm = true
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// addHoliday takes a day and its source.
func addHoliday(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var said struct {
		Entry
		Source string `json:"source"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	h, err := AddHoliday(e.App, by, said.Entry, said.Source, now)
	if err != nil {
		return err
	}
	view, err := viewOfDay(h)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func removeHoliday(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := RemoveHoliday(e.App, by, e.Request.PathValue("id"), now); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": e.Request.PathValue("id")})
}
