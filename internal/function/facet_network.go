// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// networkFacet says which network the function runs in, and who may reach it.
type networkFacet struct {
	VPC               types.Object `tfsdk:"vpc"`                // vpcModel
	NetworkController types.Object `tfsdk:"network_controller"` // controllerModel
}

type vpcModel struct {
	VPCID            types.String `tfsdk:"vpc_id"`
	SubnetID         types.String `tfsdk:"subnet_id"`
	SecurityGroupIDs types.Set    `tfsdk:"security_group_ids"`
}

type controllerModel struct {
	DisablePublicNetwork types.Bool `tfsdk:"disable_public_network"`
	TriggerAccessVPCs    types.Set  `tfsdk:"trigger_access_vpcs"` // vpcRefModel
}

type vpcRefModel struct {
	VPCID types.String `tfsdk:"vpc_id"`
}

func networkAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{"vpc": vpcAttribute(), "network_controller": controllerAttribute()}
}

func vpcAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "The VPC that the function reaches, for databases, caches and file systems there. Needs " +
			"`agency`, with a permission for VPC. Removing it closes the access.",
		Attributes: map[string]schema.Attribute{
			"vpc_id":    part("Id of the VPC."),
			"subnet_id": part("Id of a subnet of the VPC. (The `huaweicloud` provider calls it `network_id`.)"),
			"security_group_ids": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Ids of the security groups of the function's network interface. Default: none.",
			},
		},
	}
}

func controllerAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "Restrictions of the function's network. Removing it lifts them.",
		Attributes: map[string]schema.Attribute{
			"disable_public_network": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether the function is cut off from the public network: it then reaches its `vpc` only. " +
					"Default: `false`.",
			},
			"trigger_access_vpcs": schema.SetNestedAttribute{
				Optional: true,
				MarkdownDescription: "VPCs from which the function may be invoked; from others it may not. One without a " +
					"`vpc_id` is none. Default: no such restriction.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{"vpc_id": part("Id of the VPC.")},
				},
			},
		},
	}
}

// part is an attribute that its object needs, unless the object has nothing in it: see needParts.
func part(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: "Required. " + description}
}

var (
	vpcType         = vpcAttribute().GetType()
	controllerType  = controllerAttribute().GetType()
	triggerVPCsType = controllerAttribute().Attributes["trigger_access_vpcs"].GetType()
)

func (m networkFacet) toAPI(prior networkFacet, out *functiongraph.FunctionSettings) {
	vpc := vpcToAPI(m.VPC) // none: left out, which closes the access (contract 3.4)
	if was := vpcToAPI(prior.VPC); vpc != nil && was != nil && vpc.SecurityGroups == nil && was.SecurityGroups != nil {
		vpc.SecurityGroups = []string{}
	}
	out.VPC = completeVPC(vpc, out.VPC)

	controller := controllerToAPI(m.NetworkController)
	if controller == nil && controllerToAPI(prior.NetworkController) != nil {
		controller = &functiongraph.NetworkController{
			DisablePublicNetwork: new(bool), TriggerAccessVPCs: []functiongraph.VPCRef{},
		}
	}
	out.NetworkController = completeController(controller, out.NetworkController)
}

func (m *networkFacet) fromAPI(in *functiongraph.Function) {
	m.VPC = shown(m.VPC, vpcToAPI, plainVPC(in.VPC), vpcFromAPI)
	m.NetworkController = shown(m.NetworkController, controllerToAPI, plainController(in.NetworkController),
		controllerFromAPI)
}

func vpcToAPI(o types.Object) *functiongraph.FunctionVPC {
	m, ok := tfconv.Object[vpcModel](o)
	if !ok || tfconv.Blank(o) {
		return nil
	}
	return &functiongraph.FunctionVPC{
		VPCID: m.VPCID.ValueString(), SubnetID: m.SubnetID.ValueString(), SecurityGroups: tfconv.Set(m.SecurityGroupIDs),
	}
}

