package events_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/payment"
	"vuon/internal/record"
)

// visitor is somebody with a browser and no account. Scripts are off.
type visitor struct {
	t      *testing.T
	server http.Handler
}

func visiting(t *testing.T, house core.App) visitor {
	t.Helper()
	return visitor{t, housetest.Server(t, house)}
}

func (v visitor) get(path string) *httptest.ResponseRecorder {
	v.t.Helper()
	return housetest.Ask(v.t, v.server, nil, http.MethodGet, path, "", "Accept", "text/html")
}

// sees asks for a page and looks for words on it.
func (v visitor) sees(path string, words ...string) string {
	v.t.Helper()
	w := v.get(path)
	if w.Code != http.StatusOK {
		v.t.Fatalf("%s answers %d: %.300s", path, w.Code, w.Body)
	}
	for _, word := range words {
		if !strings.Contains(w.Body.String(), word) {
			v.t.Errorf("%s does not say %q", path, word)
		}
	}
	return w.Body.String()
}

// sends fills a form in, and returns where it leads or what it shows instead.
func (v visitor) sends(path string, form url.Values) (to string, w *httptest.ResponseRecorder) {
	v.t.Helper()
	w = housetest.Ask(v.t, v.server, nil, http.MethodPost, path, form.Encode(), "Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded")
	return w.Header().Get("Location"), w
}

// takes chooses tickets of the first kind of a sale and returns the address of the order.
func (v visitor) takes(s housetest.Sale, count string) string {
	v.t.Helper()
	to, w := v.sends("/events/"+s.Event.Slug(), url.Values{"n." + s.Types[0].Id: {count}, "key": {"0123456789abcdef" + core.GenerateDefaultRandomId()}})
	if w.Code != http.StatusSeeOther {
		v.t.Fatalf("%d: %.300s", w.Code, w.Body)
	}
	return to
}

// somebody is who orders.
func somebody() url.Values {
	return url.Values{"name": {"Nguyễn Thị Hồng Phượng"}, "email": {"phuong@example.org"}, "phone": {"0901 234 567"}, "mine": {"1"}, "provider": {"vietqr"}}
}

func TestTheListShowsWhatIsToCome(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	soon, sold := housetest.OnSale(t, house, 5, now, 0), housetest.OnSale(t, house, 2, now, 150_000)
	past := housetest.OnSale(t, house, 5, now.AddDate(0, 0, -30), 0)
	housetest.Change(t, house, soon.Event, map[string]any{"title_vi": "Đêm gọi vốn mùa thu"})
	sold.Cart(t, house, 2, now)
	off := housetest.OnSale(t, house, 5, now, 0)
	_, err := house.DB().NewQuery("UPDATE events SET published_at = starts_at, status = 'cancelled' WHERE id = '" + off.Event.Id + "'").Execute()
	housetest.Refused(t, err, "")
	v := visiting(t, house)

	list := v.sees("/events", "/events/"+soon.Event.Slug(), "/events/"+sold.Event.Slug(), "Miễn phí", "Đã hết", "Đã hủy")
	if strings.Contains(list, past.Event.Slug()) {
		t.Error("what is over stands among what is to come")
	}
	if over := v.sees("/events?past=1", past.Event.Slug()); strings.Contains(over, soon.Event.Slug()) {
		t.Error("what is to come stands among what is over")
	}
	if found := v.sees("/events?q=dem+goi+von+MUA+thu", soon.Event.Slug()); strings.Contains(found, sold.Event.Slug()) {
		t.Error("a search without marks finds too much")
	}
	v.sees("/events?q=kh%C3%B4ng+c%C3%B3", "Không có sự kiện nào như vậy")
	month := soon.Event.StartsAt().In(time.FixedZone("", 7*3600)).Format("2006-01")
	v.sees("/events?month="+month, soon.Event.Slug(), "#d-"+month)
	v.sees("/en/events", "/en/events/"+soon.Event.Slug(), "Pitch night", "Sold out")
	if w := v.get("/events?after=nonsense"); w.Code != http.StatusBadRequest {
		t.Errorf("a place that is none is answered with %d", w.Code)
	}
	v.sees("/", soon.Event.Slug())
	if sitemap := v.get("/sitemap.xml").Body.String(); !strings.Contains(sitemap, "/en/events/"+soon.Event.Slug()+"<") {
		t.Error("search engines are not told of an event")
	}
}

