// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// OldTypes are the resource types whose states a resource takes over by a `moved` block. Each has the name of its
// provider before the first "_fgs_".
type OldTypes []string

// Taker makes a state of ours from the old one of a type. It asks nobody: no provider is configured while a state
// moves. What it cannot know, the read after it finds.
type Taker func(ctx context.Context, op *Operation, from string, old OldState, resp *resource.MoveStateResponse)

// Mover is what a resource answers to MoveState: the one mover for all types that it takes over. A provider is
// recognised by the last part of its address alone: a fork, a mirror and OpenTofu's registry have other hosts and
// namespaces. The identity is that of what take leaves. What is not in from is an error that says the other way.
func (r *Resource) Mover(from OldTypes, take Taker) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(
		ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse,
	) {
		op := r.Begin(Moving, &resp.Diagnostics)
		defer op.End(ctx)
		if !from.have(req.SourceProviderAddress, req.SourceTypeName) {
			op.Diags.AddError(op.Summary(), op.otherWay(from, req.SourceProviderAddress, req.SourceTypeName))
			return
		}
		old, err := parseOldState(req.SourceRawState.JSON)
		if err == nil && old.Text("id") == "" {
			err = fmt.Errorf("it has no id: apply with the old provider until there is nothing to do, and move it then")
		}
		if err != nil {
			op.FailWith("The state of "+req.SourceTypeName+" cannot be taken over.", err)
			return
		}
		if take(ctx, op, req.SourceTypeName, old, resp); op.Failed() {
			return
		}
		if resp.TargetIdentity != nil {
			op.Identify(&resp.TargetState, resp.TargetIdentity)
		}
	}}}
}

// have says that a type is one of them, and comes from the provider that its name says.
func (t OldTypes) have(address, typeName string) bool {
	provider, _, _ := strings.Cut(typeName, "_fgs_")
	for _, known := range t {
		if known == typeName {
			return address[strings.LastIndex(address, "/")+1:] == provider
		}
	}
	return false
}

// otherWay is what to do with a state that cannot be moved.
func (op *Operation) otherWay(from OldTypes, address, typeName string) string {
	ours := "fgs_" + op.noun.Type
	return fmt.Sprintf("%s takes over the states of %s, each of the provider that its name begins with. This one is of "+
		"%s from the provider %s. Another way is open to every state: forget the object under its old address, and import "+
		"it here, in one apply. Nothing is deleted or made by that:\n\n"+
		"  removed {\n    from = %s.x # the old address\n    lifecycle {\n      destroy = false\n    }\n  }\n\n"+
		"  import {\n    to = %s.x # the new address\n    id = \"…\" # as the documentation of %[5]s says\n  }",
		ours, joined(from), typeName, address, typeNameOr(typeName), ours)
}

// typeNameOr is the type in an address of the example.
func typeNameOr(typeName string) string {
	if typeName == "" {
		return "the_old_type"
	}
	return typeName
}

// joined joins names as a sentence does.
func joined(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// OldTimeouts are the timeouts that stand in an old state; null for none. names are those that ours has.
func OldTimeouts(old OldState, names ...string) timeouts.Value {
	in, as, values := old.Object("timeouts"), map[string]attr.Type{}, map[string]attr.Value{}
	given := false
	for _, name := range names {
		as[name], values[name] = types.StringType, types.StringNull()
		if text := in.Text(name); text != "" {
			values[name], given = types.StringValue(text), true
		}
	}
	if !given {
		return timeouts.Value{Object: types.ObjectNull(as)}
	}
	return timeouts.Value{Object: types.ObjectValueMust(as, values)}
}

// OldParts takes the id of a part of a function apart: the URN of the function, "/" and a name, which is what attribute
// has, too. The URN may end in :latest.
func OldParts(old OldState, attribute string) (function functiongraph.URN, name string, err error) {
	text, name, ok := strings.Cut(old.Text("id"), "/")
	if !ok || name == "" {
		return function, "", fmt.Errorf("its id is %q: expected the URN of a function, \"/\" and the %s", old.Text("id"),
			attribute)
	}
	function, err = functiongraph.ParseURN(text)
	return function.Function(), name, err
}
