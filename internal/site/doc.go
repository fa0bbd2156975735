// Package site holds the pages that belong to no single room: home, privacy, accessibility, what search engines ask for,
// and the frame of the workspace. It also keeps the centre itself, a row of its own: whose house this is.
//
// The home page shows what other rooms know. It asks for it by the functions of Needs, which the roof fills in; a section
// whose room is silent says kindly that there is nothing yet, and none of them can break the page.
package site
