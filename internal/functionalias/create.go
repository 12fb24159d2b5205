// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Create makes the alias.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer diagnose.Recover(ctx, "creating a function alias", &resp.Diagnostics)
	diags := &resp.Diagnostics
	var plan model
	diags.Append(record().Get(req.Plan.Raw, &plan)...)
	timeout, d := plan.Timeouts.Create(ctx, defaultTimeout)
	if diags.Append(d...); diags.HasError() {
		return
	}
	r.make(ctx, plan, timeout, &resp.State, resp.Private, diags)
}

// make makes the alias by one call, and reads it.
func (r *Resource) make(
	ctx context.Context, plan model, timeout time.Duration, state *tfsdk.State, private privateState, diags *diag.Diagnostics,
) {
	client := r.connection.Ready()
	if client == nil {
		r.connection.FailUnknown(diags, "Creating a function alias")
		return
	}
	function, err := functiongraph.ParseURN(plan.FunctionURN.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("function_urn"), "Invalid Function URN", err.Error())
		return
	}
	unlock, err := client.Lock(ctx, function) // the resource's time begins behind it
	if err != nil {
		diagnose.Failure(diags, "Unable to Create Function Alias", "Creating the alias did not begin.", err)
		return
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	urn := function.Function().WithQualifier("!" + plan.Name.ValueString())
	created, err := send(ctx, client, urn, plan)
	if err != nil {
		failure{client, urn, plan, true}.tell(ctx, "Unable to Create Function Alias", "Creating "+urn.String()+" failed.", err, diags)
		return
	}
	answer, first := plan, plan
	diags.Append(answer.fromAPI(created, urn)...)
	first.fill(answer)
	diags.Append(record().Set(&state.Raw, &first)...)
	finish(ctx, reading{client, urn, private}, &plan, answer, diags)
	diags.Append(record().Set(&state.Raw, &plan)...)
}

// send makes the call that creates. After a lost answer what is there decides: an alias that is as it was sent, and was
// made since, is ours.
func send(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, plan model) (*functiongraph.Alias, error) {
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
			return nil, errExists{urn}
		}
		return got, nil
	}
	return functiongraph.SendOnce(ctx, client, post, lookup)
}

// errExists is an alias of the asked name that is not, or not provably, the one that was sent.
type errExists struct{ urn functiongraph.URN }

func (e errExists) Error() string {
	return e.urn.String() + " exists, and is not what this apply created"
}

// failure explains what the service refuses of an alias.
type failure struct {
	client   *functiongraph.Client
	urn      functiongraph.URN
	plan     model
	creating bool
}

func (f failure) tell(ctx context.Context, summary, sentence string, err error, diags *diag.Diagnostics) {
	var exists errExists
	aliased := functiongraph.HasCode(err, functiongraph.CodeVersionAliased)
	var other string
	if aliased {
		other = f.other(ctx)
	}
	switch {
	case errors.As(err, &exists), functiongraph.HasCode(err, functiongraph.CodeAliasExists),
		f.creating && aliased && other == f.urn.Alias():
		diags.AddAttributeError(path.Root("name"), "Function Alias Already Exists", diagnose.Detail(
			"There is an alias "+f.urn.String()+" already, and Terraform does not take over what it did not provably make."+
				diagnose.Unsure(err)+" Choose another name, or import it if it should be managed here:\n\n"+
				diagnose.ImportBlock("fgs_function_alias", f.urn.Alias(), f.urn.String()), err))
	case aliased && other == f.urn.Alias():
		diags.AddAttributeError(path.Root("version"), summary, diagnose.Detail(sentence+" It points at "+
			f.plan.Version.ValueString()+" already: somebody moved it after it was read. Plan again: what still differs shows.", err))
	case aliased:
		diags.AddAttributeError(path.Root("version"), summary, diagnose.Detail(
			sentence+" A version can have one alias, and "+f.plan.Version.ValueString()+" has "+quoted(other)+
				" already. Move that one first, or let this one point at another version. If this apply moves it, name its resource in "+
				"depends_on of this one; if it is this alias under its old name, remove create_before_destroy.", err))
	case functiongraph.HasCode(err, functiongraph.CodeVersionNotFound, functiongraph.CodeBadAdditional):
		diags.AddError(summary, diagnose.Detail(
			sentence+" One of the versions that it names does not exist: "+strings.Join(f.plan.targets(), ", ")+". Nothing was changed.", err))
	case functiongraph.HasCode(err, functiongraph.CodeAliasQuota):
		diags.AddError(summary, diagnose.Detail(sentence+f.count(ctx), err))
	case functiongraph.HasCode(err, functiongraph.CodeAliasTriggers):
		diags.AddError(summary, diagnose.Detail(
			sentence+" Triggers are bound to the alias: delete them, or bind them to something else, first.", err))
	default:
		diagnose.Failure(diags, summary, sentence, err)
	}
}

// other is the alias that points at the version already, "" if it cannot be found out. It may be one of this very name,
// made by somebody else.
func (f failure) other(ctx context.Context) string {
	aliases, err := f.client.Aliases(ctx, f.urn.Function())
	if err == nil {
		for _, alias := range aliases {
			if alias.Version == f.plan.Version.ValueString() {
				return alias.Name
			}
		}
	}
	return ""
}

func quoted(alias string) string {
	if alias == "" {
		return "another one"
	}
	return fmt.Sprintf("the alias %q", alias)
}

// count says how many aliases there are.
func (f failure) count(ctx context.Context) string {
	aliases, err := f.client.Aliases(ctx, f.urn.Function())
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
