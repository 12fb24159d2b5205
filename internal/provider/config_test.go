// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// complete is an environment with which an empty block works.
func complete() map[string]string {
	return map[string]string{"HW_REGION_NAME": "cn-north-4", "HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "SK"}
}

func with(pairs ...string) map[string]string {
	environment := complete()
	for i := 0; i < len(pairs); i += 2 {
		environment[pairs[i]] = pairs[i+1]
	}
	return environment
}

func TestResolve(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		block       model
		environment map[string]string
		want        functiongraph.Config
	}{
		"environment alone": {
			model{}, complete(),
			functiongraph.Config{Region: "cn-north-4", MaxRetries: 5},
		},
		"block wins over the environment": {
			model{
				Region: types.StringValue("ap-southeast-1"), AccessKey: types.StringValue("ak"),
				SecretKey: types.StringValue("sk"), ProjectID: types.StringValue("p"), ProjectName: types.StringValue("pn"),
				Endpoint: types.StringValue("https://f.example"), IAMEndpoint: types.StringValue("https://i.example"),
				Insecure: types.BoolValue(false), CACertFile: types.StringValue("ca"), MaxRetries: types.Int64Value(0),
			},
			with("HW_PROJECT_ID", "q", "HW_PROJECT_NAME", "qn", "FGS_ENDPOINT", "https://x", "FGS_IAM_ENDPOINT", "https://y",
				"HW_INSECURE", "true", "HW_CACERT", "cb", "HW_MAX_RETRIES", "9"),
			functiongraph.Config{
				Region: "ap-southeast-1", ProjectID: "p", ProjectName: "pn",
				Endpoint: "https://f.example", IAMEndpoint: "https://i.example", CACertFile: "ca",
			},
		},
		"all from the environment": {
			model{},
			with("HW_SECURITY_TOKEN", "ST", "HW_PROJECT_ID", "q", "HW_PROJECT_NAME", "qn", "FGS_ENDPOINT", "https://x",
				"HW_AUTH_URL", "https://y", "HW_INSECURE", "true", "HW_CACERT", "cb", "HW_MAX_RETRIES", "9"),
			functiongraph.Config{
				Region: "cn-north-4", ProjectID: "q", ProjectName: "qn",
				Endpoint: "https://x", IAMEndpoint: "https://y", Insecure: true, CACertFile: "cb", MaxRetries: 9,
			},
		},
		"own IAM variable before the shared one": {
			model{}, with("FGS_IAM_ENDPOINT", "https://mine", "HW_AUTH_URL", "https://theirs"),
			functiongraph.Config{
				Region: "cn-north-4", IAMEndpoint: "https://mine", MaxRetries: 5,
			},
		},
		"by the variables of other tools": {
			model{}, map[string]string{
				"OS_REGION_NAME": "eu-de", "OS_ACCESS_KEY": "AK", "OS_SECRET_KEY": "SK", "OS_TENANT_ID": "t",
				"OS_TENANT_NAME": "tn",
				"OS_AUTH_URL":    "https://iam.example/v3", "OS_INSECURE": "true", "OS_CACERT": "ca",
				"HW_CLOUD": "otc.t-systems.com",
			},
			functiongraph.Config{
				Region: "eu-de", ProjectID: "t", ProjectName: "tn", IAMEndpoint: "https://iam.example/v3", Insecure: true,
				CACertFile: "ca", Cloud: "otc.t-systems.com", MaxRetries: 5,
			},
		},
		"their order": {
			model{}, with("OS_REGION_NAME", "x", "HW_PROJECT_NAME", "p", "OS_PROJECT_ID", "q", "OS_TENANT_ID", "r",
				"OS_PROJECT_NAME", "s", "HW_AUTH_URL", "https://y", "OS_AUTH_URL", "https://z"),
			functiongraph.Config{
				Region: "cn-north-4", ProjectID: "q", ProjectName: "p", IAMEndpoint: "https://y", MaxRetries: 5,
			},
		},
		"cloud in the block": {
			model{Cloud: types.StringValue("a.example")}, with("HW_CLOUD", "b.example"),
			functiongraph.Config{Region: "cn-north-4", Cloud: "a.example", MaxRetries: 5},
		},
		"no region with endpoint and project": {
			model{}, with("HW_REGION_NAME", "", "FGS_ENDPOINT", "http://127.0.0.1:8787", "HW_PROJECT_ID", "p"),
			functiongraph.Config{
				Endpoint: "http://127.0.0.1:8787", ProjectID: "p", MaxRetries: 5,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			got, _ := test.block.resolve(func(v string) string { return test.environment[v] }, &diags)
			if diags.HasError() {
				t.Fatal(diags)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("resolve =\n %+v, want\n %+v", got, test.want)
			}
		})
	}
}

