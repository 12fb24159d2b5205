// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// TestModelMatchesSchema finds an attribute without a field and a field without an attribute.
func TestModelMatchesSchema(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var sr resource.SchemaResponse
	NewResource().Schema(ctx, resource.SchemaRequest{}, &sr)
	if d := sr.Schema.ValidateImplementation(ctx); d.HasError() {
		t.Fatal(d)
	}
	object := sr.Schema.Type().TerraformType(ctx).(tftypes.Object)
	nulls := map[string]tftypes.Value{}
	for name, typ := range object.AttributeTypes {
		nulls[name] = tftypes.NewValue(typ, nil)
	}
	raw := tftypes.NewValue(object, nulls)
	var m model
	if d := m.get(raw); d.HasError() { // it panics where they do not match
		t.Fatal(d)
	}
	var again tftypes.Value
	if d := m.set(&again); d.HasError() || !again.Equal(raw) {
		t.Fatal(d, again)
	}
}

// TestDescriptions asks for a sentence for every attribute: the documentation is made of them.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	var sr resource.SchemaResponse
	NewResource().Schema(t.Context(), resource.SchemaRequest{}, &sr)
	for name, attribute := range sr.Schema.Attributes {
		if attribute.GetMarkdownDescription() == "" {
			t.Errorf("%s has no description", name)
		}
	}
}

// TestTopics: the page of the resource names every attribute that can be configured where people look for it by topic.
func TestTopics(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../templates/resources/function.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	_, topics, _ := strings.Cut(string(page), "## Arguments by topic")
	topics, _, _ = strings.Cut(topics, "\n## ")
	var sr resource.SchemaResponse
	NewResource().Schema(t.Context(), resource.SchemaRequest{}, &sr)
	for name, attribute := range sr.Schema.Attributes {
		named := strings.Contains(topics, "`"+name+"`")
		configurable := (attribute.IsOptional() || attribute.IsRequired()) && !slices.Contains(renamedNames(), name)
		if configurable != named {
			t.Errorf("%s: can be configured %t, named %t", name, configurable, named)
		}
	}
}

// TestSettingsRoundTrip fills every member of the wire's settings and demands that each is either managed by a facet,
// and then comes back from it, or carried along as foreign. A member that is neither would be reset by every write.
func TestSettingsRoundTrip(t *testing.T) {
	t.Parallel()
	var in functiongraph.FunctionSettings
	fill(reflect.ValueOf(&in).Elem())
	in.UserData = pointer(`{"k":"v"}`)
	in.EncryptedUserData = pointer(`{"secret":""}`) // values come from the configuration only
	in.CustomImage.UserID, in.CustomImage.GroupID = pointer("7"), pointer("8")
	in.DomainNames = pointer(`[{"id":"z","domain_name":"a.example"}]`)
	in.StrategyConfig.Concurrency = nil // has a call of its own, and is never sent here

	var m model
	m.EncryptedUserData = tfconv.StringMap(map[string]string{"secret": ""}) // is only read where it was configured
	m.fromAPI(&functiongraph.Function{FunctionSettings: in}, functiongraph.URN{})
	out := m.settingsToAPI(settingsFacets{}, foreign(in))
	if diff := cmp.Diff(in, out); diff != "" {
		t.Errorf("a member is lost between reading (-) and writing (+):\n%s", diff)
	}
}

