package notify

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"strings"
	texttemplate "text/template"

	"vuon/internal/locale"
)

//go:embed texts
var textFiles embed.FS

// frameFile holds the words that every mail shares.
const frameFile = "frame.txt"

// shelf are the words of all mails.
type shelf struct {
	frame map[locale.Lang]frame
	kinds map[locale.Lang]map[string]text
	plain *texttemplate.Template
	rich  *htmltemplate.Template
}

// text is one kind of mail in one language.
type text struct {
	subject, button string
	body            []string // paragraphs
}

// frame is what stands around every text.
type frame struct{ hello, stranger, button, byHand, foot string }

// openTexts reads the words of all mails.
func openTexts() (*shelf, error) {
	s := &shelf{frame: map[locale.Lang]frame{}, kinds: map[locale.Lang]map[string]text{}}
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		s.kinds[lang] = map[string]text{}
		files, err := fs.Glob(textFiles, "texts/"+string(lang)+"/*.txt")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			raw, err := textFiles.ReadFile(file)
			if err != nil {
				return nil, err
			}
			head, body, err := split(raw)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", file, err)
			}
			if name := path.Base(file); name != frameFile {
				s.kinds[lang][strings.TrimSuffix(name, ".txt")] = text{subject: head["subject"], button: head["button"], body: body}
				continue
			}
			s.frame[lang] = frame{head["hello"], head["stranger"], head["button"], head["by_hand"], head["foot"]}
		}
	}
	var err error
	if s.plain, err = texttemplate.ParseFS(textFiles, "texts/layout.txt"); err != nil {
		return nil, err
	}
	s.rich, err = htmltemplate.ParseFS(textFiles, "texts/layout.html")
	return s, err
}

// split parts a file of words: lines "name: words", an empty line, paragraphs parted by empty lines.
func split(raw []byte) (head map[string]string, body []string, err error) {
	lines, rest, _ := bytes.Cut(bytes.TrimSpace(raw), []byte("\n\n"))
	head = map[string]string{}
	for line := range strings.SplitSeq(string(lines), "\n") {
		name, words, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, nil, fmt.Errorf("%q is no line such as `subject: words`", line)
		}
		head[name] = words
	}
	for part := range strings.SplitSeq(string(rest), "\n\n") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			body = append(body, part)
		}
	}
	return head, body, nil
}