// TestResolve_rejects: each error stands at its attribute and names the variable that would do as well.
func TestResolve_rejects(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		block       model
		environment map[string]string
		attribute   string
		names       string
	}{
		"no region": {model{}, with("HW_REGION_NAME", ""), "region", "HW_REGION_NAME"},
		"no region, no id": {
			model{}, with("HW_REGION_NAME", "", "FGS_ENDPOINT", "https://x"), "region", "HW_REGION_NAME",
		},
		"region in capitals":    {model{Region: types.StringValue("CN-North-4")}, complete(), "region", `"cn-north-4"`},
		"capitals, by variable": {model{}, with("HW_REGION_NAME", "CN-North-4"), "region", "HW_REGION_NAME"},
		"availability zone":     {model{}, with("HW_REGION_NAME", "cn-north-4a"), "region", `like "cn-north-4"`},
		"name of a region":      {model{}, with("HW_REGION_NAME", "CN North-Beijing4"), "region", `like "cn-north-4"`},
		"region with a blank":   {model{}, with("HW_REGION_NAME", "cn-north-4 "), "region", `like "cn-north-4"`},
		"region as an address":  {model{}, with("HW_REGION_NAME", "cn-north-4.myhuaweicloud.com"), "region", "no region"},
		"access key alone":      {model{}, with("HW_SECRET_KEY", ""), "secret_key", "HW_SECRET_KEY"},
		"secret key alone":      {model{}, with("HW_ACCESS_KEY", ""), "access_key", "HW_ACCESS_KEY"},
		"security token alone": {
			model{}, with("HW_ACCESS_KEY", "", "HW_SECRET_KEY", "", "HW_SECURITY_TOKEN", "x"), "access_key", "HW_ACCESS_KEY",
		},
		"both in the environment": {
			model{}, with("HW_AUTH_TOKEN", "T"), "token", "HW_AUTH_TOKEN",
		},
		"both in the block": {
			model{Token: types.StringValue("T"), AccessKey: types.StringValue("a"), SecretKey: types.StringValue("s")},
			complete(), "token", "access_key",
		},
		"http elsewhere": {
			model{Endpoint: types.StringValue("http://fgs.example.com")}, complete(), "endpoint", "FGS_ENDPOINT",
		},
		"http elsewhere, IAM": {model{}, with("HW_AUTH_URL", "http://iam.example.com"), "iam_endpoint", "FGS_IAM_ENDPOINT"},
		"no URL":              {model{Endpoint: types.StringValue("127.0.0.1:8787")}, complete(), "endpoint", "FGS_ENDPOINT"},
		"no cloud":            {model{}, with("HW_CLOUD", "https://x.example"), "cloud", "HW_CLOUD"},
		"no cloud, block":     {model{Cloud: types.StringValue("x/y")}, complete(), "cloud", "HW_CLOUD"},
		"http elsewhere, STS": {
			model{}, with("FGS_STS_ENDPOINT", "http://sts.example.com"), "sts_endpoint", "FGS_STS_ENDPOINT",
		},
		"insecure":    {model{}, with("HW_INSECURE", "maybe"), "insecure", "HW_INSECURE"},
		"max retries": {model{}, with("HW_MAX_RETRIES", "101"), "max_retries", "HW_MAX_RETRIES"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			test.block.resolve(func(v string) string { return test.environment[v] }, &diags)
			if diags.ErrorsCount() != 1 {
				t.Fatalf("want one error, got %v", diags)
			}
			at, ok := diags[0].(diag.DiagnosticWithPath)
			if !ok || !at.Path().Equal(path.Root(test.attribute)) {
				t.Errorf("the error is not at %s: %v", test.attribute, diags)
			}
			if !strings.Contains(diags[0].Detail(), test.names) {
				t.Errorf("the error does not name %s: %s", test.names, diags[0].Detail())
			}
		})
	}
}