// What the list says of an event is what its own page offers, kind by kind.
func TestTheListSaysOfASaleWhatThePageSays(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now().Truncate(time.Millisecond)
	for name, c := range map[string]struct {
		set    map[string]any // of the kind
		full   bool
		states []events.SaleState // what the page offers
		want   string             // on sale, later, with room, from, to
	}{
		"now":           {nil, false, []events.SaleState{events.SaleOpen}, "1 0 1 70000 70000"},
		"from now":      {map[string]any{"sales_from": now}, false, []events.SaleState{events.SaleOpen}, "1 0 1 70000 70000"},
		"later":         {map[string]any{"sales_from": now.Add(time.Second)}, false, []events.SaleState{events.SaleSoon}, "0 1 0 0 0"},
		"until now":     {map[string]any{"sales_to": now}, false, []events.SaleState{events.SaleOver}, "0 0 0 0 0"},
		"never":         {map[string]any{"sales_from": now.Add(2 * time.Hour), "sales_to": now.Add(-time.Hour)}, false, []events.SaleState{events.SaleOver}, "0 0 0 0 0"},
		"gone":          {nil, true, []events.SaleState{events.SaleFull}, "1 0 0 70000 70000"},
		"later, gone":   {map[string]any{"sales_from": now.Add(time.Hour)}, true, []events.SaleState{events.SaleSoon}, "0 1 0 0 0"},
		"withdrawn":     {map[string]any{"withdrawn_at": now}, false, nil, "0 0 0 0 0"},
		"behind a code": {map[string]any{"visibility": "code", "unlock_code": "VUON"}, false, []events.SaleState{events.SaleOpen}, "0 0 0 0 0"},
	} {
		s := housetest.OnSale(t, house, 2, now, 70_000)
		if c.full {
			s.Cart(t, house, 2, now)
		}
		for field, value := range c.set { // past the law: whatever stands there is told alike
			if at, ok := value.(time.Time); ok {
				value = record.Stamp(at)
			}
			housetest.SQL(t, house, "UPDATE ticket_types SET "+field+" = {:v} WHERE id = {:id}", map[string]any{"v": value, "id": s.Types[0].Id})
		}
		all, err := events.Upcoming(t.Context(), house, now)
		housetest.Refused(t, err, "")
		for _, v := range all {
			if got := fmt.Sprint(v.OnSale, v.Later, v.Room, v.Cheap, v.Dear); v.ID == s.Event.Id && got != c.want {
				t.Errorf("%s: the list says %s, not %s", name, got, c.want)
			}
		}
		offers, err := events.Catalogue(house, s.Event.Id, now)
		housetest.Refused(t, err, "")
		var states []events.SaleState
		for _, o := range offers {
			states = append(states, o.State)
		}
		if !slices.Equal(states, c.states) {
			t.Errorf("%s: the page says %v", name, states)
		}
	}
}

func TestAPageOfTheListLeadsToTheNext(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	for i := range 23 {
		housetest.OnSale(t, house, 5, now.AddDate(0, 0, i), 0)
	}
	v := visiting(t, house)
	first := v.sees("/events")
	next := regexp.MustCompile(`href="(/events\?after=[^"]+)"`).FindStringSubmatch(first)
	if next == nil || strings.Count(first, `class="evrow"`) != 20 {
		t.Fatalf("%d rows", strings.Count(first, `class="evrow"`))
	}
	if rest := v.sees(next[1]); strings.Count(rest, `class="evrow"`) != 3 {
		t.Errorf("%d rows on the second page", strings.Count(rest, `class="evrow"`))
	}
}