// TestSettingsCleared removes every setting at once: what was set is cleared, each member as the contract says (3.4).
func TestSettingsCleared(t *testing.T) {
	t.Parallel()
	var in functiongraph.FunctionSettings
	fill(reflect.ValueOf(&in).Elem())
	in.UserData, in.DomainNames = pointer(`{"k":"v"}`), pointer(`[{"id":"z","domain_name":"a.example"}]`)
	in.EncryptedUserData = pointer(`{"secret":""}`)
	in.CustomImage.UserID, in.CustomImage.GroupID = pointer("7"), pointer("8")
	var prior model
	prior.EncryptedUserData = tfconv.StringMap(map[string]string{"secret": ""}) // is only read where it was configured
	prior.fromAPI(&functiongraph.Function{FunctionSettings: in}, functiongraph.URN{})
	var m model
	m.fromAPI(&functiongraph.Function{}, functiongraph.URN{})
	m.keep(model{}.settingsFacets, prior.settingsFacets)

	got := m.settingsToAPI(prior.settingsFacets, foreign(in))
	want := functiongraph.FunctionSettings{
		Runtime: "x", Handler: "x", Timeout: 7, MemorySize: 7,
		Description: pointer(""), UserData: pointer(""), UserDataKMSKeyID: pointer(""), AppAgency: pointer(""),
		EncryptedUserData: pointer(""),
		// xrole, gpu_type, gpu_memory and func_vpc are reset by leaving them out.
		PeeringCIDR: pointer(""), DomainNames: pointer(""),
		MountConfig: &functiongraph.MountConfig{
			User: functiongraph.MountUser{UserID: -1, UserGroupID: -1}, Mounts: []functiongraph.FunctionMount{},
		},
		NetworkController: &functiongraph.NetworkController{
			DisablePublicNetwork: pointer(false), TriggerAccessVPCs: []functiongraph.VPCRef{},
		},
		InitializerHandler: pointer(""), InitializerTimeout: pointer(int64(0)),
		PreStopHandler: pointer(""), PreStopTimeout: pointer(int64(0)),
		RestoreHookHandler: pointer(""), RestoreHookTimeout: pointer(int64(0)), HeartbeatHandler: pointer(""),
		EnableClassIsolation: pointer(false), EnableDynamicMemory: pointer(false), IsStatefulFunction: pointer(false),
		EnableAuthInHeader: pointer(false),
		// Kept: what the service fills in.
		EphemeralStorage: pointer(int64(7)), EnterpriseProjectID: pointer("x"),
		StrategyConfig: &functiongraph.StrategyConfig{ConcurrentNum: pointer(int64(7))},
		EnableLTSLog:   pointer(false), // with place and tags it would be refused
		CustomImage: &functiongraph.CustomImage{ // code that is not managed stays, its settings go
			Enabled: pointer(true), Image: "x", Command: pointer(""), Args: pointer(""), WorkingDir: pointer("/"),
			UserID: pointer("-1"), GroupID: pointer("-1"),
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("clearing differs (-want +got):\n%s", diff)
	}
	if !m.settingsDiffer(prior.settingsFacets) {
		t.Error("nothing would be sent")
	}
}

// TestSettingsNever: what was never set and never reported is never sent, and neither are zeros that say the same.
func TestSettingsNever(t *testing.T) {
	t.Parallel()
	zero := functiongraph.FunctionSettings{
		Description: pointer(""), UserData: pointer(""), GPUMemory: pointer(int64(0)), GPUType: pointer(""),
		EnableDynamicMemory: pointer(false), IsStatefulFunction: pointer(false), EnableAuthInHeader: pointer(false),
		EnableClassIsolation: pointer(false), VPC: &functiongraph.FunctionVPC{}, MountConfig: &functiongraph.MountConfig{},
		CustomImage: &functiongraph.CustomImage{}, NetworkController: &functiongraph.NetworkController{},
		EncryptedUserData: pointer("{}"), DomainNames: pointer("[]"), PeeringCIDR: pointer(""),
		InitializerHandler: pointer(""), InitializerTimeout: pointer(int64(0)), EphemeralStorage: pointer(int64(512)),
		EnterpriseProjectID: pointer("0"), EnableLTSLog: pointer(false), LTSCustomTag: map[string]string{},
		StrategyConfig: &functiongraph.StrategyConfig{ConcurrentNum: pointer(int64(-1))},
	}
	var m model
	m.fromAPI(&functiongraph.Function{FunctionSettings: zero}, functiongraph.URN{})
	got := m.settingsToAPI(settingsFacets{}, foreign(zero))
	// Requests per instance go along as soon as they are known: leaving them out may reset them, and instances with them.
	want := functiongraph.FunctionSettings{StrategyConfig: &functiongraph.StrategyConfig{ConcurrentNum: pointer(int64(1))}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("zeros are sent:\n%s", diff)
	}
}

func pointer[T any](v T) *T { return &v }

// fill sets every leaf to a value that is not its zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() { // what a test cannot set, JSON does not hold
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"x": "x"}))
	case reflect.String:
		v.SetString("x")
	case reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	}
}
