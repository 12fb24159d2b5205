// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// values is a configuration: strings, int, bool, map[string]string for maps, values for nested objects.
type values map[string]any

// core does for one resource what a CLI does, over the protocol: it refreshes, plans, applies, imports and destroys,
// and keeps state, private state and taint. A thousand applies take seconds.
type core struct {
	t        testing.TB
	server   tfprotov6.ProviderServer
	resource string
	schema   *tfprotov6.Schema
	typ      tftypes.Object

	state    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData // nil for none, or for a CLI that knows none
	tainted  bool
}

// diagnostics are those of one command.
type diagnostics []*tfprotov6.Diagnostic

func (d diagnostics) failed() bool {
	return d.errors() > 0
}

func (d diagnostics) errors() int {
	n := 0
	for _, one := range d {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			n++
		}
	}
	return n
}

// has says that one of them contains the text, whatever its line breaks.
func (d diagnostics) has(text string) bool {
	return strings.Contains(strings.Join(strings.Fields(d.String()), " "), text)
}

func (d diagnostics) String() string {
	var b strings.Builder
	for _, one := range d {
		fmt.Fprintf(&b, "%s: %s\n%s\n", one.Severity, one.Summary, one.Detail)
	}
	return b.String()
}

// brief is one line of each: the summary, and the last paragraph, which is the cause.
func (d diagnostics) brief() string {
	var b strings.Builder
	for _, one := range d {
		paragraphs := strings.Split(strings.TrimSpace(one.Detail), "\n\n")
		fmt.Fprintf(&b, "\n  %s: %s: %s", one.Severity, one.Summary, paragraphs[len(paragraphs)-1])
	}
	if len(d) == 0 {
		return " nothing"
	}
	return b.String()
}

// schemas are the same for all servers.
var schemas = sync.OnceValue(func() *tfprotov6.GetProviderSchemaResponse {
	ctx := context.Background()
	schema, err := provider.NewServer(ctx, "test").GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		panic(err)
	}
	return schema
})

// newServer starts a provider that talks to the emulator over the wire.
func newServer(t testing.TB, w http.RoundTripper, options ...provider.Option) tfprotov6.ProviderServer {
	t.Helper()
	variables := map[string]string{
		"HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey,
		"FGS_ENDPOINT": "http://127.0.0.1:1",
	}
	return newServerOf(t, w, variables, options...)
}

// newServerOf starts a provider with an environment of its own. IAM and STS are the emulator, too.
func newServerOf(
	t testing.TB, w http.RoundTripper, variables map[string]string, options ...provider.Option,
) tfprotov6.ProviderServer {
	t.Helper()
	server := provider.NewServer(t.Context(), "test", append(options,
		provider.WithEnvironment(func(name string) string { return variables[name] }),
		provider.WithClient(func(c *functiongraph.Config) { c.Transport = w }))...)
	configure(t, server)
	return server
}

// configure configures a provider by its environment.
func configure(t testing.TB, server tfprotov6.ProviderServer) {
	t.Helper()
	typ := schemas().Provider.ValueType()
	config, err := tfprotov6.NewDynamicValue(typ, object(t, typ.(tftypes.Object), values{}))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config})
	if err != nil || len(resp.Diagnostics) > 0 {
		t.Fatal(err, diagnostics(resp.Diagnostics))
	}
}

// newAPI makes an emulator of the world that the suite runs in, with some switches changed.
func newAPI(changes ...func(*emulator.Switches)) *emulator.Server {
	options := emulator.Options{Switches: acctest.Switches()}
	for _, change := range changes {
		change(&options.Switches)
	}
	api := emulator.New(options)
	for _, id := range []string{"dep-1", "dep-2", "dep-3"} {
		api.PutDependency(id, id)
	}
	return api
}

func newCore(t testing.TB, server tfprotov6.ProviderServer, resource string) *core {
	t.Helper()
	c := &core{t: t, server: server, resource: resource, schema: schemas().ResourceSchemas[resource]}
	c.typ = c.schema.ValueType().(tftypes.Object)
	c.state = tftypes.NewValue(c.typ, nil)
	return c
}

// object makes a value of an object type; what is not given is null.
func object(t testing.TB, typ tftypes.Object, given values) tftypes.Value {
	t.Helper()
	out := map[string]tftypes.Value{}
	for name, at := range typ.AttributeTypes {
		out[name] = value(t, at, given[name])
	}
	for name := range given {
		if _, ok := out[name]; !ok {
			t.Fatalf("no attribute %s", name)
		}
	}
	return tftypes.NewValue(typ, out)
}

