// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// goldenState is what a CLI keeps of an object.
type goldenState struct {
	Version         int64           `json:"version"` // of the schema
	State           json.RawMessage `json:"state"`
	Private         string          `json:"private"`
	IdentityVersion int64           `json:"identity_version"`
	Identity        json.RawMessage `json:"identity"`
}

// TestGolden_present: the states of this release, one of each resource, with private state and identity, read on: the
// plan of their configuration is empty, without and with a refresh. With a release its files are copied to a folder of
// its name, and never written again.
func TestGolden_present(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, api *emulator.Server, id string, config values) {
		file := filepath.Join("testdata", "present", c.resource+".json")
		if *update {
			c.keep(api, file, id, config)
		}
		content, err := os.ReadFile(file)
		var golden goldenState
		if err == nil {
			err = json.Unmarshal(content, &golden)
		}
		if err != nil {
			c.t.Fatal(err)
		}
		c.take(golden)
		c.identified()
		if err := c.emptyPlan(c.t.Context(), config); err != nil {
			c.t.Error(err)
		}
		if err := c.empty(c.t.Context(), config); err != nil {
			c.t.Error(err)
		}
	})
}

// take makes a golden state the state, as a CLI does that reads its file.
func (c *core) take(golden goldenState) {
	c.t.Helper()
	state, err := c.server.UpgradeResourceState(c.t.Context(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: c.resource, Version: golden.Version, RawState: &tfprotov6.RawState{JSON: golden.State},
	})
	if err != nil || len(state.Diagnostics) > 0 {
		c.t.Fatal(err, diagnostics(state.Diagnostics))
	}
	c.state, c.private, c.identity = c.value(state.UpgradedState), []byte(golden.Private), c.kept(golden)
}

// kept is the identity of a golden state: a CLI asks the provider about one of an older version only.
func (c *core) kept(golden goldenState) *tfprotov6.ResourceIdentityData {
	c.t.Helper()
	raw, schema := &tfprotov6.RawState{JSON: golden.Identity}, identitySchemas()[c.resource]
	if golden.IdentityVersion != schema.Version {
		resp, err := c.server.UpgradeResourceIdentity(c.t.Context(), &tfprotov6.UpgradeResourceIdentityRequest{
			TypeName: c.resource, Version: golden.IdentityVersion, RawIdentity: raw,
		})
		if err != nil || len(resp.Diagnostics) > 0 {
			c.t.Fatal(err, diagnostics(resp.Diagnostics))
		}
		return resp.UpgradedIdentity
	}
	value, err := raw.Unmarshal(schema.ValueType())
	if err != nil {
		c.t.Fatal(err)
	}
	data, err := tfprotov6.NewDynamicValue(schema.ValueType(), value)
	if err != nil {
		c.t.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}
}

// keep writes the golden state of an object that is imported, and recorded as its configuration has it.
func (c *core) keep(api *emulator.Server, file, id string, config values) {
	c.t.Helper()
	if d := c.importID(c.t.Context(), id); len(d) > 0 {
		c.t.Fatal(d)
	}
	c.record(api, config)
	golden := goldenState{
		Version: c.schema.Version, State: c.json(c.state), Private: string(c.private),
		IdentityVersion: identitySchemas()[c.resource].Version,
		Identity:        c.json(identityValue(c.t, c.resource, c.identity)),
	}
	content, err := json.MarshalIndent(golden, "", "  ")
	if err == nil {
		err = os.WriteFile(file, append(content, '\n'), 0o644)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *core) json(v tftypes.Value) json.RawMessage {
	c.t.Helper()
	content, err := json.Marshal(plainValue(c.t, v))
	if err != nil {
		c.t.Fatal(err)
	}
	return content
}

// plainValue is a value as JSON has it.
func plainValue(t testing.TB, v tftypes.Value) any {
	t.Helper()
	var text string
	var number big.Float
	var flag bool
	var members map[string]tftypes.Value
	var list []tftypes.Value
	switch {
	case v.IsNull():
		return nil
	case v.As(&text) == nil:
		return text
	case v.As(&flag) == nil:
		return flag
	case v.As(&number) == nil:
		return json.Number(strings.TrimSuffix(number.Text('f', -1), "."))
	case v.As(&members) == nil:
		out := map[string]any{}
		for name, member := range members {
			out[name] = plainValue(t, member)
		}
		return out
	case v.As(&list) == nil:
		out := []any{}
		for _, element := range list {
			out = append(out, plainValue(t, element))
		}
		return out
	}
	t.Fatalf("no JSON for %s", v)
	return nil
}
