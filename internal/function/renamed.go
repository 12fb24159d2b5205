// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// renamed is an attribute that many configurations of the huaweicloud provider have, and that has another name here.
// It is in the schema for one thing: an error that says the new name. The CLI itself refuses a name that is not in the
// schema before it asks a provider, and cannot say more than that.
//
// Whatever is configured is refused, so it is null in every plan and state, and the model has no field for it. That
// null is 22 bytes and the name in the state of each function; so only the most frequent names are here. The guide
// "Coming from the huaweicloud provider" has all of them. They do not count as deprecated: OpenTofu would warn of each
// wherever a configuration uses a function as a whole, as in for_each = fgs_function.all.
type renamed struct {
	name  string // there; oldAttributes says where it is here
	write string // how that is written, in HCL
}

// renamedTexts are attributes with a text there, or a number, which an attribute for texts takes, too.
var renamedTexts = []renamed{
	{"app", `package = "…"`},
	{"functiongraph_version", `type = "v2"`},
	{"xrole", `agency = "…"`},
	{"vpc_id", `vpc = { vpc_id = "…", subnet_id = "…" }`},
	{"network_id", `vpc = { vpc_id = "…", subnet_id = "…" }`},
	{"func_code", `code = { zip_file = "orders.zip" } # the path of the file, not its content`},
	{"code_url", `code = { obs_url = "…" }`},
}

// renamedList is a list of texts there.
var renamedList = renamed{"depend_list", `dependency_version_ids = ["…"] # the same ids; their order counts`}

// refusedMark begins the description of each: the pages of the documentation have them apart.
const refusedMark = "Refused: "

// renamedAttributes are those of the schema that are always refused.
func renamedAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		renamedList.name: schema.ListAttribute{
			Optional: true, ElementType: types.StringType, Validators: []validator.List{refusal(renamedList)},
			MarkdownDescription: renamedList.about(),
		},
	}
	for _, r := range renamedTexts {
		attributes[r.name] = schema.StringAttribute{
			Optional: true, Validators: []validator.String{refusal(r)},
			MarkdownDescription: r.about(),
		}
	}
	return attributes
}

// renamedOnes are all of them.
func renamedOnes() []renamed { return append([]renamed{renamedList}, renamedTexts...) }

// renamedNames are the names of renamedOnes.
func renamedNames() (names []string) {
	for _, r := range renamedOnes() {
		names = append(names, r.name)
	}
	return names
}

// now is where it is written here.
func (r renamed) now() string {
	for _, old := range oldAttributes {
		if old.name == r.name {
			return old.now
		}
	}
	return ""
}

func (r renamed) about() string { return refusedMark + "it is " + r.now() + " here." }

// refusal refuses whatever is configured, known or not.
type refusal renamed

func (refusal) Description(context.Context) string             { return "must not be configured" }
func (v refusal) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (v refusal) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	v.refuse(req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (v refusal) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	v.refuse(req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (v refusal) refuse(at path.Path, configured attr.Value, diags *diag.Diagnostics) {
	if configured.IsNull() {
		return
	}
	diags.AddAttributeError(at, "Attribute Has Another Name", renamed(v).says())
}

// says is what the error says.
func (r renamed) says() string {
	return fmt.Sprintf("%s is what the huaweicloud provider has. Here it is %s:\n\n  %s\n\n"+
		"The guide \"Coming from the huaweicloud provider\" has all the names.", r.name, r.now(), r.write)
}
