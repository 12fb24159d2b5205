// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command docschema completes the schema that the documentation is generated from, as OpenTofu dumps it, by the list
// blocks, which OpenTofu does not know. It leaves out what is deprecated: that is always refused, and a page says so
// apart from what works. It reads standard input and writes standard output.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "docschema:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var dump struct {
		Format    string                                `json:"format_version"`
		Providers map[string]map[string]json.RawMessage `json:"provider_schemas"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&dump); err != nil {
		return err
	}
	schema, err := provider.NewServer(ctx, "docs").GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return err
	}
	lists, err := json.Marshal(listSchemas(schema.ListResourceSchemas))
	if err != nil {
		return err
	}
	for _, of := range dump.Providers {
		of["list_resource_schemas"] = lists
		if of["resource_schemas"], err = withoutDeprecated(of["resource_schemas"]); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(dump)
}

// withoutDeprecated leaves out what the blocks of resources have that is deprecated.
func withoutDeprecated(resources json.RawMessage) (json.RawMessage, error) {
	var all map[string]map[string]any
	if err := json.Unmarshal(resources, &all); err != nil {
		return nil, err
	}
	for _, resource := range all {
		block, _ := resource["block"].(map[string]any)
		for _, part := range []string{"attributes", "block_types"} {
			members, _ := block[part].(map[string]any)
			maps.DeleteFunc(members, func(_ string, member any) bool { return isDeprecated(member) })
		}
	}
	return json.Marshal(all)
}

// isDeprecated says it of an attribute, or of a block, which has it one level below.
func isDeprecated(member any) bool {
	of, _ := member.(map[string]any)
	if block, ok := of["block"].(map[string]any); ok {
		of = block
	}
	return of["deprecated"] == true
}

// attribute, block and schema are those of Terraform's dump.
type attribute struct {
	Type            string `json:"type"`
	Description     string `json:"description"`
	DescriptionKind string `json:"description_kind"`
	Optional        bool   `json:"optional,omitempty"`
	Required        bool   `json:"required,omitempty"`
}

type block struct {
	Attributes      map[string]attribute `json:"attributes"`
	Description     string               `json:"description"`
	DescriptionKind string               `json:"description_kind"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

// typeNames are the names in a dump of the types that list blocks have.
var typeNames = map[string]string{tftypes.String.String(): "string", tftypes.Bool.String(): "bool"}

// listSchemas are those of list blocks, which have attributes only.
func listSchemas(lists map[string]*tfprotov6.Schema) map[string]schema {
	all := map[string]schema{}
	for name, list := range lists {
		of := block{Attributes: map[string]attribute{}, Description: list.Block.Description, DescriptionKind: "markdown"}
		for _, a := range list.Block.Attributes {
			typ, ok := typeNames[a.Type.String()]
			if !ok {
				panic("no name for the type of " + name + "." + a.Name) // seen by `make generate`
			}
			of.Attributes[a.Name] = attribute{typ, a.Description, "markdown", a.Optional, a.Required}
		}
		all[name] = schema{list.Version, of}
	}
	return all
}
