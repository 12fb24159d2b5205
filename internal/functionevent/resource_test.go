// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent_test

import (
	"encoding/base64"
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	resourceType = "fgs_function_event"
	functionURN  = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
)

type attributes = map[string]any

// with is a valid configuration, with some of its attributes changed.
func with(change attributes) attributes {
	out := attributes{"function_urn": functionURN, "name": "smoke", "content": `{"a":1}`}
	maps.Copy(out, change)
	return out
}

func configured(t *testing.T) (*acctest.Env, *acctest.Protocol) {
	t.Helper()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{Name: "orders"})
	p := e.Protocol(t)
	if diags := p.Configure(map[string]any{}); diags.Failed() {
		t.Fatal(diags)
	}
	return e, p
}

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func events(t *testing.T, e *acctest.Env) []emulator.Event {
	t.Helper()
	f, ok := e.Emulator.Function("default", "orders")
	if !ok {
		t.Fatal("the function is gone")
	}
	return f.Events
}

// TestValidate: what is wrong is said with its path before anything is asked; the nearest value that is fine passes.
func TestValidate(t *testing.T) {
	t.Parallel()
	const match, length = "Invalid Attribute Value Match", "Invalid Attribute Value Length"
	name := func(text any) attributes { return with(attributes{"name": text}) }
	content := func(text any) attributes { return with(attributes{"content": text}) }
	for title, test := range map[string]struct {
		path, summary string
		bad, good     attributes
	}{
		"a version": {"function_urn", "Invalid Function URN", with(attributes{"function_urn": functionURN + ":latest"}), with(attributes{"function_urn": acctest.Unknown})},
		"long name": {"name", length, name(strings.Repeat("a", 26)), name(strings.Repeat("a", 25))},
		"no name":   {"name", match, name(""), name("a")},
		"last":      {"name", match, name("a-"), name("a-b")},
		"first":     {"name", match, name("1a"), name("a1")},
		"large":     {"content", length, content(strings.Repeat("x", 4097)), content(strings.Repeat("x", 4096))},
		"bytes":     {"content", length, content(strings.Repeat("ä", 2049)), content(strings.Repeat("ä", 2048))},
		"empty":     {"content", length, content(""), content(acctest.Unknown)},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			p := acctest.New(t).Protocol(t)
			got := p.Validate(resourceType, test.bad)
			if len(got) == 0 || got[0].Severity != "ERROR" || got[0].Path != test.path ||
				!strings.HasPrefix(got[0].Summary, test.summary) {
				t.Errorf("got %s\nwant an error at %q: %s", got, test.path, test.summary)
			}
			if got := p.Validate(resourceType, test.good); len(got) > 0 {
				t.Errorf("the nearest one that is right: %s", got)
			}
		})
	}
}

// TestPlan_json: a content that is no JSON is a warning when it is written, and not in each plan after that.
func TestPlan_json(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	const warning = "Content Is Not JSON"
	plain := with(attributes{"content": "hello"})
	created, diags := p.Create(resourceType, plain)
	if diags.Failed() || !diags.Has(warning) {
		t.Fatalf("created: %s", diags)
	}
	if got := events(t, e)[0].Content; got != encoded("hello") {
		t.Errorf("the service has %s", got)
	}
	if got := p.PlanUpdate(resourceType, created.Imported, plain); len(got) > 0 {
		t.Errorf("the next plan: %s", got)
	}
	for _, content := range []any{`{"a":1}`, `"x"`, acctest.Unknown} {
		if got := p.PlanUpdate(resourceType, created.Imported, with(attributes{"content": content})); len(got) > 0 {
			t.Errorf("%s: %s", content, got)
		}
	}
}

