// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
)

// ListResource is embedded by what lists the objects of a resource, for the list blocks of Terraform 1.14 and later. It
// gives identities and names only: what a list includes of each object, and its limit, are the business of
// internal/provider (list.go).
type ListResource struct {
	Noun       Noun   // the resource's
	Many       string // "Function Aliases", of which "Unable to List Function Aliases" is made
	Connection *connection.Connection
}

// Metadata names the list as its resource is named.
func (l *ListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + l.Noun.Type
}

// Configure takes the connection.
func (l *ListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.Connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Listing is an Operation that lists, within the function that a stream runs:
//
//	stream.Results = func(push func(list.ListResult) bool) {
//		op := l.Begin(req, push)
//		defer op.End(ctx)
//		...
//			if !op.Found(id, name) {
//				return
//			}
//	}
type Listing struct {
	*Operation
	req  list.ListRequest
	push func(list.ListResult) bool
	over bool // nothing more is wanted
}

// Begin begins a listing.
func (l *ListResource) Begin(req list.ListRequest, push func(list.ListResult) bool) *Listing {
	noun := l.Noun
	noun.Title = l.Many
	return &Listing{Operation: begin(noun, listing, l.Connection, &diag.Diagnostics{}), req: req, push: push}
}

// Found gives an object, by its import id and the name that people read. It is false when no more is wanted.
func (l *Listing) Found(id, name string) bool {
	identity := &tfsdk.ResourceIdentity{Schema: l.req.ResourceIdentitySchema}
	l.identifyAs(id, identity)
	l.over = !l.push(list.ListResult{DisplayName: name, Identity: identity})
	return !l.over
}

// End is deferred. It gives what is to be said besides the objects, and makes an error of a panic.
func (l *Listing) End(ctx context.Context) {
	if v := recover(); v != nil {
		l.panicked(ctx, v)
	}
	if len(*l.Diags) > 0 && !l.over {
		l.push(list.ListResult{Diagnostics: *l.Diags})
	}
}
