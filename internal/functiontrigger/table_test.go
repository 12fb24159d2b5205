// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"cmp"
	"context"
	commandline "flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// update writes the tables of the types anew.
var update = commandline.Bool("update", false, "rewrite the tables on the page of fgs_function_trigger")

// tableFile is the page that holds the tables, between two marks.
const tableFile = "../../templates/resources/function_trigger.md.tmpl"

const tableBegin, tableEnd = "<!-- tables: begin -->\n", "<!-- tables: end -->"

// checked are the attributes with a rule that takes several of them, which is not one of the schema.
var checked = map[string]string{
	"timer.rate": "this or `cron`", "timer.cron": "this or `rate`",
	"dds.password": "this or `password_wo`", "rabbitmq.password": "this or `password_wo`",
	"kafka.user": "with a password", "rocketmq.user": "with a password",
	"kafka.password": "not with `password_wo`", "rocketmq.password": "not with `password_wo`",
}

// pairs are those that go together wherever they are.
var pairs = map[string]string{
	"password_wo": "with `password_wo_version`", "password_wo_version": "with `password_wo`",
	"secrets_wo": "with `secrets_wo_version`", "secrets_wo_version": "with `secrets_wo`",
}

// forms are the schedules, of which the rule names itself only.
var forms = map[string]string{
	"timer.rate": "`1m` to `60m`, `1h` to `24h` or `1d` to `30d`",
	"timer.cron": "5 or 6 fields, or `@every` and a duration",
}

// TestTables: the page has a table of each type, with each of its attributes as the schema has it.
func TestTables(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(page), tableBegin)
	old, after, found := strings.Cut(rest, tableEnd)
	if !found {
		t.Fatalf("%s has no marks", tableFile)
	}
	var tables strings.Builder
	rows := map[string]bool{}
	for _, k := range kinds {
		tables.WriteString(tableOf(t, k))
		for _, m := range k.members {
			rows[k.name+"."+m.name] = true
		}
	}
	tables.WriteString("\n")
	switch {
	case *update:
		if err := os.WriteFile(tableFile, []byte(before+tableBegin+tables.String()+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case old != tables.String():
		t.Errorf("%s has other tables. To write them anew:\n\n"+
			"  go test ./internal/functiontrigger -run TestTables -update && make generate\n\nwant:\n%s",
			tableFile, tables.String())
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(checked)), slices.Collect(maps.Keys(forms))) {
		if !rows[name] {
			t.Errorf("there is no attribute %s any more", name)
		}
	}
}

// tableOf is the table of a type, under its heading.
func tableOf(t *testing.T, k *kind) string {
	t.Helper()
	var out strings.Builder
	fmt.Fprintf(&out, "\n### `%s`: %s\n\n%s\n\n", k.name, strings.Join(k.codes, " or "), k.doc)
	if k == &otherKind {
		out.Reset()
		fmt.Fprintf(&out, "\n### `%s`\n\n%s\n\n", k.name, k.doc)
	}
	if k.noSwitch {
		out.WriteString("It is always on: `enabled = false` is an error.\n\n")
	}
	out.WriteString("| Attribute | Needed | Allowed | Another value | A change outside |\n|---|---|---|---|---|\n")
	for _, m := range k.members {
		needed, allowed := described(t, k.name+"."+m.name, m)
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s |\n", m.name, needed, allowed, effect(m), outside(m))
	}
	return out.String()
}

// effect is what another value in the configuration does.
func effect(m member) string {
	switch {
	case m.live:
		return "in place"
	case m.attribute.IsWriteOnly():
		return "nothing: `" + m.name + "_version` says so"
	case m.same != nil:
		return "replaces; another spelling does nothing"
	}
	return "replaces"
}

// outside says whether a change outside Terraform is seen.
func outside(m member) string {
	if m.ofSecret || m.silent {
		return "–"
	}
	return "seen"
}

