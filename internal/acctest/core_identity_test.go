// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// identitySchemas are the same for all servers.
var identitySchemas = sync.OnceValue(func() map[string]*tfprotov6.ResourceIdentitySchema {
	ctx := context.Background()
	resp, err := provider.NewServer(ctx, "test").GetResourceIdentitySchemas(ctx,
		&tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil || len(resp.Diagnostics) > 0 {
		panic(diagnostics(resp.Diagnostics))
	}
	return resp.IdentitySchemas
})

func identityValue(t testing.TB, resource string, data *tfprotov6.ResourceIdentityData) tftypes.Value {
	t.Helper()
	typ := identitySchemas()[resource].ValueType()
	if data == nil || data.IdentityData == nil {
		return tftypes.NewValue(typ, nil)
	}
	value, err := data.IdentityData.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// urnOf is an identity that a URN is.
func urnOf(t testing.TB, resource, urn string) *tfprotov6.ResourceIdentityData {
	t.Helper()
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"urn": tftypes.String}}
	data, err := tfprotov6.NewDynamicValue(identitySchemas()[resource].ValueType(),
		tftypes.NewValue(typ, map[string]tftypes.Value{"urn": tftypes.NewValue(tftypes.String, urn)}))
	if err != nil {
		t.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}
}

// importIdentity imports the resource by its identity and reads it, as an import block does.
func (c *core) importIdentity(ctx context.Context, urn string) diagnostics {
	c.t.Helper()
	return c.imports(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: c.resource,
		Identity: urnOf(c.t, c.resource, urn)})
}

// identified demands that the identity is that of what is in the state, after each operation.
func (c *core) identified() {
	c.t.Helper()
	if identitySchemas()[c.resource] == nil || c.state.IsNull() {
		return
	}
	identity := attributesOf(identityValue(c.t, c.resource, c.identity))
	if urn, ok := identity["urn"]; ok || identity == nil {
		if id := attributesOf(c.state)["id"]; !urn.Equal(id) {
			c.t.Errorf("%s: the identity is %s, want %s", c.resource, urn, id)
		}
	}
}