// TestCheckRegion: regions of the vendor and of its partners are taken.
func TestCheckRegion(t *testing.T) {
	t.Parallel()
	for _, region := range []string{
		"cn-north-4", "cn-east-3", "cn-southwest-2", "ap-southeast-1", "la-north-2", "na-mexico-1", "my-kualalumpur-1",
		"eu-west-101",
		"ae-ad-1", "eu-de", "eu-ch2", "tr-west-1", "cn-north-219", "",
	} {
		var diags diag.Diagnostics
		if checkRegion(&diags, region); len(diags) > 0 {
			t.Errorf("%s: %v", region, diags)
		}
	}
}

// TestTakeMissing: what is merely missing is for the first request, unless something is wrong as well.
func TestTakeMissing(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	model{}.resolve(func(string) string { return "" }, &diags)
	diags.AddWarning("kept", "")
	if taken := takeMissing(&diags); len(taken) != 1 || len(diags) != 1 {
		t.Errorf("taken %v, left %v", taken, diags)
	}
	model{}.resolve(func(name string) string { return map[string]string{"HW_ACCESS_KEY": "x"}[name] }, &diags)
	if taken := takeMissing(&diags); len(taken) != 0 || !diags.HasError() {
		t.Errorf("taken %v, left %v", taken, diags)
	}
}