func value(t testing.TB, typ tftypes.Type, v any) tftypes.Value {
	t.Helper()
	switch v := v.(type) {
	case values:
		if of, ok := typ.(tftypes.Map); ok { // of objects
			out := map[string]tftypes.Value{}
			for key, element := range v {
				out[key] = value(t, of.ElementType, element)
			}
			return tftypes.NewValue(typ, out)
		}
		return object(t, typ.(tftypes.Object), v)
	case map[string]string:
		out := map[string]tftypes.Value{}
		for key, text := range v {
			out[key] = tftypes.NewValue(tftypes.String, text)
		}
		return tftypes.NewValue(typ, out)
	case []string:
		return elements(t, typ, v)
	case []values:
		return elements(t, typ, v)
	case int:
		return tftypes.NewValue(typ, big.NewFloat(float64(v)))
	}
	return tftypes.NewValue(typ, v)
}

// elements makes a list or a set.
func elements[T any](t testing.TB, typ tftypes.Type, list []T) tftypes.Value {
	t.Helper()
	var of tftypes.Type
	switch typ := typ.(type) {
	case tftypes.Set:
		of = typ.ElementType
	case tftypes.List:
		of = typ.ElementType
	}
	out := []tftypes.Value{}
	for _, element := range list {
		out = append(out, value(t, of, element))
	}
	return tftypes.NewValue(typ, out)
}

func (c *core) dynamic(v tftypes.Value) *tfprotov6.DynamicValue {
	c.t.Helper()
	out, err := tfprotov6.NewDynamicValue(c.typ, v)
	if err != nil {
		c.t.Fatal(err)
	}
	return &out
}

func (c *core) value(v *tfprotov6.DynamicValue) tftypes.Value {
	c.t.Helper()
	out, err := v.Unmarshal(c.typ)
	if err != nil {
		c.t.Fatal(err)
	}
	return out
}

// attributesOf returns the members of an object; nil for null.
func attributesOf(v tftypes.Value) map[string]tftypes.Value {
	out := map[string]tftypes.Value{}
	if v.IsNull() || v.As(&out) != nil {
		return nil
	}
	return maps.Clone(out) // As gives away the value's own map
}

// refresh reads the resource, if there is one.
func (c *core) refresh(ctx context.Context) diagnostics {
	c.t.Helper()
	if c.state.IsNull() {
		return nil
	}
	resp, err := c.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: c.resource, CurrentState: c.dynamic(c.state), Private: c.private, CurrentIdentity: c.identity,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	if d := diagnostics(resp.Diagnostics); d.failed() {
		return d // the CLI throws the state of a failed refresh away
	}
	c.state, c.private, c.identity = c.value(resp.NewState), resp.Private, resp.NewIdentity
	c.identified()
	if c.state.IsNull() {
		c.tainted = false
	}
	return resp.Diagnostics
}

// proposed is what the CLI proposes as a plan: the configuration, without what is write-only, with computed values from
// the prior state.
func (c *core) proposed(config, prior tftypes.Value) tftypes.Value {
	out, before := attributesOf(config), attributesOf(prior)
	for _, a := range c.schema.Block.Attributes {
		v, ok := before[a.Name]
		switch {
		case a.WriteOnly:
			out[a.Name] = tftypes.NewValue(a.Type, nil)
		case !ok:
		case a.Computed && out[a.Name].IsNull():
			out[a.Name] = v
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			out[a.Name] = proposedObject(a.NestedType, out[a.Name], v)
		}
	}
	return tftypes.NewValue(c.typ, out)
}

// proposedObject is the same for an object within: what it leaves out of computed values keeps what was there.
func proposedObject(schema *tfprotov6.SchemaObject, config, prior tftypes.Value) tftypes.Value {
	out, before := attributesOf(config), attributesOf(prior)
	if out == nil || before == nil {
		return config
	}
	for _, a := range schema.Attributes {
		if a.Computed && out[a.Name].IsNull() {
			out[a.Name] = before[a.Name]
		}
	}
	return tftypes.NewValue(config.Type(), out)
}

// plan plans towards the configuration.
func (c *core) plan(ctx context.Context, config, prior tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	c.t.Helper()
	req := &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.resource, PriorState: c.dynamic(prior), Config: c.dynamic(config),
		ProposedNewState: c.dynamic(c.proposed(config, prior)),
	}
	if !prior.IsNull() {
		req.PriorPrivate, req.PriorIdentity = c.private, c.identity
	}
	resp, err := c.server.PlanResourceChange(ctx, req)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp
}

// apply brings the resource to the configuration: refresh, plan, and what the plan says. Like the CLI it stops at the
// first step that fails.
func (c *core) apply(ctx context.Context, given values) diagnostics {
	c.t.Helper()
	diags := c.refresh(ctx)
	if diags.failed() {
		return diags
	}
	return append(diags, c.applyRefreshed(ctx, given)...)
}

// applyRefreshed is an apply without the refresh.
func (c *core) applyRefreshed(ctx context.Context, given values) diagnostics {
	c.t.Helper()
	config := object(c.t, c.typ, given)
	plan := c.plan(ctx, config, c.state)
	diags := diagnostics(plan.Diagnostics)
	if diags.failed() {
		return diags
	}
	planned := c.value(plan.PlannedState)
	if !c.state.IsNull() && (c.tainted || len(plan.RequiresReplace) > 0 && !planned.Equal(c.state)) {
		if diags = append(diags, c.destroy(ctx)...); diags.failed() {
			return diags
		}
		plan = c.plan(ctx, config, c.state)
		if d := diagnostics(plan.Diagnostics); d.failed() {
			return append(diags, d...)
		}
		planned = c.value(plan.PlannedState)
	}
	if planned.Equal(c.state) {
		return diags
	}
	return append(diags, c.change(ctx, config, planned, plan)...)
}