// Nobody who is not told of an event finds it, or what only the holders of tickets are told.
func TestAnEventTellsNoMoreThanItMay(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	s := housetest.OnSale(t, house, 30, now, 150_000, 0, 0)
	housetest.Change(t, house, s.Event, map[string]any{
		"mode": "hybrid", "stream_url": "https://stream.example/secret", "body_vi": "<b>Đậm</b>",
		"agenda":   []map[string]any{{"at": s.Event.StartsAt(), "title_vi": "Khai mạc", "speaker": "Đặng Hoài An"}},
		"speakers": []map[string]any{{"name": "Đặng Hoài An", "title": "Chủ tịch"}},
	})
	housetest.Change(t, house, s.Types[1], map[string]any{"name_vi": "Vé khách mời", "visibility": "code", "unlock_code": "MOI2026"})
	housetest.Change(t, house, s.Types[2], map[string]any{"name_vi": "Vé ban tổ chức", "visibility": "staff"})
	v, address := visiting(t, house), "/events/"+s.Event.Slug()

	page := v.sees(address, "150.000", "Còn 30", "Khai mạc", "Đặng Hoài An", `"@type":"Event"`, `"price":150000`, "&lt;b&gt;Đậm", `name="n.`+s.Types[0].Id)
	for _, secret := range []string{"stream.example", "MOI2026", "Vé khách mời", "Vé ban tổ chức"} {
		if strings.Contains(page, secret) {
			t.Errorf("everybody reads %q", secret)
		}
	}
	v.sees(address+"?code=moi2026", "Vé khách mời", `name="code" value="moi2026"`)
	v.sees(address+"?code=wrong", "Mã này không mở vé nào")
	if file := v.get(address + ".ics"); !strings.Contains(file.Body.String(), "BEGIN:VEVENT") || !strings.Contains(file.Header().Get("Content-Type"), "text/calendar") {
		t.Errorf("%d %s", file.Code, file.Body)
	}
	draft := housetest.OnSale(t, house, 1, now, 0)
	for _, sql := range []string{"DROP TRIGGER events_moves", "UPDATE events SET status = 'draft' WHERE id = '" + draft.Event.Id + "'"} {
		_, err := house.DB().NewQuery(sql).Execute()
		housetest.Refused(t, err, "")
	}
	for _, path := range []string{"/events/" + draft.Event.Slug(), "/events/of-nobody", "/events/" + s.Event.Id, "/events/of-nobody.ics"} {
		if w := v.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// From choosing to the ticket on paper, on a telephone, without an account and without a script.
func TestAFreeTicketByHand(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	s := housetest.OnSale(t, house, 3, now, 0)
	housetest.Change(t, house, s.Event, map[string]any{"attendees_named": true, "mode": "hybrid", "stream_url": "https://stream.example/in"})
	housetest.Change(t, house, s.Types[0], map[string]any{"questions": []map[string]any{
		{"key": "size", "type": "choice", "label_vi": "Cỡ áo", "options": []string{"S", "M"}, "required": true},
		{"key": "diet", "type": "text", "label_vi": "Ăn kiêng"},
	}})
	v := visiting(t, house)
	address := v.takes(s, "2")
	v.sees(address, "Ai sẽ tham dự?", "Cỡ áo", "data-until", "2 × ")

	o := onlyOrder(t, house)
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	form := somebody()
	form.Set("email", "phuong@congty")
	form.Set("q."+tickets[0].Id+".size", "M")
	_, w := v.sends(address+"/submit", form)
	if w.Code != http.StatusBadRequest {
		t.Fatalf("%d", w.Code)
	}
	for _, want := range []string{`href="#email"`, `id="email-err"`, `value="phuong@congty"`, `href="#name.` + tickets[1].Id, `href="#q.` + tickets[1].Id + `.size"`, `value="M" checked`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the form does not say again %q", want)
		}
	}
	form.Set("email", "phuong@example.org")
	form.Set("name."+tickets[1].Id, "Võ Thanh Tùng")
	form.Set("q."+tickets[1].Id+".size", "S")
	to, w := v.sends(address+"/submit", form)
	if w.Code != http.StatusSeeOther || to != address {
		t.Fatalf("%d %s %.400s", w.Code, to, w.Body)
	}
	if again, w := v.sends(address+"/submit", form); w.Code != http.StatusSeeOther || again != address {
		t.Errorf("a second click is answered with %d", w.Code)
	}
	page := v.sees(address, "2 vé của bạn đây", "Võ Thanh Tùng", "stream.example/in", "/tickets.pdf", "ph…@example.org")
	link := regexp.MustCompile(`href="(/tickets/[^"]+)"`).FindStringSubmatch(page)
	if link == nil {
		t.Fatal("the order does not lead to its tickets")
	}
	ticket := v.sees(link[1], "Vé có hiệu lực", "<svg viewBox=", "Vé 1 trên 2")
	if strings.Contains(ticket, "phuong@example.org") || strings.Contains(ticket, o.Code()) {
		t.Error("a ticket tells of the order that it came with")
	}
	for path, kind := range map[string]string{address + "/tickets.pdf": "application/pdf", link[1] + "/ticket.pdf": "application/pdf", link[1] + "/event.ics": "text/calendar"} {
		file := v.get(path)
		if file.Code != http.StatusOK || !strings.HasPrefix(file.Header().Get("Content-Type"), kind) || file.Header().Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s answers %d %s", path, file.Code, file.Header())
		}
	}
	if to, _ := v.sends(address+"/resend", nil); !strings.HasSuffix(to, "?done=resent") {
		t.Error(to)
	}
	if _, w := v.sends(address+"/resend", nil); w.Code != http.StatusTooManyRequests {
		t.Errorf("a mail is sent again at once: %d", w.Code)
	}
	v.sends(address+"/cancel", nil)
	v.sees(address, "Đơn này đã hủy", "Đặt vé lại")
	if gone := v.get(link[1]); !strings.Contains(gone.Body.String(), "Đã hủy") || strings.Contains(gone.Body.String(), "<path d=\"M0 0h7") {
		t.Error("a ticket that ended still shows its code")
	}
	if w := v.get(link[1] + "/ticket.pdf"); w.Code != http.StatusGone {
		t.Errorf("a ticket that ended is printed: %d", w.Code)
	}
	housetest.Well(t, house)
}

