// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	tested "github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// update writes the table of attributes anew from what the runs show.
var update = flag.Bool("update", false, "rewrite the table of attributes in the guide")

// tableFile is the guide that holds the table, between two marks.
const tableFile = "../../templates/guides/attributes.md.tmpl"

const tableBegin, tableEnd = "<!-- table: begin -->\n", "<!-- table: end -->"

// measured is a row of the table: what the steps of one attribute showed.
type measured struct {
	create   string // whether the call that creates carries it
	call     string // the call that changes it
	null     string // what is sent when it is removed
	after    string // what is there then
	drift    string // whether a change outside shows
	imported string // whether an import brings it
	replaces bool
}

// TestAccAttributes takes every attribute through its life: created with, imported, changed, changed outside, set to
// its zero value, set again, removed, and changed outside while it is not configured. After each step the service holds
// what it should, and the next plan is empty. What it shows is the table in the guide, in both worlds of the emulator.
// Attributes that go together live on one function; that a change of one changes no other is TestRandom's business.
func TestAccAttributes(t *testing.T) {
	dir := acctest.NewDir(t)
	rows := attributeRows(dir.Code("first.zip", "first"), dir.Code("second.zip", "second"))
	lives := map[string][]attributeRow{}
	for _, row := range rows {
		name := row.name
		if !row.alone {
			name = "settings " + row.of
		}
		lives[name] = append(lives[name], row)
	}
	var mu sync.Mutex
	table := map[string]*measured{}
	t.Run("all", func(t *testing.T) {
		for name, together := range lives {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				l := newLife(t, together, dir.Path("first.zip"))
				l.run()
				mu.Lock()
				defer mu.Unlock()
				maps.Copy(table, l.measured)
			})
		}
	})
	if t.Failed() || os.Getenv("TF_ACC") == "" { // then nothing ran
		return
	}
	if len(table) == len(rows) { // not with -run for some of them
		compareTable(t, rows, table)
	}
}

// TestEveryAttributeHasARow: each attribute that can be configured is a row of the table, and each setting of the
// service a member of one. extend_config is deprecated: no attribute is for it (contract 5).
func TestEveryAttributeHasARow(t *testing.T) {
	t.Parallel()
	rows, members := map[string]bool{}, map[string]bool{"extend_config": true}
	for _, row := range attributeRows("first.zip", "second.zip") {
		rows[row.name] = true
		for _, member := range row.members {
			members[member] = true
		}
	}
	for _, name := range configurable(t) {
		if !rows[name] {
			t.Errorf("the attribute %s has no row", name)
		}
	}
	for _, name := range emulator.SettingNames() {
		if !members[name] {
			t.Errorf("the setting %s is a member of no row", name)
		}
	}
}

// configurable are the attributes that can be configured. What is refused (TestRenamed) cannot.
func configurable(t *testing.T) (names []string) {
	t.Helper()
	var schema fwresource.SchemaResponse
	tested.NewResource().Schema(t.Context(), fwresource.SchemaRequest{}, &schema)
	for name, attribute := range schema.Schema.Attributes {
		if !isRefused(attribute) && (attribute.IsOptional() || attribute.IsRequired()) {
			names = append(names, name)
		}
	}
	return names
}

// life is a function whose attributes are taken through their steps.
type life struct {
	*testing.T
	rows     []attributeRow
	env      *acctest.Env
	code     string
	measured map[string]*measured
}

func newLife(t *testing.T, rows []attributeRow, code string) *life {
	t.Helper()
	// What an import cannot bring with these readings, or brings in another order, is TestRandom's business.
	env := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) {
		s.DefaultLogging, s.SDKReadBack, s.ReverseOrder, s.HideKMSKeys = false, false, false, false
	}))
	l := &life{T: t, rows: rows, env: env, code: code, measured: map[string]*measured{}}
	for _, row := range rows {
		l.measured[row.name] = &measured{}
	}
	for _, id := range []string{"dep-1", "dep-2", "dep-3"} {
		l.env.Emulator.PutDependency(id, id)
	}
	return l
}

// phase chooses the value that an attribute has in a step, in HCL, "" for none; and what the service should hold then.
type phase func(row attributeRow) (value, holds string)

func first(row attributeRow) (value, holds string)  { return row.first, row.holds[0] }
func second(row attributeRow) (value, holds string) { return row.second, row.holds[1] }

// zero is the empty value; what has none stays as it is.
func zero(row attributeRow) (value, holds string) {
	if row.zero == "" {
		return first(row)
	}
	return row.zero, ""
}

// none takes the attribute away, after its first value.
func none(row attributeRow) (value, holds string) {
	switch {
	case row.required:
		return first(row)
	case row.keeps:
		return "", row.holds[0]
	}
	return "", ""
}

