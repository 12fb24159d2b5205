// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Create makes the alias.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	op := r.Begin(base.Creating, &resp.Diagnostics)
	defer op.End(ctx)
	defer op.Identify(&resp.State, resp.Identity)
	plan := record().From(req.Plan.Raw, op.Diags)
	r.make(ctx, op, plan, plan.Timeouts.Create, &resp.State, resp.Private)
}

// make makes the alias by one call, and reads it.
func (r *Resource) make(
	ctx context.Context, op *base.Operation, plan model, timeout base.Timeout, state *tfsdk.State,
	private base.PrivateState,
) {
	urn := op.FunctionURN(plan.FunctionURN).WithQualifier("!" + plan.Name.ValueString())
	ctx, done, ok := op.InTurn(ctx, urn, timeout)
	if !ok {
		return
	}
	defer done()
	var created *functiongraph.Alias
	err := turn{r.Connection, op.Client, urn, plan.Version.ValueString()}.write(ctx,
		func(ctx context.Context) (err error) {
			created, err = send(ctx, op.Client, urn, plan)
			return err
		})
	if err != nil {
		failure{op, urn, plan, true}.tell(ctx, err)
		return
	}
	answer, first := plan, plan
	op.Add(answer.fromAPI(created, urn))
	first.fill(answer)
	op.Add(record().Set(&state.Raw, &first))
	finish(ctx, op, reading{op.Client, urn, private}, &plan, answer)
	op.Add(record().Set(&state.Raw, &plan))
}

// send makes the call that creates. After a lost answer what is there decides: an alias that is as it was sent, and was
// made since, is ours.
func send(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, plan model,
) (*functiongraph.Alias, error) {
	post := func(ctx context.Context) (*functiongraph.Alias, error) {
		return client.CreateAlias(ctx, urn.Function(), urn.Alias(), plan.toAPI(model{}))
	}
	lookup := func(ctx context.Context, since time.Time) (*functiongraph.Alias, error) {
		got, err := client.Alias(ctx, urn.Function(), urn.Alias())
		if err == nil && plan.strategy() != nil && len(got.AdditionalVersionStrategy) == 0 {
			err = reading{client: client, urn: urn}.fromList(ctx, got)
		}
		switch {
		case isGone(err):
			return nil, nil
		case err != nil:
			return nil, err
		}
		read := plan
		if read.fromAPI(got, urn).HasError() || read.sends(plan) || !client.MadeSince(got.LastModified, since) {
			return nil, base.ExistsError{ID: urn.String()}
		}
		return got, nil
	}
	return functiongraph.SendOnce(ctx, client, post, lookup)
}

// failure explains what the service refuses of an alias.
type failure struct {
	op       *base.Operation
	urn      functiongraph.URN
	plan     model
	creating bool
}

func (f failure) tell(ctx context.Context, err error) {
	summary, sentence, diags := f.op.Summary(), f.op.Sentence(f.urn.String()), f.op.Diags
	var held errHeld
	aliased := errors.As(err, &held)
	switch {
	case base.IsExists(err), functiongraph.HasCode(err, functiongraph.CodeAliasExists),
		f.creating && aliased && held.by == f.urn.Alias():
		f.op.Exists(path.Root("name"), f.urn.String(), f.urn.Alias(), "Choose another name.", err)
	case aliased && held.by == f.urn.Alias():
		diags.AddAttributeError(path.Root("version"), summary, diagnose.Detail(sentence+" It points at "+
			f.plan.Version.ValueString()+" already: somebody moved it after it was read. Plan again: what still differs shows.",
			err))
	case aliased && held.ring != nil:
		diags.Append(errRing(held.ring, diagnose.Detail("", err)))
	case aliased:
		diags.AddAttributeError(path.Root("version"), summary, diagnose.Detail(
			sentence+" A version can have one alias, and "+f.plan.Version.ValueString()+" has "+quoted(held.by)+
				" already. If this apply moves or deletes that one too, apply again: it could not do that first. Else move that "+
				"one, or let this one point at another version. If it is this alias under its old name, remove "+
				"create_before_destroy.", err))
	case functiongraph.HasCode(err, functiongraph.CodeVersionNotFound, functiongraph.CodeBadAdditional):
		diags.AddError(summary, diagnose.Detail(
			sentence+" One of the versions that it names does not exist: "+strings.Join(f.plan.targets(), ", ")+
				". Nothing was changed.", err))
	case functiongraph.HasCode(err, functiongraph.CodeAliasQuota):
		diags.AddError(summary, diagnose.Detail(sentence+f.count(ctx), err))
	case functiongraph.HasCode(err, functiongraph.CodeAliasTriggers):
		diags.AddError(summary, diagnose.Detail(
			sentence+" Triggers are bound to the alias: delete them, or bind them to something else, first.", err))
	default:
		f.op.FailWith(sentence+f.reserved(ctx, err), err)
	}
}

// reserved says where the service refuses a move because alias and version both have reserved instances, which it does
// not name (contract RI6).
func (f failure) reserved(ctx context.Context, err error) string {
	if f.creating || !functiongraph.IsRefusal(err) { // of which code, is an assumption
		return ""
	}
	rows, listErr := f.op.Client.ReservedInstances(ctx, f.urn.Function())
	if listErr != nil {
		return ""
	}
	version := f.urn.WithQualifier(f.plan.Version.ValueString())
	own, theirs := false, ""
	for _, row := range rows {
		switch {
		case row.String() == "": // what is left of a reservation
		case row.Names(f.urn):
			own = true
		case row.Names(version):
			theirs = row.String()
		}
	}
	if !own || theirs == "" {
		return ""
	}
	return fmt.Sprintf(" The alias has reserved instances, and the version %s has some of its own (%s), which cannot be: "+
		"remove those of the version first.", version.Version(), theirs)
}

func quoted(alias string) string {
	if alias == "" {
		return "another one"
	}
	return fmt.Sprintf("the alias %q", alias)
}

// count says how many aliases there are.
func (f failure) count(ctx context.Context) string {
	aliases, err := f.op.Client.Aliases(ctx, f.urn.Function())
	if err != nil {
		return " The service keeps 10 aliases of one function: delete some."
	}
	names := make([]string, 0, len(aliases))
	for _, alias := range aliases {
		names = append(names, alias.Name)
	}
	return fmt.Sprintf(" The function has %d aliases, and the service keeps 10 of one function: delete some of %s.",
		len(names), strings.Join(names, ", "))
}