// change applies a plan and demands what the CLI demands of the result.
func (c *core) change(
	ctx context.Context, config, planned tftypes.Value, plan *tfprotov6.PlanResourceChangeResponse,
) diagnostics {
	c.t.Helper()
	resp, err := c.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.resource, PriorState: c.dynamic(c.state), PlannedState: c.dynamic(planned),
		Config: c.dynamic(config), PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	diags := diagnostics(resp.Diagnostics)
	creating, after := c.state.IsNull(), c.value(resp.NewState)
	if !after.IsFullyKnown() {
		c.t.Errorf("%s: the new state has unknown values", c.resource)
	}
	if !diags.failed() {
		c.consistent(planned, after)
	}
	c.state, c.private, c.identity = after, resp.Private, resp.NewIdentity
	c.tainted = creating && diags.failed() && !after.IsNull()
	c.identified()
	return diags
}

// consistent demands that all that was planned came true.
func (c *core) consistent(planned, after tftypes.Value) {
	c.t.Helper()
	now := attributesOf(after)
	for name, v := range attributesOf(planned) {
		if v.IsFullyKnown() && !v.Equal(now[name]) {
			c.t.Errorf("inconsistent result, %s (-plan +result):%s", name, valueDiff(v, now[name]))
		}
	}
}

// destroy removes the resource.
func (c *core) destroy(ctx context.Context) diagnostics {
	c.t.Helper()
	none := tftypes.NewValue(c.typ, nil)
	resp, err := c.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.resource, PriorState: c.dynamic(c.state), PlannedState: c.dynamic(none),
		Config: c.dynamic(none), PlannedPrivate: c.private, PlannedIdentity: c.identity,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.state, c.private, c.identity = c.value(resp.NewState), resp.Private, resp.NewIdentity
	c.identified()
	c.tainted = c.tainted && !c.state.IsNull()
	return resp.Diagnostics
}

// importID imports the resource and reads it, as an import block does.
func (c *core) importID(ctx context.Context, id string) diagnostics {
	c.t.Helper()
	return c.imports(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: c.resource, ID: id})
}

func (c *core) imports(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) diagnostics {
	c.t.Helper()
	resp, err := c.server.ImportResourceState(ctx, req)
	if err != nil {
		c.t.Fatal(err)
	}
	diags := diagnostics(resp.Diagnostics)
	if diags.failed() || len(resp.ImportedResources) != 1 {
		return diags
	}
	imported := resp.ImportedResources[0]
	c.state, c.private, c.identity = c.value(imported.State), imported.Private, imported.Identity
	c.identified()
	return append(diags, c.refresh(ctx)...)
}

// empty says whether the next plan, after a refresh, shows no change.
func (c *core) empty(ctx context.Context, given values) error {
	c.t.Helper()
	if diags := c.refresh(ctx); diags.failed() {
		return fmt.Errorf("the refresh failed: %s", diags)
	}
	return c.emptyPlan(ctx, given)
}

// emptyPlan says whether a plan without a refresh shows no change.
func (c *core) emptyPlan(ctx context.Context, given values) error {
	c.t.Helper()
	plan := c.plan(ctx, object(c.t, c.typ, given), c.state)
	if d := diagnostics(plan.Diagnostics); d.failed() {
		return fmt.Errorf("the plan failed: %s", d)
	}
	if planned := c.value(plan.PlannedState); !planned.Equal(c.state) {
		return fmt.Errorf("the next plan is not empty (-state +plan):%s", valueDiff(c.state, planned))
	}
	return nil
}

// text is a string attribute of the state; "" where there is none.
func (c *core) text(name string) string {
	var s string
	if v, ok := attributesOf(c.state)[name]; ok && !v.IsNull() && v.As(&s) == nil {
		return s
	}
	return ""
}

// number is a number attribute of the state.
func (c *core) number(name string) int64 {
	var f big.Float
	if v, ok := attributesOf(c.state)[name]; ok && !v.IsNull() && v.As(&f) == nil {
		n, _ := f.Int64()
		return n
	}
	return 0
}

// texts is a map attribute of the state.
func (c *core) texts(name string) map[string]string {
	var m map[string]tftypes.Value
	out := map[string]string{}
	if v, ok := attributesOf(c.state)[name]; ok && !v.IsNull() && v.As(&m) == nil {
		for key, element := range m {
			var s string
			_ = element.As(&s) // a map of strings
			out[key] = s
		}
	}
	return out
}

// with adds to a configuration.
func (v values) with(more values) values {
	out := maps.Clone(v)
	maps.Copy(out, more)
	return out
}
