// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"context"
	"strings"
	"testing"

	fwdatasource "github.com/hashicorp/terraform-plugin-framework/datasource"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

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
	"depend_list": {[]any{"d", acctest.Unknown}, []string{
		"Here it is dependency_version_ids:", `dependency_version_ids = ["…"]`, "their order counts",
	}},
	"func_code": {"UEsDBA==", []string{"code.source_dir or code.inline:", `code = { zip_file = "orders.zip" }`, "not its content"}},
	"code_url":  {"https://b.obs/o", []string{"Here it is code.obs_url:", `code = { obs_url = "…" }`}},
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
	expectSilence(t, env)
}

// TestRenamed_apart: all that is refused is in the table above, and is nothing that a data source has. Nothing counts
// as deprecated. Each costs bytes in the state of every function, so that there are few.
func TestRenamed_apart(t *testing.T) {
	t.Parallel()
	const most = 8
	if len(renamedOnes) > most {
		t.Errorf("%d old names, want at most %d", len(renamedOnes), most)
	}
	var response fwresource.SchemaResponse
	tested.NewResource().Schema(t.Context(), fwresource.SchemaRequest{}, &response)
	data := dataSourceNames(t.Context())
	for name, attribute := range response.Schema.Attributes {
		if _, renamed := renamedOnes[name]; renamed != isRefused(attribute) || renamed && data[name] {
			t.Errorf("%s: in the table %t, refused %t, in the data source %t", name, renamed, isRefused(attribute), data[name])
		}
		if attribute.GetDeprecationMessage() != "" {
			t.Errorf("%s is deprecated", name)
		}
	}
	for name := range renamedOnes {
		if _, ok := response.Schema.Attributes[name]; !ok {
			t.Errorf("%s is not in the schema", name)
		}
	}
}

// isRefused says that an attribute takes nothing but null.
func isRefused(a schema.Attribute) bool {
	return strings.HasPrefix(a.GetMarkdownDescription(), "Refused: it is ")
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
