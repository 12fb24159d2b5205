// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// dependenciesFacet holds the dependency packages. They are settings to the user, but the service takes them with the
// code (contract 3.6).
type dependenciesFacet struct {
	DependencyVersionIDs types.List `tfsdk:"dependency_version_ids"`
}

// maxDependencies is the service's bound (contract DV7).
const maxDependencies = 20

func dependenciesAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dependency_version_ids": schema.ListAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Ids of versions of dependency packages: libraries that are kept apart from the code and " +
				"shared by functions; at most 20. (Not the ids of the packages.) The order counts: the packages are unpacked " +
				"over one another, and are sent in this order. A change takes the code along where its file is at hand and " +
				"unchanged. Removing the attribute removes them from the function.",
			Validators: []validator.List{
				listvalidator.SizeAtMost(maxDependencies),
			},
		},
	}
}

// toAPI is the full list: nil, not sent, while there is and was none; empty to remove all.
func (m dependenciesFacet) toAPI(prior dependenciesFacet) []string {
	ids := tfconv.List(m.DependencyVersionIDs)
	if ids == nil && tfconv.List(prior.DependencyVersionIDs) != nil {
		return []string{}
	}
	return ids
}

func (m *dependenciesFacet) fromAPI(in *functiongraph.Function) {
	m.DependencyVersionIDs = tfconv.ShownList(m.DependencyVersionIDs, in.DependVersionList)
}

// differs says that the list has to be sent: the order counts (contract DV9).
func (m dependenciesFacet) differs(current dependenciesFacet) bool {
	return !slices.Equal(tfconv.List(m.DependencyVersionIDs), tfconv.List(current.DependencyVersionIDs))
}

// withoutCode is an update of the dependencies alone: it names the code as it is, and comes without it (contract 3.6).
// The file name is sent where the documents ask for one (zip and jar), and for inline code, which may have a name of
// its own.
func withoutCode(codeType, filename, url string, ids []string) functiongraph.Code {
	code := functiongraph.Code{Type: codeType, DependVersionIDs: ids}
	switch codeType {
	case typeInline, typeZip, typeJar:
		code.Filename = filename
	case typeOBS:
		code.URL = url
	}
	return code
}
