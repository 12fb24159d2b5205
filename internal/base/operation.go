// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Operation is what Terraform asks for one object. Its steps, of which not each operation has all:
//
//	op := r.Begin(base.Updating, &resp.Diagnostics)
//	defer op.End(ctx)
//	plan := record().From(req.Plan.Raw, op.Diags)
//	prior := record().From(req.State.Raw, op.Diags)
//	urn := base.ParseID(op, prior.ID, aliasURN)
//	ctx, done, ok := op.InTurn(ctx, urn, plan.Timeouts.Update)
//	if !ok {
//		return
//	}
//	defer done()
//
// From here on the resource does its own. None of the steps before InTurn (of a read, Refresh; of what needs no turn,
// Within; of what makes no request, Ready) ends the operation: all that is wrong is said at once.
type Operation struct {
	Client *functiongraph.Client // nil, as long as Ready and what includes it have not said that it is there
	Diags  *diag.Diagnostics

	noun       Noun
	verb       Verb
	connection *connection.Connection
	limit      limit
}

// limit is how long an operation may take that the configuration can give more time.
type limit struct {
	within time.Duration
	until  time.Time // zero for none
}

// Verb is what an operation does, in the forms that messages need.
type Verb struct{ infinitive, gerund, noun, done string }

// What operations do.
var (
	Creating   = Verb{"Create", "Creating", "Creation", "created"}
	Reading    = Verb{"Read", "Reading", "Reading", "read"}
	Updating   = Verb{"Update", "Updating", "Update", "updated"}
	Deleting   = Verb{"Delete", "Deleting", "Deletion", "deleted"}
	Importing  = Verb{"Import", "Importing", "Import", "imported"}
	Moving     = Verb{"Move", "Moving", "Move", "moved"}
	Planning   = Verb{"Plan", "Planning", "Planning", "planned"}
	Validating = Verb{"Validate", "Validating", "Validation", "validated"}
	Publishing = Verb{"Publish", "Publishing", "Publication", "published"}
	Calling    = Verb{"Call", "Calling", "Call", "called"}

	listing = Verb{"List", "Listing", "Listing", "listed"}
)

func begin(noun Noun, verb Verb, c *connection.Connection, diags *diag.Diagnostics) *Operation {
	return &Operation{Client: c.Ready(), Diags: diags, noun: noun, verb: verb, connection: c}
}

// As is the operation under another verb: an update may create.
func (op *Operation) As(verb Verb) *Operation {
	other := *op
	other.verb = verb
	return &other
}

// End is deferred. It makes an error of a panic, which would end the provider and all that it does beside this.
func (op *Operation) End(ctx context.Context) {
	if v := recover(); v != nil {
		op.panicked(ctx, v)
	}
}

func (op *Operation) panicked(ctx context.Context, v any) {
	diagnose.Panic(ctx, v, strings.ToLower(op.verb.gerund)+" "+op.noun.Text, op.Diags)
}

// Add takes over diagnostics.
func (op *Operation) Add(diags diag.Diagnostics) { op.Diags.Append(diags...) }

// Failed says that there is an error.
func (op *Operation) Failed() bool { return op.Diags.HasError() }

// ParseID parses the id in a state.
func ParseID[T any](op *Operation, id types.String, parse func(string) (T, error)) T {
	parsed, err := parse(id.ValueString())
	if err != nil {
		op.Fail(id.ValueString(), err)
	}
	return parsed
}

// FunctionURN is the function that function_urn of a plan names.
func (op *Operation) FunctionURN(planned types.String) functiongraph.URN {
	urn, err := functiongraph.ParseURN(planned.ValueString())
	if err != nil {
		op.Diags.AddAttributeError(path.Root("function_urn"), "Invalid Function URN", err.Error())
	}
	return urn.Function()
}

// Ready says that nothing has failed and that there is a client; where there is none, that is an error.
func (op *Operation) Ready() bool {
	if !op.Failed() && op.Client == nil {
		op.connection.FailUnknown(op.Diags, op.verb.gerund+" "+op.noun.Text)
	}
	return !op.Failed()
}

// Refresh begins the requests of a read: it is Within the default time, but a provider that is not configured yet is a
// warning, and leaves the state as it is.
func (op *Operation) Refresh(ctx context.Context) (_ context.Context, done func(), ok bool) {
	if op.Client == nil && !op.Failed() {
		op.connection.WarnUnknown(op.Diags)
		return ctx, func() {}, false
	}
	return op.Within(ctx, nil)
}

// Within begins the requests of what needs no turn. timeout is a method of the timeouts in the configuration, or nil
// for the default. done has to be called if ok.
func (op *Operation) Within(ctx context.Context, timeout Timeout) (_ context.Context, done func(), ok bool) {
	within := op.Timeout(ctx, timeout)
	if !op.Ready() {
		return ctx, func() {}, false
	}
	ctx, done = context.WithTimeout(ctx, within)
	op.begins(timeout, within)
	return ctx, done, true
}

// InTurn begins the requests of what changes a function or a part of it, as Within does: see the function InTurn.
func (op *Operation) InTurn(
	ctx context.Context, urn functiongraph.URN, timeout Timeout,
) (_ context.Context, done func(), ok bool) {
	within := op.Timeout(ctx, timeout)
	if !op.Ready() {
		return ctx, func() {}, false
	}
	turn, done, err := InTurn(ctx, op.Client, urn, within)
	if err != nil {
		op.FailWith(op.verb.gerund+" "+urn.String()+" did not begin.", err)
		return ctx, done, false
	}
	op.begins(timeout, within)
	return turn, done, true
}

func (op *Operation) begins(timeout Timeout, within time.Duration) {
	if timeout != nil {
		op.limit = limit{within, time.Now().Add(within)}
	}
}

// Timeout is how long the operation may take: see Within.
func (op *Operation) Timeout(ctx context.Context, timeout Timeout) time.Duration {
	if timeout == nil {
		return DefaultTimeout
	}
	within, diags := timeout(ctx, DefaultTimeout)
	op.Add(diags)
	return within
}
