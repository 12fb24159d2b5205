// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// fullServer is the provider with the calls that the library's interface lacks.
type fullServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
}

// foundObject is one object of a list.
type foundObject struct {
	name     string
	identity *tfprotov6.ResourceIdentityData
	state    tftypes.Value // null where only identities were asked for
}

// listing is a list block of the resource.
type listing struct {
	config  values
	limit   int64 // 0 for none
	include bool  // the whole objects
}

// list answers a list block as the CLI does: it ends at the first error, and at the limit.
func (c *core) list(ctx context.Context, block listing) (found []foundObject, diags diagnostics) {
	c.t.Helper()
	for result := range c.results(ctx, block).Results {
		diags = append(diags, result.Diagnostics...)
		if diags.failed() {
			return found, diags
		}
		if result.Identity == nil {
			continue
		}
		one := foundObject{name: result.DisplayName, identity: result.Identity, state: tftypes.NewValue(c.typ, nil)}
		if (result.Resource != nil) != block.include {
			c.t.Errorf("%s: the object is there: %t", one.name, result.Resource != nil)
		}
		if result.Resource != nil {
			one.state = c.value(result.Resource)
		}
		if found = append(found, one); block.limit > 0 && int64(len(found)) >= block.limit {
			return found, diags
		}
	}
	return found, diags
}

// results is the stream of a list block, of which nothing has been asked for yet.
func (c *core) results(ctx context.Context, block listing) *tfprotov6.ListResourceServerStream {
	c.t.Helper()
	stream, err := c.server.(fullServer).ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: c.resource, Config: c.listConfig(block.config), IncludeResource: block.include, Limit: block.limit,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return stream
}

func (c *core) listConfig(config values) *tfprotov6.DynamicValue {
	c.t.Helper()
	typ := schemas().ListResourceSchemas[c.resource].ValueType()
	out, err := tfprotov6.NewDynamicValue(typ, object(c.t, typ.(tftypes.Object), config))
	if err != nil {
		c.t.Fatal(err)
	}
	return &out
}

// validateList checks a list block as a CLI does before it asks for anything.
func (c *core) validateList(ctx context.Context, config values) diagnostics {
	c.t.Helper()
	resp, err := c.server.(fullServer).ValidateListResourceConfig(ctx, &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: c.resource, Config: c.listConfig(config),
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.Diagnostics
}

// planGenerated plans the configuration that a CLI generates from the state, and says whether that is valid and changes
// nothing.
func (c *core) planGenerated(ctx context.Context) error {
	c.t.Helper()
	config := c.generated(ctx)
	valid, err := c.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: c.resource, Config: c.dynamic(config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	if d := diagnostics(valid.Diagnostics); len(d) > 0 {
		return fmt.Errorf("the generated configuration is not right: %s", d)
	}
	plan := c.plan(ctx, config, c.state)
	if d := diagnostics(plan.Diagnostics); d.failed() {
		return fmt.Errorf("the plan of the generated configuration failed: %s", d)
	}
	if planned := c.value(plan.PlannedState); !planned.Equal(c.state) {
		return fmt.Errorf("the generated configuration changes something (-state +plan):%s", valueDiff(c.state, planned))
	}
	return nil
}

// generated is the configuration that a CLI writes from the state: the provider's answer, without what is sensitive,
// and with each text that is JSON as jsonencode gives it.
func (c *core) generated(ctx context.Context) tftypes.Value {
	c.t.Helper()
	resp, err := c.server.GenerateResourceConfig(ctx, &tfprotov6.GenerateResourceConfigRequest{
		TypeName: c.resource, State: c.dynamic(c.state),
	})
	if err != nil || len(resp.Diagnostics) > 0 {
		c.t.Fatal(err, diagnostics(resp.Diagnostics))
	}
	config := attributesOf(c.value(resp.Config))
	for _, a := range c.schema.Block.Attributes {
		config[a.Name] = asWritten(c.t, a, config[a.Name])
	}
	return tftypes.NewValue(c.typ, config)
}

// asWritten is an attribute of a generated configuration. Elements of lists and maps are as they are.
func asWritten(t testing.TB, a *tfprotov6.SchemaAttribute, v tftypes.Value) tftypes.Value {
	t.Helper()
	var text string
	var parsed any
	switch {
	case v.IsNull():
	case a.Sensitive:
		return tftypes.NewValue(v.Type(), nil)
	case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
		members := attributesOf(v)
		for _, member := range a.NestedType.Attributes {
			members[member.Name] = asWritten(t, member, members[member.Name])
		}
		return tftypes.NewValue(v.Type(), members)
	case v.Type().Is(tftypes.String) && v.As(&text) == nil && json.Unmarshal([]byte(text), &parsed) == nil:
		switch parsed.(type) {
		case map[string]any, []any:
			again, err := json.Marshal(parsed)
			if err != nil {
				t.Fatal(err)
			}
			return tftypes.NewValue(v.Type(), string(again))
		}
	}
	return v
}