// A link is a key: a wrong one opens as little as a code that nobody has, and says as much.
func TestALinkIsAKey(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	s := housetest.OnSale(t, house, 9, now, 0)
	o := s.Bought(t, house, 1, now)
	other := s.Bought(t, house, 1, now)
	v := visiting(t, house)
	path, err := events.LinkOf(house, o)
	housetest.Refused(t, err, "")
	foreign, err := events.LinkOf(house, other)
	housetest.Refused(t, err, "")
	w := v.get(path)
	for header, want := range map[string]string{"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"} {
		if w.Header().Get(header) != want {
			t.Errorf("%s: %q", header, w.Header().Get(header))
		}
	}
	secret := foreign[strings.LastIndex(foreign, "/"):]
	missing := v.get("/orders/22222222" + secret)
	for _, wrong := range []string{"/orders/" + o.Code() + secret, "/orders/" + o.Id + path[strings.LastIndex(path, "/"):], path + "x", path + "/tickets.pdf2"} {
		if got := v.get(wrong); got.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", wrong, got.Code)
		}
	}
	if got := v.get("/orders/" + o.Code() + secret); got.Body.Len() != missing.Body.Len()+len(o.Code())-8 {
		t.Error("a wrong key and a code that nobody has are told apart")
	}
	if _, err := events.RenewLink(house, access.Link(o.Id), o.Id, now); err == nil {
		t.Error("whoever has a link makes another")
	}
	_, err = events.RenewLink(house, housetest.StaffActing(t, house), o.Id, now)
	housetest.Refused(t, err, "")
	if got := v.get(path); got.Code != http.StatusNotFound {
		t.Errorf("an old link answers %d", got.Code)
	}
	hears(t, house, o.Id, now.Add(time.Minute), "order_confirmed-in order_resent-in")
	// A ticket alone: its link and its code are worthless, its seat stays.
	all, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	old, err := events.TicketLink(house, all[0])
	housetest.Refused(t, err, "")
	k, err := events.RenewTicket(house, housetest.StaffActing(t, house), all[0].Id, now)
	housetest.Refused(t, err, "")
	if got := v.get(old); got.Code != http.StatusNotFound || k.Generation() != all[0].Generation()+1 {
		t.Errorf("an old ticket answers %d in generation %d", got.Code, k.Generation())
	}
	housetest.Well(t, house)
}

