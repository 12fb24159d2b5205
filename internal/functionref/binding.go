// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionref

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
)

// Binding compares what something is to be bound to with what it was bound to.
type Binding int

// What becomes of a binding.
const (
	Bound     Binding = iota // to the same
	Maybe                    // that is not known yet, or a function that is made anew in the place of the same
	Remade                   // to a function that this run has made, or to another version or alias of the same
	Elsewhere                // to another function, or, in a plan, to another version or alias
)

// Compare says what becomes of something with an id, by the function_urn that is planned and the prior one. An
// unrelated depends_on makes a URN unknown that stays what it is, so that unknown is planned in place; what comes to
// light in an apply is followed there, as long as the function stays or is the one that took its place.
func Compare(c *connection.Connection, planned, prior, id types.String) Binding {
	if planned.IsUnknown() {
		return Maybe
	}
	to, err := ParseBound(planned.ValueString())
	from, errFrom := ParseBound(prior.ValueString())
	late := c.Applies(id.ValueString())
	switch {
	case err != nil || errFrom != nil: // validation has said so
		return Elsewhere
	case c.Created(to.Function().String()):
		return Remade
	case to == from && !late && c.Planned(to):
		return Maybe
	case to == from:
		return Bound
	case to.Function() == from.Function() && late:
		return Remade
	}
	return Elsewhere
}

// ReplacedLate ends an apply in which function_urn turns out to be another one, which cannot be followed.
func ReplacedLate(op *base.Operation, planned, prior types.String) {
	op.ReplacedLate(path.Root("function_urn"),
		fmt.Sprintf("is %s, not %s", planned.ValueString(), prior.ValueString()))
}
