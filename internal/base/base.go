// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package base is what each resource and data source of this provider begins with, so that a new one has only what is
// its own. There is no engine in it that calls back: a resource embeds Resource, has the methods that the framework
// wants, and takes the steps that are the same everywhere from an Operation, in the order in which they stand in
// operation.go. What else resources share is in a file each: parts of schemas (schema.go), identities (identity.go),
// timeouts and turns (turn.go), what is remembered (private.go), what is said of a thing that exists already, or cannot
// be read back (report.go).
//
// functionalias is the example to follow.
package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
)

// Noun is what a resource or a data source is about, in the words of its type and of its messages.
type Noun struct {
	Type  string // "function_alias", which the name of the provider comes before
	Title string // "Function Alias", of which "Unable to Read Function Alias" is made
	Text  string // "a function alias", of which "Reading a function alias" is made

	Identity []string // URN, or other names of the parts of the import id, which "/" divides: see Identified
	Number   string   // which of them is a number and no text; "" for none
	Apart    bool     // the id is another thing than the import id, of which the state has each part as an attribute
	Moves    bool     // whether the identity may change while the resource lives
}

// Resource is embedded by each resource. Connection is nil until the provider is configured.
type Resource struct {
	Noun       Noun
	Connection *connection.Connection
}

// Complete is what each resource has. Without one of these methods the framework would go on without it, silently.
type Complete interface {
	resource.ResourceWithConfigure
	resource.ResourceWithImportState
	resource.ResourceWithModifyPlan
}

// Metadata names the resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.Noun.Type
	resp.ResourceBehavior.MutableIdentity = r.Noun.Moves
}

// Configure takes the connection.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Begin begins an operation, which says what it has to say in diags.
func (r *Resource) Begin(verb Verb, diags *diag.Diagnostics) *Operation {
	return begin(r.Noun, verb, r.Connection, diags)
}

// Action is embedded by each action.
type Action struct {
	Noun       Noun
	Connection *connection.Connection
}

// Metadata names the action.
func (a *Action) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + a.Noun.Type
}

// Configure takes the connection.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Begin begins an operation, which says what it has to say in diags.
func (a *Action) Begin(verb Verb, diags *diag.Diagnostics) *Operation {
	return begin(a.Noun, verb, a.Connection, diags)
}

// Ephemeral is embedded by each ephemeral resource.
type Ephemeral struct {
	Noun       Noun
	Connection *connection.Connection
}

// Metadata names the ephemeral resource.
func (e *Ephemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + e.Noun.Type
}

// Configure takes the connection.
func (e *Ephemeral) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.Connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Begin begins the opening, which says what it has to say in diags.
func (e *Ephemeral) Begin(diags *diag.Diagnostics) *Operation {
	return begin(e.Noun, Reading, e.Connection, diags)
}

// DataSource is embedded by each data source; of its noun, Text is not needed. One about a part of a function embeds
// functionref.DataSource.
type DataSource struct {
	Noun       Noun
	Connection *connection.Connection
}

// Metadata names the data source.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.Noun.Type
}

// Configure takes the connection.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Connection = connection.From(req.ProviderData, &resp.Diagnostics)
}

// Begin begins the reading, which says what it has to say in diags.
func (d *DataSource) Begin(diags *diag.Diagnostics) *Operation {
	noun := d.Noun
	noun.Text = "the data source fgs_" + noun.Type
	return begin(noun, Reading, d.Connection, diags)
}