func onlyOrder(t *testing.T, house core.App) *events.Order {
	t.Helper()
	all, err := events.Orders.All(house)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d orders, %v", len(all), err)
	}
	return all[0]
}

// A paid ticket by bank transfer: the picture that others read, the money, the receipt.
func TestAPaidTicketByHand(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	row, err := house.FindFirstRecordByData("centre", "singleton", "the")
	housetest.Refused(t, err, "")
	row.Load(map[string]any{"bank_bin": "970436", "bank_number": "9900000016", "bank_holder": "TRUNG TAM"})
	housetest.Save(t, house, row)
	s := housetest.OnSale(t, house, 3, now, 150_000)
	v := visiting(t, house)
	address := v.takes(s, "2")
	form := somebody()
	form.Set("invoice.name", "Công ty Một")
	form.Set("invoice.address", "1 Đại lộ Bình Dương")
	if to, w := v.sends(address+"/submit", form); to != address {
		t.Fatalf("%d %.400s", w.Code, w.Body)
	}
	o := onlyOrder(t, house)
	v.sees(address, "Quét để trả 300.000", "VUON"+o.Code(), `data-copy="300000"`, `data-poll="/api/vuon/orders/`, `data-status="awaiting_payment"`)
	if picture := v.get(address + "/vietqr.png"); picture.Code != http.StatusOK || picture.Header().Get("Content-Type") != "image/png" {
		t.Errorf("%d %s", picture.Code, picture.Header())
	}
	if w := v.get(address + "/receipt"); w.Code != http.StatusNotFound {
		t.Errorf("a receipt before the money: %d", w.Code)
	}
	_, err = payment.TakeCash(house, housetest.Acting(t, house, access.Finance, access.House), o.Code(), "tại quầy", now)
	housetest.Refused(t, err, "")
	v.sees(address, "2 vé của bạn đây", "/receipt")
	v.sees(address+"/receipt", "Công ty Một", "300.000", "2 × ")
	v.sees("/en"+address+"/receipt", "Receipt", "300,000")
	v.sends(address+"/cancel", nil)
	v.sees(address, "300.000", "đang được hoàn lại")
	back, err := payment.RefundsOf(house, o.Id)
	housetest.Refused(t, err, "")
	_, err = payment.ApproveRefund(house, housetest.Acting(t, house, access.Finance, access.House), back[0].Id, 0, now)
	housetest.Refused(t, err, "")
	_, err = payment.SentBack(house, housetest.Acting(t, house, access.Finance, access.House), back[0].Id, "", "", 0, now)
	housetest.Refused(t, err, "")
	if page := v.sees(address+"/receipt", "Biên lai hoàn tiền"); strings.Count(page, locale.Dong(locale.Vietnamese, -300_000)) != 2 {
		t.Errorf("what went back is no sum below nothing: %s", page)
	}
}
