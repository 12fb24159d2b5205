// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ValidateListResourceConfig checks the configuration of a list block.
func (g *guard) ValidateListResourceConfig(ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest,
) (resp *tfprotov6.ValidateListResourceConfigResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ValidateListResourceConfigResponse{Diagnostics: panicked(ctx, "ValidateListResourceConfig", v)}
		}
	}()
	if resp, err = g.fullServer.ValidateListResourceConfig(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

// ListResource answers a list block. The lists of the resources give identities, one after the other, and hold no more
// than a page of what they list. Where the whole object is asked for, it is imported by its identity and read, as will
// be done for the import block that the CLI writes beside the configuration that it generates: so the plan of that
// finds nothing else. The list ends at the limit, before it asks for a page that nobody wants.
func (g *guard) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest,
) (*tfprotov6.ListResourceServerStream, error) {
	identities := *req
	identities.IncludeResource = false
	return &tfprotov6.ListResourceServerStream{Results: func(push func(tfprotov6.ListResourceResult) bool) {
		defer func() {
			if v := recover(); v != nil {
				push(tfprotov6.ListResourceResult{Diagnostics: panicked(ctx, "ListResource", v)})
			}
		}()
		stream, err := g.fullServer.ListResource(ctx, &identities)
		if err != nil {
			push(tfprotov6.ListResourceResult{Diagnostics: []*tfprotov6.Diagnostic{{
				Severity: tfprotov6.DiagnosticSeverityError, Summary: "Unable to List", Detail: err.Error(),
			}}})
			return
		}
		left := req.Limit
		for result := range stream.Results {
			found := result.Identity != nil
			if found && req.IncludeResource {
				if result, found = g.include(ctx, req.TypeName, result); !found && len(result.Diagnostics) == 0 {
					continue // it has gone since it was listed
				}
			}
			result.Diagnostics = presentable(result.Diagnostics)
			if ctx.Err() != nil || !push(result) {
				return
			}
			if found {
				left--
			}
			if found && left == 0 {
				return
			}
		}
	}}, nil
}

// include completes what was listed by what an import and a read of it give; false where there is nothing. What cannot
// be read becomes a warning: the CLI ends a list at the first error.
func (g *guard) include(
	ctx context.Context, typeName string, listed tfprotov6.ListResourceResult,
) (tfprotov6.ListResourceResult, bool) {
	imported, err := g.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{
		TypeName: typeName, Identity: listed.Identity,
	})
	if err != nil {
		return leftOut(listed, err.Error()), false
	}
	said := imported.Diagnostics
	if len(imported.ImportedResources) == 1 {
		one := imported.ImportedResources[0]
		read, err := g.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
			TypeName: typeName, CurrentState: one.State, Private: one.Private, CurrentIdentity: one.Identity,
		})
		if err != nil {
			return leftOut(listed, err.Error()), false
		}
		said, listed.Resource = append(said, read.Diagnostics...), read.NewState
	}
	for _, d := range said {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return leftOut(listed, d.Summary+": "+d.Detail), false
		}
	}
	if gone, err := listed.Resource.IsNull(); err != nil || gone {
		return tfprotov6.ListResourceResult{Diagnostics: listed.Diagnostics}, false
	}
	for _, d := range said {
		d.Attribute = nil // it would be taken for one of the list block
	}
	listed.Diagnostics = append(listed.Diagnostics, said...)
	return listed, true
}

// leftOut says that an object is not in the list, and why.
func leftOut(listed tfprotov6.ListResourceResult, why string) tfprotov6.ListResourceResult {
	return tfprotov6.ListResourceResult{Diagnostics: append(listed.Diagnostics, &tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityWarning,
		Summary:  "Left Out of the List",
		Detail:   listed.DisplayName + " is there, but could not be read. The others are listed.\n\n" + why,
	})}
}
