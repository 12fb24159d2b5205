// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
)

// ImportFunctionRequest is the body of import (contract 3.15).
type ImportFunctionRequest struct {
	Name     string
	Package  string // "" is the service's default package
	FileName string // the name of the export package, ending in .zip
	File     *Blob  // the export package
}

// ImportFunction creates a function from an export package: POST /v2/{project_id}/fgs/functions/import (contract
// 3.15). Like CreateFunction it sends once; a lost answer is an *AmbiguousError.
func (c *Client) ImportFunction(ctx context.Context, in ImportFunctionRequest) (*Function, error) {
	urn, err := c.newFunction(ctx, in.Package, in.Name)
	if err != nil {
		return nil, err
	}
	wire := struct {
		Name     string `json:"func_name"`
		Package  string `json:"package,omitempty"`
		FileName string `json:"file_name"`
		FileType string `json:"file_type"`
	}{in.Name, in.Package, in.FileName, "zip"}
	body, err := blobBody(wire, `"file_code":"`, in.File, `"}`)
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{method: http.MethodPost, route: routeImport, body: body, once: true, makes: urn},
		needs(urn))
}