// plainVPC is what a VPC has in common with the attribute; nil for none.
func plainVPC(in *functiongraph.FunctionVPC) *functiongraph.FunctionVPC {
	if in == nil || in.VPCID == "" {
		return nil
	}
	out := functiongraph.FunctionVPC{VPCID: in.VPCID, SubnetID: in.SubnetID}
	if len(in.SecurityGroups) > 0 {
		out.SecurityGroups = slices.Sorted(slices.Values(in.SecurityGroups))
	}
	return &out
}

func vpcFromAPI(in *functiongraph.FunctionVPC) types.Object {
	if in == nil {
		return tfconv.NullObject(vpcType)
	}
	return tfconv.ObjectOf(vpcType, vpcModel{
		VPCID: types.StringValue(in.VPCID), SubnetID: types.StringValue(in.SubnetID),
		SecurityGroupIDs: tfconv.StringSet(in.SecurityGroups),
	})
}

// completeVPC adds what has no attribute and is there now: a sent object replaces the old one whole, and is_safety
// cannot be switched off once it is on (contract 2.4). Names and ranges belong to the ids.
func completeVPC(vpc, present *functiongraph.FunctionVPC) *functiongraph.FunctionVPC {
	if vpc == nil || present == nil {
		return vpc
	}
	out := functiongraph.FunctionVPC{IsSafety: other(present.IsSafety, false)}
	if vpc.VPCID == present.VPCID && vpc.SubnetID == present.SubnetID {
		out = *present
		out.IsSafety = other(present.IsSafety, false)
	}
	out.VPCID, out.SubnetID, out.SecurityGroups = vpc.VPCID, vpc.SubnetID, vpc.SecurityGroups
	return &out
}

// controllerToAPI always has both members: what a sent object without one means is open (contract 3.4). An object that
// restricts nothing is none.
func controllerToAPI(o types.Object) *functiongraph.NetworkController {
	m, ok := tfconv.Object[controllerModel](o)
	if !ok {
		return nil
	}
	refs := []functiongraph.VPCRef{}
	for _, element := range m.TriggerAccessVPCs.Elements() {
		ref, _ := tfconv.Object[vpcRefModel](element.(types.Object)) //nolint:forcetypeassert // the schema says so
		if !tfconv.Blank(ref.VPCID) {
			refs = append(refs, functiongraph.VPCRef{VPCID: ref.VPCID.ValueString()})
		}
	}
	public := m.DisablePublicNetwork.ValueBool()
	return plainController(&functiongraph.NetworkController{DisablePublicNetwork: &public, TriggerAccessVPCs: refs})
}

func plainController(in *functiongraph.NetworkController) *functiongraph.NetworkController {
	if in == nil || !deref(in.DisablePublicNetwork) && len(in.TriggerAccessVPCs) == 0 {
		return nil
	}
	public, refs := deref(in.DisablePublicNetwork), []functiongraph.VPCRef{}
	for _, ref := range in.TriggerAccessVPCs {
		refs = append(refs, functiongraph.VPCRef{VPCID: ref.VPCID})
	}
	slices.SortFunc(refs, func(a, b functiongraph.VPCRef) int { return cmp.Compare(a.VPCID, b.VPCID) })
	return &functiongraph.NetworkController{DisablePublicNetwork: &public, TriggerAccessVPCs: slices.Compact(refs)}
}

func controllerFromAPI(in *functiongraph.NetworkController) types.Object {
	if in == nil {
		return tfconv.NullObject(controllerType)
	}
	var refs []vpcRefModel
	for _, ref := range in.TriggerAccessVPCs {
		refs = append(refs, vpcRefModel{types.StringValue(ref.VPCID)})
	}
	return tfconv.ObjectOf(controllerType, controllerModel{
		DisablePublicNetwork: tfconv.Bool(in.DisablePublicNetwork, types.BoolNull()),
		TriggerAccessVPCs:    tfconv.SetOf(triggerVPCsType, refs),
	})
}

// completeController adds the names of VPCs, which somebody may have sent with the ids.
func completeController(controller, present *functiongraph.NetworkController) *functiongraph.NetworkController {
	if controller == nil || present == nil {
		return controller
	}
	for i, ref := range controller.TriggerAccessVPCs {
		for _, old := range present.TriggerAccessVPCs {
			if old.VPCID == ref.VPCID {
				controller.TriggerAccessVPCs[i] = old
			}
		}
	}
	return controller
}