// noneDrifted is the same after somebody changed what is kept.
func noneDrifted(row attributeRow) (value, holds string) {
	if value, holds = none(row); value == "" && row.keeps && row.drift != nil {
		var f emulator.Function
		row.drift(&f)
		holds = row.get(f)
	}
	return value, holds
}

// config is the function in a phase.
func (l *life) config(in phase) string {
	attributes := map[string]string{
		"name": `"orders"`, "timeout": "3", "memory_size": "128", "code": fmt.Sprintf("{ zip_file = %q }", l.code),
	}
	of := l.rows[0].of
	maps.Copy(attributes, functionKinds[of])
	for _, row := range l.rows {
		attributes[row.name], _ = in(row)
	}
	if of == "image" {
		attributes["code"] = fmt.Sprintf("{ image = %q }", testImage)
	}
	var b strings.Builder
	b.WriteString("resource \"fgs_function\" \"test\" {\n")
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if attributes[name] != "" {
			fmt.Fprintf(&b, "  %s = %s\n", name, attributes[name])
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func (l *life) run() {
	step := func(in phase, before func(), looks ...func()) resource.TestStep {
		return resource.TestStep{PreConfig: before, Config: l.config(in), Check: l.is(in, looks...)}
	}
	changed := step(second, nil, l.changed)
	changed.ConfigPlanChecks = l.plan(func(row attributeRow, _,
		replaces bool) {
		l.measured[row.name].replaces = replaces
	})
	steps := []resource.TestStep{step(first, nil, l.created), l.imports(), changed}
	if l.any(func(row attributeRow) bool { return row.drift != nil }) {
		drifted := step(second, l.drifted)
		drifted.ConfigPlanChecks = l.plan(func(row attributeRow, changes, _ bool) {
			if row.drift != nil {
				l.measured[row.name].drift = map[bool]string{true: "yes", false: "no"}[changes]
			}
		})
		steps = append(steps, drifted)
	}
	if l.any(func(row attributeRow) bool { return row.zero != "" }) {
		steps = append(steps, step(first, nil), step(zero, nil))
	}
	if l.any(func(row attributeRow) bool { return !row.required }) {
		steps = append(steps, step(first, nil), step(none, nil, l.cleared))
	} else {
		l.cleared()
	}
	if l.any(func(row attributeRow) bool { return row.drift != nil }) {
		drifted := step(noneDrifted, l.drifted)
		drifted.ConfigPlanChecks = l.plan(func(row attributeRow, changes, _ bool) {
			watched := row.drift != nil && !row.keeps && !row.byKey || row.required && row.drift != nil
			if changes != watched {
				l.Errorf("%s was changed outside while it was not configured; the plan changes it: %t, want %t",
					row.name, changes, watched)
			}
		})
		steps = append(steps, drifted)
	}
	resource.Test(l.T, resource.TestCase{
		ProtoV6ProviderFactories: l.env.Factories, CheckDestroy: l.env.CheckDestroy, Steps: steps,
	})
}

// any says whether one of the attributes is so.
func (l *life) any(is func(row attributeRow) bool) bool {
	return slices.ContainsFunc(l.rows, is)
}

// imports compares an import with the state; what the service cannot tell is recorded.
func (l *life) imports() resource.TestStep {
	unknown := []string{
		"code", "source_hash", "ignore_code_drift", "timeouts", "last_modified", "encrypted_user_data",
		"encrypted_user_data_wo", "encrypted_user_data_wo_version",
	}
	for name, m := range l.measured {
		switch m.imported = "yes"; {
		case name == "encrypted_user_data":
			m.imported = "names"
		case slices.Contains(unknown, name):
			m.imported = "no"
		}
	}
	return resource.TestStep{
		ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: unknown,
		ImportStateIdFunc: func(*terraform.State) (string, error) {
			f := l.only()
			return f.Package + "/" + f.Name, nil
		},
	}
}

func (l *life) drifted() {
	f := l.only()
	err := l.env.Emulator.Edit(f.Package, f.Name, func(f *emulator.Function) {
		for _, row := range l.rows {
			if row.drift != nil {
				row.drift(f)
			}
		}
	})
	if err != nil {
		l.Fatal(err)
	}
}

// only is the function that the service has.
func (l *life) only() emulator.Function {
	l.Helper()
	all := l.env.Emulator.Functions()
	if len(all) != 1 {
		l.Fatalf("the service has %d functions", len(all))
	}
	return all[0]
}

// is demands what the service holds; the calls since the last look are looked at and forgotten.
func (l *life) is(in phase, looks ...func()) resource.TestCheckFunc {
	return func(*terraform.State) error {
		defer l.env.Emulator.ResetRequests()
		for _, look := range looks {
			look()
		}
		var problems []error
		for _, row := range l.rows {
			_, want := in(row)
			if got := row.get(l.only()); got != want {
				problems = append(problems, fmt.Errorf("%s: the service holds %q, want %q", row.name, got, want))
			}
		}
		return errors.Join(problems...)
	}
}

// sent finds the members of an attribute in the writes since the last look: how they were sent, and by which call.
func (l *life) sent(row attributeRow) (call string, members map[string]string) {
	calls := map[string]string{
		"UpdateConfig": "config", "UpdateCode": "code", "SetMaxInstances": "max instances", "CreateTags": "tags",
		"DeleteTags": "tags",
	}
	members = map[string]string{}
	for _, r := range l.env.Emulator.Requests() {
		if calls[r.Op] == "" {
			continue
		}
		var body map[string]json.RawMessage
		if err := json.Unmarshal(r.Body, &body); err != nil {
			l.Fatal(err)
		}
		for _, name := range row.members {
			if value, ok := body[name]; ok {
				call, members[name] = calls[r.Op], string(value)
			}
		}
	}
	return call, members
}

// created: only the first call counts; where a service does not take what it should, another follows.
func (l *life) created() {
	for _, row := range l.rows {
		l.measured[row.name].create = "–"
		for _, r := range l.env.Emulator.Requests("CreateFunction") {
			for _, name := range row.members {
				if strings.Contains(string(r.Body), fmt.Sprintf("%q:", name)) {
					l.measured[row.name].create = "yes"
				}
			}
		}
	}
}

func (l *life) changed() {
	for _, row := range l.rows {
		m := l.measured[row.name]
		if m.call, _ = l.sent(row); m.replaces {
			m.call = "replacement"
		}
	}
}

// cleared records what removing an attribute sends.
func (l *life) cleared() {
	for _, row := range l.rows {
		m := l.measured[row.name]
		_, members := l.sent(row)
		var list []string
		for _, name := range row.members {
			if value, ok := members[name]; ok {
				list = append(list, fmt.Sprintf("`%s: %s`", name, value))
			}
		}
		switch m.null, m.after = strings.Join(list, ", "), "cleared"; {
		case row.required:
			m.null, m.after = "(required)", "–"
		case row.own:
			m.null, m.after = "nothing", "–"
		case row.keeps:
			m.null, m.after = "nothing new", "kept"
		case len(list) == 0:
			m.null = "left out"
		}
	}
}

// plan looks at what the plan does with each attribute.
func (l *life) plan(look func(row attributeRow, changes, replaces bool)) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{planLook{l.rows, look}}}
}

