// Package site holds the pages that belong to no single room: home, privacy, accessibility, what search engines ask for,
// and the frame of the workspace. It also keeps the centre itself, a row of its own: whose house this is.
//
// The home page shows what other rooms know. It asks for it by the functions of Needs, which the roof fills in; a section
// whose room is silent says kindly that there is nothing yet, and none of them can break the page.
//
// And it keeps the calendar by which the house counts working days (flow_holiday.go). What the law and the Moon give is
// computed as a proposal; a manager confirms a year by the document that decides it, and from then on the year is exactly the
// days that were confirmed, with swapped days, days that are worked instead, and days of the centre's own:
//
//	proposed --ConfirmYear--> confirmed --AddHoliday, RemoveHoliday--> confirmed --its last day removed--> proposed
//
// And it keeps the administrative units with the days on which they stood, and what became of them (flow_unit.go): a card or an
// organisation keeps the unit that it declared, for ever, and package vn finds it in the boundaries of whatever day is asked for.
package site
