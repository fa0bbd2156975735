package demo

import (
	"math"

	"vuon/internal/startups"
)

// figures are what a startup says after so many months: revenue, full-time people, customers, funding, cash. What it does
// not know it does not invent: some months are not reported, early teams have no customers to count, and a few would
// rather not tell how much cash they have.
func (g *garden) figures(p *plot, age int) []startups.Answer {
	size := map[string]float64{"idea": 0, "prototype": 4, "mvp": 18, "revenue": 95, "growth": 310}[p.stage] // million đồng a month
	growth := math.Pow(1+float64(p.n%7)/100, float64(age))
	season := 1.0
	if m := (age + p.cohort*4) % 12; m == 0 || m == 1 { // the quiet weeks around Tết
		season = 0.7
	}
	revenue := size * growth * season * (0.85 + 0.3*g.dice.Float64())
	people := float64(g.peopleAt(p, age))
	customers := math.Round(revenue / (3 + float64(p.n%9)))
	funding, raised := 0.0, 0.0
	for month := range age + 1 {
		if funding = 0; (month+p.n)%11 == 0 {
			funding = float64(50 * (1 + p.n%8))
		}
		raised += funding
	}
	cash := 150 + 5*float64(age) + size/2 + raised*0.9 + 10*g.dice.Float64() // most live within their means
	if p.n%6 == 4 {
		cash = 40 + 15*float64(11-(age+p.n)%12) // and some on what is left, until more comes
	}
	said := []startups.Answer{
		{KPI: kpis[0], State: startups.Given, Value: million(revenue), Grade: "self"},
		{KPI: kpis[1], State: startups.Given, Value: &people, Grade: "self"},
		{KPI: kpis[2], State: startups.Given, Value: &customers, Grade: "self"},
		{KPI: kpis[3], State: startups.Given, Value: million(funding), Grade: "self"},
		{KPI: kpis[4], State: startups.Given, Value: million(cash), Grade: "self"},
	}
	if p.stage == "growth" {
		said[0].Grade = "documented"
	}
	for i := range said {
		switch {
		case p.neverSells && i == 2:
			said[i] = startups.Answer{KPI: kpis[i], State: startups.NotOurs, Comment: "Sản phẩm chưa bán.", Grade: "self"}
		case p.alwaysRefuses && i == 4:
			said[i] = startups.Answer{KPI: kpis[i], State: startups.Declined, Grade: "self"}
		case i != 1 && g.chance(3):
			said[i] = startups.Answer{KPI: kpis[i], State: startups.NotReported, Comment: "Kế toán chưa chốt sổ.", Grade: "self"}
		}
	}
	if p.name == "Rau Mái Phố" && age == 3 { // sold nothing that month, and says so
		zero := 0.0
		said[0] = startups.Answer{KPI: kpis[0], State: startups.Given, Value: &zero, Comment: "Tháng này giàn rau bị nắng cháy, không bán được bó nào.", Grade: "self"}
	}
	return said
}

func (g *garden) peopleAt(p *plot, age int) int {
	least := map[string]int{"idea": 2, "prototype": 2, "mvp": 3, "revenue": 5, "growth": 10}[p.stage]
	return least + age*(p.n%4)/5 + p.n%3
}

// million makes đồng of millions, in whole hundred thousands.
func million(v float64) *float64 {
	dong := math.Round(v*10) * 100_000
	return &dong
}
