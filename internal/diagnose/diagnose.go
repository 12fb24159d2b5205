// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package diagnose turns errors of the API client into Terraform diagnostics, in one wording.
package diagnose

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Failure appends an error: summary is "Unable to <Verb> <Noun>", sentence says which object and which step.
func Failure(diags *diag.Diagnostics, summary, sentence string, err error) {
	diags.AddError(summary, Detail(sentence, err))
}

// Detail is the text under a summary: the sentence, what the service said with its code, status and request id, and
// the remedy where one is known.
func Detail(sentence string, err error) string {
	parts := []string{sentence}
	var api *functiongraph.Error
	if errors.As(err, &api) {
		parts = append(parts, facts(err, api))
	} else if err != nil {
		parts = append(parts, err.Error())
	}
	if r := remedy(err, api); r != "" {
		parts = append(parts, r)
	}
	return strings.Join(parts, "\n\n")
}

func facts(err error, api *functiongraph.Error) string {
	var b strings.Builder
	message := api.Message
	if message == "" {
		message = err.Error()
	}
	if b.WriteString(message + "\n"); api.Details != "" {
		b.WriteString(api.Details + "\n")
	}
	if api.Code != "" {
		fmt.Fprintf(&b, "\nError code: %s", api.Code)
	}
	if api.Status != 0 {
		fmt.Fprintf(&b, "\nHTTP status: %d", api.Status)
	}
	if api.RequestID != "" {
		fmt.Fprintf(&b, "\nRequest ID: %s", api.RequestID)
	}
	if api.Route != "" {
		fmt.Fprintf(&b, "\nCall: %s", strings.TrimSpace(api.Method+" "+strings.TrimPrefix(api.Route, api.Method+" ")))
	}
	if api.Credentials != "" {
		fmt.Fprintf(&b, "\nCredentials: %s", api.Credentials)
	}
	if extra := reason(err, api); extra != "" {
		b.WriteString("\n\n" + extra)
	}
	return b.String()
}

// Unsure says, after a call whose answer was lost, that what is there may be its work; else nothing.
func Unsure(err error) string {
	var lost *functiongraph.AmbiguousError
	if !errors.As(err, &lost) {
		return ""
	}
	return " The answer to an attempt of this apply was lost, so that it may be its work: look at it before you decide."
}

// reason is what the client added around the service's own error, for example that a wait would not fit.
func reason(err error, api *functiongraph.Error) string {
	text := strings.TrimSpace(strings.ReplaceAll(err.Error(), api.Error(), ""))
	text = strings.TrimSpace(strings.Trim(text, ":; "))
	if text == "" || strings.Contains(text, api.Message) && api.Message != "" {
		return ""
	}
	return text
}

// Panic makes an error of v, which an operation has recovered. What the operation has stored in the response until then
// is kept, so that a function that was just created is not lost.
func Panic(ctx context.Context, v any, operation string, diags *diag.Diagnostics) {
	// The stack goes to the log only: a panic's text may quote arguments.
	tflog.Error(ctx, "panic in "+operation, map[string]any{"stack": string(debug.Stack())})
	diags.AddError("Provider Panic",
		fmt.Sprintf("The provider failed in %s because of a defect (%T). Other resources of this run are not affected. "+
			"What was known of this one until then is in the state; where it is marked as tainted, terraform untaint with its "+
			"address keeps it from being replaced. Please report this with the provider's log (TF_LOG_PROVIDER=ERROR).",
			operation, v))
}

// ImportBlock is a ready block for the configuration, with a guess at the resource's address.
func ImportBlock(resourceType, label, id string) string {
	return fmt.Sprintf("  import {\n    to = %s.%s # the address of this resource\n    id = %q\n  }", resourceType, label,
		id)
}

// OddRows warns that a list leaves out n rows that do not say what they are about: they are no reason to withhold the
// others, and none to say that the list is complete.
func OddRows(diags *diag.Diagnostics, what string, n int) {
	if n > 0 {
		diags.AddWarning("Rows Were Left Out", fmt.Sprintf(
			"The service's list of %s has rows that do not say what they are about (%d). They are left out.", what, n))
	}
}