// described are the cells of what an attribute needs, and of what it takes.
func described(t *testing.T, name string, m member) (needed, allowed string) {
	t.Helper()
	needed = "no"
	if otherwise := defaultOf(m.attribute); otherwise != nil {
		needed = "default `" + strings.Trim(otherwise.String(), `"`) + "`"
	}
	if m.attribute.IsRequired() {
		needed = "yes"
	}
	needed = cmp.Or(checked[name], pairs[m.name], needed)
	cells := []string{typeWord(m)}
	for _, text := range ruleTexts(t, m.attribute) {
		words := inWords(text)
		if form := forms[name]; form != "" {
			words = form
		}
		together := strings.HasPrefix(text, "Ensure") && checked[name] == "" && pairs[m.name] == ""
		switch {
		case words == unknownRule || together:
			t.Errorf("%s: there are no words for the rule %q", name, text)
		case words != "":
			cells = append(cells, words)
		}
	}
	return needed, strings.Join(cells, "; ")
}

func typeWord(m member) string {
	switch m.attribute.GetType() {
	case types.StringType:
		return "text"
	case types.Int64Type:
		return "number"
	case types.BoolType:
		return "`true`, `false`"
	}
	if _, isMap := m.attribute.(schema.MapAttribute); isMap {
		return "map of texts"
	}
	return "set of texts"
}

// ruleTexts are what the rules of an attribute say of themselves; those of a set's elements one by one.
func ruleTexts(t *testing.T, attribute schema.Attribute) (texts []string) {
	t.Helper()
	var rules []validator.Describer
	switch a := attribute.(type) {
	case schema.StringAttribute:
		rules = describers(a.Validators)
	case schema.Int64Attribute:
		rules = describers(a.Validators)
	case schema.BoolAttribute:
		rules = describers(a.Validators)
	case schema.SetAttribute:
		rules = describers(a.Validators)
	case schema.MapAttribute:
		rules = describers(a.Validators)
	default:
		t.Errorf("there are no words for %T", attribute)
	}
	for _, rule := range rules {
		text := rule.MarkdownDescription(context.Background())
		text = strings.TrimPrefix(text, "element value must satisfy all validations: ")
		texts = append(texts, strings.Split(text, " + ")...)
	}
	return texts
}

func describers[V validator.Describer](rules []V) (out []validator.Describer) {
	for _, rule := range rules {
		out = append(out, rule)
	}
	return out
}

const unknownRule = "?"

// ruleWords are the rules and their words. Where there are none, the rule says nothing that a reader does not know.
var ruleWords = []struct {
	rule  *regexp.Regexp
	words string
}{
	{regexp.MustCompile(`^string length must be at least 1$|^set must contain at least 1 elements$`), ""},
	{regexp.MustCompile(`^All values in the set must be configured$`), ""},
	{regexp.MustCompile(`^string length must be at most (\d+)$`), "up to $1 characters"},
	{regexp.MustCompile(`^value must be between (\d+) and (\d+)$`), "$1 to $2"},
	{regexp.MustCompile(`^set must contain at least (\d+) elements and at most (\d+) elements$`), "$1 to $2 of them"},
	{regexp.MustCompile(`^value must be one of: \["(.*)"\]$`), "`$1`"},
	{regexp.MustCompile(`^value must be none of: \["(.*)"\]$`), "not `$1`"},
	{regexp.MustCompile(`^Ensure that .*"\[<\.\w+(,<\.\w+)?\]"$`), ""}, // see checked and pairs
	{regexp.MustCompile(`^must be (<.*)$`), "`$1`"},
	{regexp.MustCompile(`^must be (.*)$`), "$1"},
	{regexp.MustCompile(`^(must (?:not contain|begin with|consist of) .*)$`), "$1"},
}

// otherForm are the words of an event in the form of the bucket, which mean the same.
var otherForm = regexp.MustCompile("(, `s3:[^`]*`)+")

// inWords says a rule as the table does; unknownRule where it has no words for it.
func inWords(text string) string {
	for _, r := range ruleWords {
		if r.rule.MatchString(text) {
			words := strings.ReplaceAll(r.rule.ReplaceAllString(text, r.words), `" "`, "`, `")
			return otherForm.ReplaceAllString(words, "")
		}
	}
	return unknownRule
}
