// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// goldenSchema is what the provider promises of a schema to configurations, states and tools: each attribute in a line,
// by its path. Texts are not in it.
type goldenSchema struct {
	Provider    map[string]string         `json:"provider"`
	Resources   map[string]goldenResource `json:"resources"`
	DataSources map[string]goldenPart     `json:"data_sources"`
	Lists       map[string]goldenPart     `json:"lists"`
	Functions   map[string]string         `json:"functions"`
}

type goldenPart struct {
	Version    int64             `json:"version"`
	Attributes map[string]string `json:"attributes"`
}

type goldenResource struct {
	goldenPart
	Identity goldenPart `json:"identity"`
}

const schemaFile = "testdata/schema.json"

// TestSchema_golden: the schema is the one that was committed, so that a change of it is one that somebody meant.
func TestSchema_golden(t *testing.T) {
	t.Parallel()
	now := schemaNow(t)
	content, err := json.MarshalIndent(now, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	content = append(content, '\n')
	committed, err := os.ReadFile(schemaFile)
	var before goldenSchema
	if err == nil {
		err = json.Unmarshal(committed, &before)
	}
	if err != nil && !*update {
		t.Fatal(err)
	}
	broken := incompatible(before, now)
	if len(broken) > 0 && released(t) {
		t.Fatalf("States of a release cannot be read any more:\n  %s\nRaise Version in the schema, add a StateUpgrader with "+
			"a test, and a golden state of the last release; then write %s anew.", strings.Join(broken, "\n  "), schemaFile)
	}
	if bytes.Equal(committed, content) {
		return
	}
	if *update {
		if err := os.WriteFile(schemaFile, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("The schema is not that of internal/acctest/%s (-committed +now):%s\nIf you mean it: say it in "+
		"CHANGELOG.md, run make generate, and write the file anew:\n\n"+
		"  go test ./internal/acctest -run TestSchema_golden -update\n",
		schemaFile, lineDiff(goldenLines(string(committed)), goldenLines(string(content))))
}

// released says whether there has been a release: the changelog has more than the one that is being worked on.
func released(t *testing.T) bool {
	t.Helper()
	changelog, err := os.ReadFile(filepath.Join("..", "..", "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(changelog, []byte("\n## ")) > 1
}

// goldenLines are the lines of a file, by themselves.
func goldenLines(text string) map[string]string {
	lines, at := map[string]string{}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, ",\n")
		if key := strings.TrimSpace(line); strings.HasSuffix(key, "{") && strings.HasPrefix(line, "    \"") {
			at = strings.Trim(strings.TrimSuffix(key, ": {"), `"`) + " "
		}
		lines[at+strings.TrimSpace(line)] = ""
	}
	return lines
}

// incompatible is what of a state of before cannot be read by now: of a resource or an identity whose version is the
// same, attributes that have gone or have another type.
func incompatible(before, now goldenSchema) (broken []string) {
	compare := func(what string, before, now goldenPart) {
		for name, was := range before.Attributes {
			is, there := now.Attributes[name]
			typeOf := func(text string) string { return strings.SplitN(text, ", ", 2)[0] }
			if now.Version == before.Version && (!there || typeOf(is) != typeOf(was)) {
				broken = append(broken, what+"."+name)
			}
		}
		if now.Version < before.Version {
			broken = append(broken, what+": an older version")
		}
	}
	for name, resource := range before.Resources {
		next, there := now.Resources[name]
		if !there {
			broken = append(broken, name)
			continue
		}
		compare(name, resource.goldenPart, next.goldenPart)
		compare("identity of "+name, resource.Identity, next.Identity)
	}
	slices.Sort(broken)
	return broken
}

// TestSchema_incompatible: what a state cannot do without is found, and what it does not mind is not.
func TestSchema_incompatible(t *testing.T) {
	t.Parallel()
	of := func(version int64, attributes map[string]string) goldenSchema {
		return goldenSchema{Resources: map[string]goldenResource{"r": {
			goldenPart: goldenPart{version, attributes}, Identity: goldenPart{0, map[string]string{"urn": "string"}},
		}}}
	}
	before := of(1, map[string]string{"a": "string, optional", "b.c": "number, required"})
	for name, test := range map[string]struct {
		now  goldenSchema
		want string
	}{
		"the same":         {before, ""},
		"one more":         {of(1, map[string]string{"a": "string, optional", "b.c": "number, required", "d": "bool, optional"}), ""},
		"another rule":     {of(1, map[string]string{"a": "string, required", "b.c": "number, optional"}), ""},
		"one less":         {of(1, map[string]string{"a": "string, optional"}), "r.b.c"},
		"another type":     {of(1, map[string]string{"a": "number, optional", "b.c": "number, required"}), "r.a"},
		"another version":  {of(2, map[string]string{"a": "number, optional"}), ""},
		"an older version": {of(0, map[string]string{"a": "string, optional", "b.c": "number, required"}), "r: an older version"},
		"no resource":      {goldenSchema{}, "r"},
	} {
		if got := strings.Join(incompatible(before, test.now), ", "); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// schemaNow is the schema of the provider as it is.
func schemaNow(t *testing.T) goldenSchema {
	t.Helper()
	all := schemas()
	identities := identitySchemas()
	out := goldenSchema{
		Provider:  attributesIn(all.Provider.Block),
		Resources: map[string]goldenResource{}, DataSources: map[string]goldenPart{}, Lists: map[string]goldenPart{},
		Functions: map[string]string{},
	}
	for name, schema := range all.ResourceSchemas {
		resource := goldenResource{goldenPart: part(schema), Identity: goldenPart{Attributes: map[string]string{}}}
		if identity := identities[name]; identity != nil {
			resource.Identity.Version = identity.Version
			for _, a := range identity.IdentityAttributes {
				resource.Identity.Attributes[a.Name] = inWords(typeName(a.Type), word{"required for import", a.RequiredForImport},
					word{"optional for import", a.OptionalForImport})
			}
		}
		out.Resources[name] = resource
	}
	for name, schema := range all.DataSourceSchemas {
		out.DataSources[name] = part(schema)
	}
	for name, schema := range all.ListResourceSchemas {
		out.Lists[name] = part(schema)
	}
	functions, err := provider.NewServer(t.Context(), "test").GetFunctions(t.Context(), &tfprotov6.GetFunctionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range functions.Functions {
		var parameters []string
		for _, p := range f.Parameters {
			parameters = append(parameters, inWords(p.Name+" "+typeName(p.Type), word{"may be null", p.AllowNullValue}))
		}
		if f.VariadicParameter != nil {
			parameters = append(parameters, f.VariadicParameter.Name+" "+typeName(f.VariadicParameter.Type)+"...")
		}
		out.Functions[name] = "(" + strings.Join(parameters, "; ") + ") " + typeName(f.Return.Type)
	}
	return out
}

func part(schema *tfprotov6.Schema) goldenPart {
	return goldenPart{schema.Version, attributesIn(schema.Block)}
}

// attributesIn are the attributes of a block and of all within it, by path.
func attributesIn(block *tfprotov6.SchemaBlock) map[string]string {
	out := map[string]string{}
	var walk func(at string, attributes []*tfprotov6.SchemaAttribute)
	walk = func(at string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			typ := ""
			if a.NestedType != nil {
				typ = strings.ToLower(a.NestedType.Nesting.String()) + " object"
				walk(at+a.Name+".", a.NestedType.Attributes)
			} else {
				typ = typeName(a.Type)
			}
			out[at+a.Name] = inWords(typ, word{"required", a.Required}, word{"optional", a.Optional},
				word{"computed", a.Computed}, word{"sensitive", a.Sensitive}, word{"write-only", a.WriteOnly},
				word{"deprecated", a.Deprecated})
		}
	}
	walk("", block.Attributes)
	for _, nested := range block.BlockTypes {
		out[nested.TypeName] = strings.ToLower(nested.Nesting.String()) + " block"
		walk(nested.TypeName+".", nested.Block.Attributes)
	}
	return out
}

// word is one that is said where it holds.
type word struct {
	text string
	said bool
}

func inWords(typ string, more ...word) string {
	for _, w := range more {
		if w.said {
			typ += ", " + w.text
		}
	}
	return typ
}

// typeName is a type as in a configuration, without what would make it hard to compare.
func typeName(typ tftypes.Type) string {
	return strings.NewReplacer("tftypes.", "", ", ", " ").Replace(typ.String())
}