// TestCreate_lost: after a lost answer an event of the name is ours if it has the content that was sent; what is there
// with another is not touched.
func TestCreate_lost(t *testing.T) {
	t.Parallel()
	theirs := func(content string) func(*emulator.Server) error {
		return func(api *emulator.Server) error {
			return api.Edit("default", "orders", func(f *emulator.Function) {
				f.Events = []emulator.Event{{ID: "theirs", Name: "smoke", Content: encoded(content)}}
			})
		}
	}
	for name, test := range map[string]struct {
		kind   emulator.FaultKind
		during func(*emulator.Server) error
		calls  int
		want   string
		holds  string // the content in the end
	}{
		"answer":                  {emulator.DropAfter, nil, 1, "", `{"a":1}`},
		"request":                 {emulator.DropBefore, nil, 2, "", `{"a":1}`},
		"request, equal there":    {emulator.DropBefore, theirs(`{"a":1}`), 1, "", `{"a":1}`},
		"request, other there":    {emulator.DropBefore, theirs("other"), 1, "Function Event Already Exists", "other"},
		"nothing, but other made": {emulator.Answer, theirs("other"), 1, "Function Event Already Exists", "other"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, p := configured(t)
			fault := emulator.Fault{Op: "CreateEvent", Kind: test.kind}
			if test.during != nil {
				fault.Before = func() {
					if err := test.during(e.Emulator); err != nil {
						t.Error(err)
					}
				}
			}
			e.Emulator.Inject(fault)
			created, diags := p.Create(resourceType, with(nil))
			if diags.Failed() != (test.want != "") || !diags.Has(test.want) || created.InState == diags.Failed() {
				t.Errorf("want %q, got %s", test.want, diags)
			}
			if test.want != "" && !diags.Has(functionURN+"/smoke") {
				t.Errorf("no import block: %s", diags)
			}
			if n := e.Emulator.Count("CreateEvent"); n != test.calls {
				t.Errorf("%d calls, want %d", n, test.calls)
			}
			got := events(t, e)
			if len(got) != 1 || got[0].Content != encoded(test.holds) {
				t.Errorf("the service has %+v", got)
			}
		})
	}
}

// TestRefused: what the service has too many of is said.
func TestRefused(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	for _, name := range strings.Fields("a b c d e f g h i j") {
		if err := e.Emulator.PutEvent("default", "orders", name); err != nil {
			t.Fatal(err)
		}
	}
	created, diags := p.Create(resourceType, with(nil))
	if !diags.Has("as many test events as the service keeps") || created.InState {
		t.Errorf("got %s", diags)
	}
}

// TestImport: by name and by the service's id comes the same; what names nothing says how it is named.
func TestImport(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	created, diags := p.Create(resourceType, with(nil))
	if diags.Failed() {
		t.Fatal(diags)
	}
	for _, last := range []string{"smoke", p.Text(created.Imported, "event_id")} {
		imported, diags := p.Import(resourceType, functionURN+"/"+last)
		if diags.Failed() {
			t.Fatal(diags)
		}
		for _, name := range []string{"id", "event_id", "name", "content", "function_urn", "last_modified"} {
			if got, want := p.Text(imported, name), p.Text(created.Imported, name); got != want {
				t.Errorf("by %s: %s is %q, want %q", last, name, got, want)
			}
		}
		if got := p.PlanUpdate(resourceType, imported, with(nil)); len(got) > 0 {
			t.Errorf("by %s: %s", last, got)
		}
	}
	for _, id := range []string{"", "smoke", functionURN, functionURN + "/", functionURN + "/a/b", "orders/smoke"} {
		if _, diags := p.Import(resourceType, id); !diags.Has("The import id gives no test event") {
			t.Errorf("%q: %s", id, diags)
		}
	}
	for _, id := range []string{"none", "00000000-0000-4000-8000-000000000000"} {
		if _, diags := p.Import(resourceType, functionURN+"/"+id); !diags.Failed() {
			t.Errorf("%q is imported", id)
		}
	}
	if n := e.Emulator.Count("UpdateEvent", "DeleteEvent"); n > 0 {
		t.Errorf("%d calls changed something", n)
	}
}

// TestImport_shortID: nothing says that the service's ids are no names. What is one of both is the name.
func TestImport_shortID(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	if err := e.Emulator.Edit("default", "orders", func(f *emulator.Function) {
		f.Events = []emulator.Event{
			{ID: "e1", Name: "smoke", Content: encoded("1")}, {ID: "e2", Name: "e3", Content: encoded("2")},
			{ID: "e3", Name: "load", Content: encoded("3")},
		}
	}); err != nil {
		t.Fatal(err)
	}
	for last, want := range map[string]string{"e1": "smoke", "e2": "e3", "e3": "e3", "load": "load"} {
		imported, diags := p.Import(resourceType, functionURN+"/"+last)
		if diags.Failed() {
			t.Fatalf("%s: %s", last, diags)
		}
		if got := p.Text(imported, "name"); got != want {
			t.Errorf("%s: %s, want %s", last, got, want)
		}
	}
}