// TestConnection_enterpriseProject: while the provider's is not known, the environment's is not promised in its place.
func TestConnection_enterpriseProject(t *testing.T) {
	t.Parallel()
	fromEnvironment := func(name string) string { return map[string]string{"HW_ENTERPRISE_PROJECT_ID": "env"}[name] }
	for name, test := range map[string]struct {
		configured types.String
		want       string
	}{"unknown": {types.StringUnknown(), ""}, "none": {types.StringNull(), "env"}, "empty": {types.StringValue(""), "env"},
		"own": {types.StringValue("x"), "x"}} {
		c := (model{EnterpriseProjectID: test.configured}).connection(fromEnvironment)
		if got := c.EnterpriseProjectID; got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestConnection_unknown(t *testing.T) {
	t.Parallel()
	m := model{Token: types.StringUnknown(), DefaultTags: types.MapUnknown(types.StringType)}
	c := m.connection(func(v string) string { return complete()[v] })
	if !reflect.DeepEqual(c.Unknown, []string{"token"}) || !c.DefaultTagsUnknown || c.Ready() != nil {
		t.Errorf("connection = %+v, want token and default tags unknown, and no client", c)
	}
	if known := (model{}).connection(func(string) string { return "" }); known.DefaultTagsUnknown {
		t.Error("absent default tags count as unknown")
	}
	var diags diag.Diagnostics
	(&connection.Connection{Unknown: []string{"token"}}).FailUnknown(&diags, "Reading")
	if !strings.Contains(diags[0].Detail(), "token") {
		t.Errorf("the error does not name the attribute: %v", diags)
	}
}

// TestModelCoversSchema: an attribute without a field would be lost silently here, since nothing sets the model.
func TestModelCoversSchema(t *testing.T) {
	t.Parallel()
	s := providerSchema()
	if d := s.ValidateImplementation(t.Context()); d.HasError() {
		t.Fatal(d)
	}
	fields := reflect.TypeFor[model]()
	if fields.NumField() != len(s.Attributes) {
		t.Errorf("%d fields for %d attributes", fields.NumField(), len(s.Attributes))
	}
	for i := range fields.NumField() {
		name := fields.Field(i).Tag.Get("tfsdk")
		if _, ok := s.Attributes[name]; !ok {
			t.Errorf("no attribute %q", name)
		}
		if name != "default_tags" && len(environment[name]) == 0 {
			t.Errorf("%s has no environment variable", name)
		}
	}
	if got := len((model{}).needed()); got != len(environment) {
		t.Errorf("needed() lists %d attributes, the environment %d", got, len(environment))
	}
}

// TestServer_schema: the server answers with all that the provider has and without an error.
func TestServer_schema(t *testing.T) {
	t.Parallel()
	server := NewServer(t.Context(), "test")
	resp, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || len(resp.Diagnostics) > 0 {
		t.Fatal(err, resp.Diagnostics)
	}
	if len(resp.ResourceSchemas) != 9 || len(resp.DataSourceSchemas) != 11 || len(resp.Functions) != 3 ||
		len(resp.ActionSchemas) != 1 || len(resp.EphemeralResourceSchemas) != 1 {
		t.Errorf("got %d resources, %d data sources and %d functions", len(resp.ResourceSchemas), len(resp.DataSourceSchemas),
			len(resp.Functions))
	}
}

// TestGuard: a panic below the server is a diagnostic, and what was known stays.
func TestGuard(t *testing.T) {
	t.Parallel()
	prior := &tfprotov6.DynamicValue{MsgPack: []byte{1}}
	g := &guard{} // its server is nil: every call panics
	ctx := t.Context()
	answers := map[string][]*tfprotov6.Diagnostic{}
	if resp, err := g.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{PriorState: prior}); err == nil {
		answers["apply"] = resp.Diagnostics
		if resp.NewState != prior {
			t.Error("apply loses the prior state")
		}
	}
	if resp, err := g.ReadResource(ctx, &tfprotov6.ReadResourceRequest{CurrentState: prior}); err == nil {
		answers["read"] = resp.Diagnostics
		if resp.NewState != prior {
			t.Error("read loses the state")
		}
	}
	if resp, err := g.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{PriorState: prior}); err == nil {
		answers["plan"] = resp.Diagnostics
	}
	if resp, err := g.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{}); err == nil {
		answers["import"] = resp.Diagnostics
	}
	if resp, err := g.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{}); err == nil {
		answers["data"] = resp.Diagnostics
	}
	if resp, err := g.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{}); err == nil {
		answers["validate"] = resp.Diagnostics
	}
	if resp, err := g.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{}); err == nil {
		answers["configure"] = resp.Diagnostics
	}
	if resp, err := g.CallFunction(ctx, &tfprotov6.CallFunctionRequest{}); err != nil ||
		!strings.Contains(resp.Error.Text, "a defect") {
		t.Errorf("function: %v, %v", resp, err)
	}
	if resp, err := g.OpenEphemeralResource(ctx, &tfprotov6.OpenEphemeralResourceRequest{}); err == nil {
		answers["open"] = resp.Diagnostics
	}
	if resp, err := g.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{}); err == nil {
		answers["validate action"] = resp.Diagnostics
	}
	if resp, err := g.PlanAction(ctx, &tfprotov6.PlanActionRequest{}); err == nil {
		answers["plan action"] = resp.Diagnostics
	}
	if resp, err := g.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{}); err == nil {
		for event := range resp.Events {
			if end, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
				answers["invoke"] = end.Diagnostics
			}
		}
	}
	for _, operation := range []string{"apply", "read", "plan", "import", "data", "validate", "configure", "open",
		"validate action", "plan action", "invoke"} {
		d := answers[operation]
		if len(d) != 1 || d[0].Severity != tfprotov6.DiagnosticSeverityError || d[0].Summary != "Provider Panic" {
			t.Errorf("%s: diagnostics %v", operation, d)
		}
	}
}
