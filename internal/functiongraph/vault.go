// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// hidden stands for what was taken out of a text.
const hidden = "(hidden)"

// pieceLength is from which length on a piece of a secret is hidden: texts are cut by whoever passes them on.
const pieceLength = 8

// shortLength is how long a value is at least that is searched for anywhere.
const shortLength = 6

// proseLength is from which length on a piece counts that reads like ordinary words: shorter ones, such as "function"
// or "cn-north-4", are words of the service, too.
const proseLength = 16

// Vault holds the values that no text may show, in every form in which a text may quote them.
type Vault struct {
	mu     sync.Mutex
	known  map[string]bool
	always index    // pieces of credentials
	odd    index    // of values that read like nothing else
	prose  index    // of values that read like words
	short  []string // whole values that have no such piece and read like nothing else
	quoted []string // whole values that are too short or too plain to be searched for anywhere
}

// index is a set of pieces of one length.
type index map[[pieceLength]byte]bool

// NewVault returns an empty one.
func NewVault() *Vault {
	return &Vault{known: map[string]bool{}, always: index{}, odd: index{}, prose: index{}}
}

// AddCredentials takes over values of which no piece may be shown, however much it looks like a word.
func (v *Vault) AddCredentials(k Credentials) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, value := range k.values() {
		v.learn(value, v.always)
	}
}

// Add takes values over; those that are known cost nothing.
func (v *Vault) Add(values ...string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, value := range values {
		if isProse(value) {
			v.learn(value, v.prose)
		} else {
			v.learn(value, v.odd)
		}
	}
}

func (v *Vault) learn(value string, pieces index) {
	if value == "" || v.known[value] {
		return
	}
	v.known[value] = true
	for _, form := range formsOf(value) {
		for i := 0; i+pieceLength <= len(form); i++ {
			pieces[[pieceLength]byte([]byte(form[i:i+pieceLength]))] = true
		}
		if len(form) >= shortLength && len(form) < pieceLength && !isProse(form) {
			v.short = append(v.short, form)
		} else if len(form) < shortLength || isProse(form) {
			v.quoted = append(v.quoted, form)
		}
	}
}

// formsOf gives the ways in which a text may write a value: as it is, escaped for JSON (once, and as user_data twice:
// it is JSON within JSON), for a URL, for HTML, and in Base64.
func formsOf(secret string) []string {
	once := escaped(secret)
	forms := []string{
		secret, once, escaped(once), plainEscaped(secret), plainEscaped(plainEscaped(secret)),
		url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret),
	}
	if len(secret) >= shortLength { // shorter ones give pieces of four letters that occur anywhere
		forms = append(forms, base64.RawStdEncoding.EncodeToString([]byte(secret)),
			base64.RawURLEncoding.EncodeToString([]byte(secret)))
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// escaped is the inside of a JSON string, with <, > and & escaped, too.
func escaped(text string) string {
	encoded, _ := json.Marshal(text) // a string always has a JSON form
	return string(encoded[1 : len(encoded)-1])
}

// plainEscaped leaves <, > and & as they are, as most writers of JSON do.
func plainEscaped(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // as above
	return strings.TrimSuffix(b.String(), "\n")[1 : b.Len()-2]
}

// signatures are those of an Authorization header: good for another request within some minutes (contract 1.5).
var signatures = regexp.MustCompile(`(?i)(Signature=)[0-9a-f]{16,}`)

// encodedRuns are what may be Base64 of something that holds a secret, a whole body for example.
var encodedRuns = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}`)

// Hide returns a text without the secrets: without each piece of them that is long enough to mean something, without
// whole ones, however short, where a text quotes them, and without Base64 in which there are any.
func (v *Vault) Hide(text string) string {
	if text == "" {
		return ""
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	text = signatures.ReplaceAllString(text, "${1}"+hidden)
	marks := v.find(text)
	for _, run := range encodedRuns.FindAllStringIndex(text, -1) {
		if v.inside(text[run[0]:run[1]]) {
			mark(marks, run[0], run[1])
		}
	}
	return redact(text, marks)
}

// find marks the bytes of a text that belong to secrets.
func (v *Vault) find(text string) []bool {
	marks := make([]bool, len(text))
	for _, look := range []struct {
		pieces index
		counts func(run string) bool
	}{
		{v.always, func(string) bool { return true }},
		{v.odd, func(run string) bool { return len(run) >= proseLength || !isWord(run) }},
		{v.prose, func(run string) bool { return len(run) >= proseLength }},
	} {
		for _, run := range runs(look.pieces.find(text)) {
			if look.counts(text[run[0]:run[1]]) {
				mark(marks, run[0], run[1])
			}
		}
	}
	for _, value := range v.short {
		markAll(marks, text, value, func(int, int) bool { return true })
	}
	if strings.ContainsAny(text, "\"'`=:") {
		for _, value := range v.quoted {
			markAll(marks, text, value, func(start, end int) bool { return quotes(text, start, end) })
		}
	}
	return marks
}

