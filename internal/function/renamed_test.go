// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"context"
	"strings"
	"testing"

	fwdatasource "github.com/hashicorp/terraform-plugin-framework/datasource"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	tested "github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// renamedOnes are the old names that are refused, with a value as configurations of the huaweicloud provider have it,
// and what the error has to say.
var renamedOnes = map[string]struct {
	value any
	says  []string
}{
	"app":                   {"default", []string{"Here it is package:", `package = "…"`}},
	"functiongraph_version": {"v2", []string{"Here it is type:", `type = "v2"`}},
	"xrole":                 {"deployer", []string{"Here it is agency:", `agency = "…"`}},
	"vpc_id":                {"", []string{"Here it is vpc.vpc_id:", `vpc = { vpc_id = "…", subnet_id = "…" }`}},
	"network_id":            {"subnet", []string{"Here it is vpc.subnet_id:", `subnet_id = "…" }`}},
	"initializer_handler":   {"a.b", []string{"Here it is initializer.handler:", `initializer = { handler = "…"`}},
	"initializer_timeout":   {"10", []string{"Here it is initializer.timeout:", `timeout = 30 }`}},
	"log_group_id":          {"g", []string{"Here it is log.group_id:", `log = { group_id = "…"`}},
	"log_stream_id":         {"s", []string{"Here it is log.stream_id:", `stream_id = "…" }`}},
	"depend_list": {[]any{"d", acctest.Unknown}, []string{
		"Here it is dependency_version_ids:", `dependency_version_ids = ["…"]`, "their order counts",
	}},
	"func_code": {"UEsDBA==", []string{"code.source_dir or code.inline:", `code = { zip_file = "orders.zip" }`, "not its content"}},
	"code_url":  {"https://b.obs/o", []string{"Here it is code.obs_url:", `code = { obs_url = "…" }`}},
	"custom_image": {map[string]any{"url": "swr", "command": acctest.Unknown}, []string{
		"Here it is code.image and image_config:", `code         = { image = "…" }`, `image_config = { command = ["…"]`,
	}},
}

// TestRenamed: an old name is refused, whatever its value is and also before that is known, where it stands, with the
// name that it has here, an example, and the guide. Nothing else is said of it. It may be null, as a module passes it.
func TestRenamed(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	p := env.Protocol(t)
	for name, old := range renamedOnes {
		says := append([]string{name + " is what the huaweicloud provider has.", "Coming from the huaweicloud provider"},
			old.says...)
		for _, value := range []any{old.value, acctest.Unknown} {
			expectOne(t, p.Validate("fgs_function", with(attributes{name: value})), "ERROR", name,
				"Attribute Has Another Name", says...)
		}
		expectNone(t, p.Validate("fgs_function", with(attributes{name: nil})))
	}
	expectOne(t, p.Validate("fgs_function", with(attributes{"depend_list": []any{}})), "ERROR", "depend_list",
		"Attribute Has Another Name")
	expectOne(t, p.Validate("fgs_function", with(attributes{"custom_image": attributes{}})), "ERROR", "custom_image",
		"Attribute Has Another Name")
	expectSilence(t, env)
}

// TestRenamed_apart: all that is refused is in the table above, counts as deprecated, which keeps it out of generated
// configurations, and is nothing that a data source has. What works is never deprecated. Each costs bytes in the state
// of every function, so that there are few.
func TestRenamed_apart(t *testing.T) {
	t.Parallel()
	const most = 13
	if len(renamedOnes) > most {
		t.Errorf("%d old names, want at most %d", len(renamedOnes), most)
	}
	var schema fwresource.SchemaResponse
	tested.NewResource().Schema(t.Context(), fwresource.SchemaRequest{}, &schema)
	deprecated := map[string]string{}
	for name, attribute := range schema.Schema.Attributes {
		deprecated[name] = attribute.GetDeprecationMessage()
	}
	for name, block := range schema.Schema.Blocks {
		deprecated[name] = block.GetDeprecationMessage()
	}
	data := dataSourceNames(t.Context())
	for name, message := range deprecated {
		_, renamed := renamedOnes[name]
		if renamed != (message != "") || renamed && !strings.HasPrefix(message, "Refused: it is ") {
			t.Errorf("%s: in the table %t, deprecated %q", name, renamed, message)
		}
		if renamed && data[name] {
			t.Errorf("%s is an attribute of the data source", name)
		}
	}
	for name := range renamedOnes {
		if _, ok := deprecated[name]; !ok {
			t.Errorf("%s is not in the schema", name)
		}
	}
}

func dataSourceNames(ctx context.Context) map[string]bool {
	var schema fwdatasource.SchemaResponse
	tested.NewDataSource().Schema(ctx, fwdatasource.SchemaRequest{}, &schema)
	names := map[string]bool{}
	for name := range schema.Schema.Attributes {
		names[name] = true
	}
	return names
}
