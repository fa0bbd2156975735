// Package web is the ground of everything a browser is served: files, pages, headers, both languages.
//
// # A page of a room
//
// A room keeps its templates beside its pages.go and hands them in by name:
//
//	//go:embed pages/*.html
//	var files embed.FS
//
//	var pages = web.NewPages("startups", files)
//
//	func directory(e *core.RequestEvent) error {
//		list, err := listed(e.Request.Context(), e.App, …)
//		if err != nil {
//			return err
//		}
//		return web.Render(e, pages, "directory", web.Page{Key: "directory", Section: "/startups", Data: list})
//	}
//
// pages/directory.html defines "main", and "results" if a script may ask for that part alone (see Render):
//
//	{{define "main"}}<div class="wrap sec"><h1>{{t "directory.title"}}</h1>
//	  <div id="results" tabindex="-1">{{template "results" .}}</div></div>{{end}}
//	{{define "results"}}{{range .Data.Rows}}<a href="{{path .Address}}">{{.Name}}</a>{{else}}{{template "empty" (empty "search" "directory.none" "directory.none_why")}}{{end}}{{end}}
//
// The dot of "main" is a View: the Page with what every page knows. Files named _x.html are shared by the room's pages.
// Routes() registers the addresses in both languages with Public. A handler that finds nothing returns
// fault.NotFound("page.missing"): the visitor gets a page, a program gets JSON.
//
// # Words of the templates
//
// The language is that of the page, and nobody passes it along.
//
//	{{t "key" "name" value …}}       the words of a key; keys with {{n "key" count}} come as key.one and key.other
//	{{both .Title}}                  a locale.Pair in the reader's language, marked when it is not translated
//	{{path "/startups"}}             the address in this language; {{asset "img/x.svg"}} the address of a file
//	{{date .At}} {{longdate .At}} {{shortdate .At}} {{clock .At}} {{moment .At}} {{month .At}} {{day .At}} {{span .From .To}} {{iso .At}}
//	{{ago .At $.Now}} {{left .Closes $.Now}} {{if within 30 .Closes $.Now}}
//	{{number .V 1}} {{whole .N}} {{percent .Share 0}} {{dong .Amount}} {{dongshort .Amount}} {{headline .Amount}}
//	{{icon "leaf"}} {{icon "leaf" "lg"}} {{tile 3}} {{tile 3 "mini"}} {{mark}} {{face .Name}} {{face .Name "org"}} {{paragraphs .Text}}
//	{{template "empty" (empty "icon" "title key" "why key" "button key" "/path")}}   a list with nothing in it
//
// A page carries only the drawings it uses. Nothing on a public page needs a script.
//
// # The rules
//
// A public page knows nobody: it reads through the room's own allow-listed query, is the same for every visitor and is
// kept by browsers until it changes (ETag). The Content-Security-Policy allows no inline script and no style attribute.
// The centre's name and address come from settings through Deps.Centre and stand in no template.
package web
