// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command docschema completes the schema that the documentation is generated from, as OpenTofu dumps it, by the list
// blocks, which OpenTofu does not know. It leaves out what is always refused: a page says so apart from what
// works. It reads standard input and writes standard output.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"

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
		if of["resource_schemas"], err = withoutRefused(of["resource_schemas"]); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(dump)
}

// withoutRefused leaves out the attributes of resources that take nothing but null.
func withoutRefused(resources json.RawMessage) (json.RawMessage, error) {
	var all map[string]map[string]any
	if err := json.Unmarshal(resources, &all); err != nil {
		return nil, err
	}
	for _, resource := range all {
		block, _ := resource["block"].(map[string]any)
		attributes, _ := block["attributes"].(map[string]any)
		maps.DeleteFunc(attributes, func(_ string, attribute any) bool {
			of, _ := attribute.(map[string]any)
			text, _ := of["description"].(string)
			return strings.HasPrefix(text, "Refused: ")
		})
	}
	return json.Marshal(all)
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
