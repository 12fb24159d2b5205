// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// huaweicloud is the address of the provider that oldProvider stands for.
const huaweicloud = "registry.terraform.io/huaweicloud/huaweicloud"

// oldProvider stands for the huaweicloud provider, which a CLI wants to run where a state has resources of it: also
// where they only move away. It asks nobody. What is in the state is what there is; an import finds found.
type oldProvider struct {
	tfprotov6.ProviderServer // the calls that no test makes

	found map[string]any
}

// oldResources are the types of the attributes, as far as the tests have them.
var oldResources = map[string]map[string]tftypes.Type{
	"huaweicloud_fgs_function": {
		"id": tftypes.String, "urn": tftypes.String, "name": tftypes.String, "app": tftypes.String,
		"runtime": tftypes.String, "handler": tftypes.String, "timeout": tftypes.Number, "memory_size": tftypes.Number,
		"functiongraph_version": tftypes.String, "code_type": tftypes.String, "code_filename": tftypes.String,
		"func_code": tftypes.String, "max_instance_num": tftypes.String,
		"user_data": tftypes.String, "tags": tftypes.Map{ElementType: tftypes.String},
	},
	"huaweicloud_fgs_function_trigger": {
		"id": tftypes.String, "function_urn": tftypes.String, "type": tftypes.String, "event_data": tftypes.String,
		"status": tftypes.String,
	},
}

func oldType(name string) tftypes.Object { return tftypes.Object{AttributeTypes: oldResources[name]} }

// serveOldProvider runs it in the test, and returns what tells a CLI of it.
func serveOldProvider(t *testing.T, found map[string]any) (reattach string) {
	t.Helper()
	config, ended := channelsOf(tf6server.WithDebug)
	go func() {
		_ = tf6server.Serve(huaweicloud, func() tfprotov6.ProviderServer { return &oldProvider{found: found} },
			tf6server.WithDebug(t.Context(), config, ended), tf6server.WithLoggingSink(t))
	}()
	t.Cleanup(func() { <-ended }) // the test's context ends before
	select {
	case at := <-config:
		text, err := json.Marshal(map[string]any{huaweicloud: map[string]any{
			"Protocol": string(at.Protocol), "ProtocolVersion": 6, "Pid": at.Pid, "Test": true,
			"Addr": map[string]any{"Network": at.Addr.Network(), "String": at.Addr.String()},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	case <-time.After(10 * time.Second):
		t.Fatal("the old provider does not start")
		return ""
	}
}

// channelsOf makes the channels that an option takes: one of its types is of a module that is none of ours.
func channelsOf[C, E, O any](func(context.Context, chan C, chan E) O) (chan C, chan E) {
	return make(chan C, 1), make(chan E)
}

func (*oldProvider) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest,
) (*tfprotov6.GetMetadataResponse, error) {
	return nil, errors.New("not implemented") // a CLI then takes the schema
}

func (*oldProvider) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp := &tfprotov6.GetProviderSchemaResponse{
		Provider:        &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}},
		ResourceSchemas: map[string]*tfprotov6.Schema{},
	}
	for name, attributes := range oldResources {
		block := &tfprotov6.SchemaBlock{}
		for attribute, typ := range attributes {
			block.Attributes = append(block.Attributes, &tfprotov6.SchemaAttribute{
				Name: attribute, Type: typ, Optional: true, Computed: true,
			})
		}
		resp.ResourceSchemas[name] = &tfprotov6.Schema{Block: block}
	}
	return resp, nil
}

func (*oldProvider) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (*oldProvider) ValidateProviderConfig(_ context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

func (*oldProvider) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (*oldProvider) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (*oldProvider) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	state, err := oldValue(req.TypeName, req.RawState.JSON)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: state}, err
}

func (*oldProvider) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState}, nil
}

// PlanResourceChange plans what is configured, with a hash in the place of the code; another function replaces a
// trigger. Both are as there.
func (*oldProvider) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp := &tfprotov6.PlanResourceChangeResponse{}
	var was, is map[string]tftypes.Value
	for value, into := range map[*tfprotov6.DynamicValue]*map[string]tftypes.Value{
		req.PriorState: &was, req.ProposedNewState: &is,
	} {
		v, err := value.Unmarshal(oldType(req.TypeName))
		if err != nil {
			return nil, err
		}
		if err := v.As(into); err != nil {
			return nil, err
		}
	}
	if was != nil && is != nil && !was["function_urn"].Equal(is["function_urn"]) {
		resp.RequiresReplace = []*tftypes.AttributePath{tftypes.NewAttributePath().WithAttributeName("function_urn")}
	}
	var code string
	if is["func_code"].As(&code) == nil {
		if content, err := base64.StdEncoding.DecodeString(code); err == nil && len(code) > 2*sha1.Size {
			sum := sha1.Sum(content)
			is["func_code"] = tftypes.NewValue(tftypes.String, hex.EncodeToString(sum[:]))
		}
	}
	planned, err := tfprotov6.NewDynamicValue(oldType(req.TypeName), tftypes.NewValue(oldType(req.TypeName), is))
	resp.PlannedState = &planned
	return resp, err
}

func (o *oldProvider) ImportResourceState(_ context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	text, err := json.Marshal(o.found)
	if err != nil {
		return nil, err
	}
	state, err := oldValue(req.TypeName, text)
	return &tfprotov6.ImportResourceStateResponse{ImportedResources: []*tfprotov6.ImportedResource{
		{TypeName: req.TypeName, State: state},
	}}, err
}

func (*oldProvider) StopProvider(context.Context, *tfprotov6.StopProviderRequest,
) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

// oldValue reads a state; what it lacks is null.
func oldValue(resource string, text []byte) (*tfprotov6.DynamicValue, error) {
	typ := oldType(resource)
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	for name := range typ.AttributeTypes {
		if members[name] == nil {
			members[name] = json.RawMessage("null")
		}
	}
	whole, err := json.Marshal(members)
	if err != nil {
		return nil, err
	}
	value, err := (&tfprotov6.RawState{JSON: whole}).UnmarshalWithOpts(typ, tfprotov6.UnmarshalOpts{
		ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true},
	})
	if err != nil {
		return nil, err
	}
	packed, err := tfprotov6.NewDynamicValue(typ, value)
	return &packed, err
}
