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

// samplesFile names every slot that words may have, with something invented to stand in it.
const samplesFile = "samples.txt"

// shelf are the words of all mails.
type shelf struct {
	frame   map[locale.Lang]frame
	kinds   map[locale.Lang]map[string]text
	samples map[locale.Lang]map[string]string // every slot that words may have, with something invented to stand in it
	plain   *texttemplate.Template
	rich    *htmltemplate.Template
}

// text is one kind of mail in one language.
type text struct {
	subject, button string
	body            []string // paragraphs
}

// frame is what stands around every text.
type frame struct {
	hello, stranger, button, byHand, foot string
	why, stop, whyDigest, stopDigest      string // why a reminder came, and how to have no more of them
	wishes                                string
	trial                                 string // the subject of a mail that somebody sends themselves to see how it looks
}

// openTexts reads the words of all mails.
func openTexts() (*shelf, error) {
	s := &shelf{frame: map[locale.Lang]frame{}, kinds: map[locale.Lang]map[string]text{}, samples: map[locale.Lang]map[string]string{}}
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
			switch name := path.Base(file); name {
			case frameFile:
			case samplesFile:
				s.samples[lang] = head
				continue
			default:
				s.kinds[lang][strings.TrimSuffix(name, ".txt")] = text{subject: head["subject"], button: head["button"], body: body}
				continue
			}
			s.frame[lang] = frame{
				head["hello"], head["stranger"], head["button"], head["by_hand"], head["foot"],
				head["why"], head["stop"], head["why_digest"], head["stop_digest"], head["wishes"], head["trial"],
			}
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
	return head, paragraphs(string(rest)), nil
}

// paragraphs are parted by empty lines. How the lines of one are broken means nothing.
func paragraphs(words string) (all []string) {
	part := ""
	for line := range strings.SplitSeq(words+"\n\n", "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			part = strings.TrimSpace(part + " " + line)
			continue
		}
		if part != "" {
			all, part = append(all, part), ""
		}
	}
	return all
}

// Slots are the names that may stand in words between braces, on both sides of a pair such as title_vi and title_en without
// the language. None of them is about a person: mails carry no personal data beyond the greeting.
func Slots() map[string]bool {
	all := map[string]bool{}
	shelf, err := openTexts()
	if err != nil {
		return all // nothing may stand anywhere
	}
	for name := range shelf.samples[locale.Vietnamese] {
		all[name] = true
	}
	return all
}