// find marks the bytes of a text that belong to a piece.
func (x index) find(text string) []bool {
	marks := make([]bool, len(text))
	for i := 0; i+pieceLength <= len(text); i++ {
		if x[[pieceLength]byte([]byte(text[i:i+pieceLength]))] {
			mark(marks, i, i+pieceLength)
		}
	}
	return marks
}

// markAll marks where a value stands in a text, if it counts there.
func markAll(marks []bool, text, value string, counts func(start, end int) bool) {
	for from := 0; ; {
		i := strings.Index(text[from:], value)
		if i < 0 {
			return
		}
		start, end := from+i, from+i+len(value)
		if counts(start, end) {
			mark(marks, start, end)
		}
		from = start + 1
	}
}

// quotes says that a text quotes what stands there: behind a quotation mark, "=" or ":", up to the end of a word.
func quotes(text string, start, end int) bool {
	before := strings.TrimRight(text[:start], " ")
	if before == "" || end < len(text) && isWordByte(text[end]) {
		return false
	}
	last := before[len(before)-1]
	return last == '=' || last == ':' || len(before) == start && strings.ContainsRune("\"'`", rune(last))
}

func isWordByte(b byte) bool {
	return b >= 0x80 || b == '_' || b == '-' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// isProse says that a text reads like words and names: letters that are all small but for the first of a word, few
// digits, which end a word, and the marks that stand in names and addresses.
func isProse(text string) bool {
	digits, previous := 0, ' '
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsDigit(previous) && unicode.IsLetter(r), unicode.IsUpper(r) && unicode.IsLetter(previous):
			return false
		case unicode.IsLetter(r) || strings.ContainsRune(` .,:;-_/`, r):
		default:
			return false
		}
		previous = r
	}
	return digits <= 2
}

// isWord says that a text may be one word.
func isWord(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// inside says that a run of characters is Base64, whole or cut at its start, of something that holds a secret.
func (v *Vault) inside(run string) bool {
	run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
	for skip := 0; skip < 4 && skip < len(run); skip++ {
		part := run[skip:]
		data, err := base64.RawStdEncoding.DecodeString(part[:len(part)/4*4])
		if err == nil && slices.Contains(v.find(string(data)), true) {
			return true
		}
	}
	return false
}

func mark(marks []bool, from, to int) {
	for i := from; i < to; i++ {
		marks[i] = true
	}
}

// runs are the stretches of marked bytes.
func runs(marks []bool) (out [][2]int) {
	for i := 0; i < len(marks); i++ {
		if !marks[i] {
			continue
		}
		start := i
		for i < len(marks) && marks[i] {
			i++
		}
		out = append(out, [2]int{start, i})
	}
	return out
}

// redact replaces what is marked.
func redact(text string, marks []bool) string {
	var b strings.Builder
	end := 0
	for _, run := range runs(marks) {
		b.WriteString(text[end:run[0]])
		b.WriteString(hidden)
		end = run[1]
	}
	b.WriteString(text[end:])
	return b.String()
}
