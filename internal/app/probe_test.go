package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

// Through what somebody may list nobody looks at what they may not: neither by a filter nor by a sort over a relation, in
// either direction, nor by asking for a relation whole.
func TestNothingIsProbedThroughARelation(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server := housetest.Server(t, house)
	person := housetest.Holder(t, house, access.Staff, access.House)
	all, err := house.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	ways := 0
	for _, from := range all {
		if from.ListRule == nil || from.System {
			continue
		}
		for _, way := range relations(from, all) {
			if way.to.ListRule != nil {
				continue
			}
			ways++
			for _, question := range []string{
				"filter=" + url.QueryEscape(way.path+"."+way.field+` != ""`), "sort=" + way.path + "." + way.field,
				"filter=" + url.QueryEscape(`@collection.`+way.to.Name+"."+way.field+` != ""`),
			} {
				got := housetest.Ask(t, server, person, http.MethodGet, "/api/collections/"+from.Name+"/records?"+question, "")
				if got.Code < http.StatusBadRequest {
					t.Errorf("%s?%s: %d %s", from.Name, question, got.Code, got.Body)
				}
			}
			got := housetest.Ask(t, server, person, http.MethodGet, "/api/collections/"+from.Name+"/records?expand="+way.path, "")
			if strings.Contains(got.Body.String(), `"collectionName":"`+way.to.Name+`"`) {
				t.Errorf("%s shows %s", from.Name, way.path)
			}
		}
	}
	if ways < 10 {
		t.Errorf("only %d ways lead from what is open to what is locked: this test proves little", ways)
	}
}

// way is one relation as a filter names it, and a field at its other end that is not hidden. (Of a relation's own id no
// question is needed: it stands in the row.)
type way struct {
	path, field string
	to          *core.Collection
}

func relations(from *core.Collection, all []*core.Collection) []way {
	var ways []way
	for _, other := range all {
		for _, field := range from.Fields {
			if f, ok := field.(*core.RelationField); ok && f.CollectionId == other.Id {
				ways = append(ways, way{f.Name, shownField(other), other})
			}
		}
		for _, field := range other.Fields {
			if f, ok := field.(*core.RelationField); ok && f.CollectionId == from.Id {
				ways = append(ways, way{fmt.Sprintf("%s_via_%s", other.Name, f.Name), shownField(other), other})
			}
		}
	}
	return ways
}

func shownField(c *core.Collection) string {
	for _, f := range c.Fields {
		if f.GetName() != core.FieldNameId && !f.GetHidden() {
			return f.GetName()
		}
	}
	return core.FieldNameId
}

// Hidden fields answer no question: neither whether they hold something, nor in which order.
func TestAHiddenFieldAnswersNoQuestion(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, person := housetest.Server(t, house), housetest.User(t, house)
	all, err := house.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, c := range all {
		if c.ListRule == nil || c.System {
			continue
		}
		for _, f := range c.Fields {
			if !f.GetHidden() {
				continue
			}
			asked++
			for _, question := range []string{"filter=" + url.QueryEscape(f.GetName()+` != ""`), "sort=" + f.GetName()} {
				got := housetest.Ask(t, server, person, http.MethodGet, "/api/collections/"+c.Name+"/records?"+question, "")
				if got.Code < http.StatusBadRequest {
					t.Errorf("%s?%s: %d", c.Name, question, got.Code)
				}
			}
			got := housetest.Ask(t, server, person, http.MethodGet, "/api/collections/"+c.Name+"/records?fields=*,"+f.GetName(), "")
			if strings.Contains(got.Body.String(), `"`+f.GetName()+`"`) {
				t.Errorf("%s shows %s", c.Name, f.GetName())
			}
		}
	}
	if asked == 0 {
		t.Error("no open collection hides anything")
	}
}
