// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"math/big"
	"strings"
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

// identityOf is the identity with the parts of an import id.
func identityOf(t testing.TB, resource, id string) *tfprotov6.ResourceIdentityData {
	t.Helper()
	typ := identitySchemas()[resource].ValueType().(tftypes.Object)
	names, of := identifiable[resource].parts, map[string]tftypes.Value{}
	for i, part := range strings.SplitN(id, "/", len(names)) {
		of[names[i]] = tftypes.NewValue(tftypes.String, part)
		if typ.AttributeTypes[names[i]].Is(tftypes.Number) {
			number, ok := new(big.Float).SetString(part)
			if !ok {
				t.Fatalf("%q is no number", part)
			}
			of[names[i]] = tftypes.NewValue(tftypes.Number, number)
		}
	}
	data, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, of))
	if err != nil {
		t.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}
}

// importIdentity imports the resource by its identity and reads it, as an import block does.
func (c *core) importIdentity(ctx context.Context, id string) diagnostics {
	c.t.Helper()
	return c.imports(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: c.resource,
		Identity: identityOf(c.t, c.resource, id)})
}

// identified demands that the identity is that of what is in the state, after each operation.
func (c *core) identified() {
	c.t.Helper()
	if identifiable[c.resource].parts == nil || c.state.IsNull() {
		return
	}
	want := c.text("id")
	if c.resource == dependencyType {
		want = fmt.Sprintf("%s/%d", c.text("dependency_id"), c.number("version"))
	}
	if want == "" {
		c.t.Errorf("%s: the state has no id", c.resource)
		return
	}
	got := identityValue(c.t, c.resource, c.identity)
	if !got.Equal(identityValue(c.t, c.resource, identityOf(c.t, c.resource, want))) {
		c.t.Errorf("%s: the identity is %s, want that of %q", c.resource, got, want)
	}
}