type planLook struct {
	rows []attributeRow
	look func(row attributeRow, changes, replaces bool)
}

// CheckPlan implements plancheck.PlanCheck.
func (p planLook) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, _ *plancheck.CheckPlanResponse) {
	for _, resource := range req.Plan.ResourceChanges {
		change := resource.Change
		before, _ := change.Before.(map[string]any)
		after, _ := change.After.(map[string]any)
		unknown, _ := change.AfterUnknown.(map[string]any)
		for _, row := range p.rows {
			changes := unknown[row.name] == true || fmt.Sprint(before[row.name]) != fmt.Sprint(after[row.name])
			if row.name == "code" { // the attribute holds a path only
				changes = fmt.Sprint(before["source_hash"]) != fmt.Sprint(after["source_hash"])
			}
			p.look(row, changes, change.Actions.Replace())
		}
	}
}

// compareTable compares the table with the one in the guide, or writes it.
func compareTable(t *testing.T, rows []attributeRow, table map[string]*measured) {
	t.Helper()
	var b strings.Builder
	b.WriteString("| Attribute | Create takes it | Changed by | Removing it sends | And then it is | Change outside is " +
		"seen | Import |\n")
	b.WriteString("|---|---|---|---|---|---|---|\n")
	for _, row := range rows {
		m := table[row.name]
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", row.name, m.create, cmp.Or(m.call, "–"), m.null, m.after,
			cmp.Or(m.drift, "–"), m.imported)
	}
	guide, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(guide), tableBegin)
	present, after, closed := strings.Cut(rest, tableEnd)
	if !found || !closed {
		t.Fatalf("%s has no place for the table", tableFile)
	}
	if *update {
		if err := os.WriteFile(tableFile, []byte(before+tableBegin+b.String()+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if present != b.String() {
		t.Errorf("the table in %s is not what this run shows. To write it anew:\n\n"+
			"  sh internal/tools/with-cli.sh go test ./internal/function -run TestAccAttributes -update && make generate\n\n"+
			"got:\n%s\nwant:\n%s", tableFile, b.String(), present)
	}
}
