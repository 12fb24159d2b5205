// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package connection holds what the provider hands to its resources and data sources: the API client, or the reason
// why there is none yet, and the provider-wide defaults.
package connection

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// SummaryUnknown is the summary of the warning and of the error about a provider configuration that is not known
// yet. It is constant so that the CLI folds the warnings of many resources into one.
const SummaryUnknown = "Provider Configuration Not Known Yet"

// Connection is made once per provider configuration and shared by everything that is configured with it.
type Connection struct {
	// Client is nil as long as Unknown or Missing is not empty.
	Client *functiongraph.Client
	// Missing are the errors of the first operation that needs the client: nothing says who and where it is. A run that
	// needs none has no use for credentials.
	Missing diag.Diagnostics
	// Unknown names the provider attributes whose values are not known during this plan.
	Unknown []string

	// DefaultTags are merged under each function's own tags.
	DefaultTags map[string]string
	// DefaultTagsUnknown says that the default tags are not known during this plan.
	DefaultTagsUnknown bool
	// EnterpriseProjectID is where new functions go; empty means the service's default.
	EnterpriseProjectID string

	run      run
	moves    moves
	meetings meetings
	lists    lists
	attempts attempts
}

// From unpacks the provider data that the framework passes to Configure. It returns nil, without an error, before
// the provider is configured (validation); a value of another type is a defect of this provider.
func From(providerData any, diags *diag.Diagnostics) *Connection {
	if providerData == nil {
		return nil
	}
	c, ok := providerData.(*Connection)
	if !ok {
		diags.AddError("Unexpected Provider Data",
			fmt.Sprintf("Expected %T, got %T. This is a defect of the provider; please report it.", c, providerData))
		return nil
	}
	return c
}

// Ready returns the client, or nil when the provider configuration is not known yet.
func (c *Connection) Ready() *functiongraph.Client {
	if c == nil || len(c.Unknown) > 0 {
		return nil
	}
	return c.Client
}

// WarnUnknown says that a managed resource was not refreshed, because the provider configuration is not known. That it
// is missing is an error.
func (c *Connection) WarnUnknown(diags *diag.Diagnostics) {
	if c != nil && c.Missing.HasError() {
		diags.Append(c.Missing...)
		return
	}
	diags.AddWarning(SummaryUnknown,
		theAttributes(c)+", so this plan shows the resources "+
			"as they were when they were last read.")
}

// FailUnknown says that an operation needs the provider configuration, which is not known.
func (c *Connection) FailUnknown(diags *diag.Diagnostics, operation string) {
	if c != nil && c.Missing.HasError() {
		diags.Append(c.Missing...)
		return
	}
	detail := theAttributes(c) + "."
	if c != nil && len(c.Unknown) > 0 {
		diags.AddError(SummaryUnknown, operation+" needs the configuration now. "+detail+
			" Apply what makes the values first (-target), or give known ones.")
		return
	}
	diags.AddError("Provider Not Configured", operation+" needs a configured provider.")
}

// theAttributes begins a sentence about what is not known, with the number of the verb.
func theAttributes(c *Connection) string {
	if c == nil {
		return "The provider is not configured"
	}
	if len(c.Unknown) == 1 {
		return "The provider attribute " + c.Unknown[0] + " gets its value during apply"
	}
	return "The provider attributes " + strings.Join(c.Unknown, ", ") + " get their values during apply"
}
