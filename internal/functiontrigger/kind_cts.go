// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// maxOperations is that of the code FSS.1313.
const maxOperations = 100

var ctsKind = kind{
	name:  "cts",
	doc:   "Calls the function when somebody does something in the account, which Cloud Trace Service has to be on for.",
	codes: []string{"CTS"},
	members: []member{
		need("name", "name", "Name, up to 64 letters, digits and `_`: no other of the project has it.",
			stringvalidator.LengthAtMost(64),
			stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z0-9_]+$`), "must consist of letters, digits and '_'")),
		{name: "operations", wire: []string{"operations"}, attribute: schema.SetAttribute{
			Required: true, ElementType: types.StringType,
			MarkdownDescription: "What is done: service, resources and operations, for example " +
				"`FunctionGraph:Functions:createFunction`; several are separated by `;`.",
			Validators: []validator.Set{
				setvalidator.SizeBetween(1, maxOperations), setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(stringvalidator.RegexMatches(
					regexp.MustCompile(`^[^:;]+:[^:;]+(;[^:;]+)*:[^:;]+(;[^:;]+)*$`),
					"must be <service>:<resource>[;…]:<operation>[;…]")),
			},
		}},
	},
	gap:      eventsAreLost,
	unique:   [][]string{{"name"}},
	noSwitch: true,
}
