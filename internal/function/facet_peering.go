// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// peeringFacet says which private names and networks the function reaches besides its VPC. The service takes both as
// text of its own forms.
type peeringFacet struct {
	DomainNames  types.Set `tfsdk:"domain_names"` // domainNameModel
	PeeringCIDRs types.Set `tfsdk:"peering_cidrs"`
}

type domainNameModel struct {
	ID         types.String `tfsdk:"id"`
	DomainName types.String `tfsdk:"domain_name"`
}

const maxPeeringCIDRs = 5 // contract 2.3

func peeringAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"domain_names": domainNamesAttribute(),
		"peering_cidrs": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: fmt.Sprintf("Address ranges in peered VPCs that the function reaches through its `vpc`, as "+
				"CIDR blocks, for example `192.168.0.0/16`: up to %d. Removing it closes them.", maxPeeringCIDRs),
			Validators: []validator.Set{
				setvalidator.SizeAtMost(maxPeeringCIDRs), setvalidator.ValueStringsAre(base.UnlessBlank(cidrBlock{})...),
			},
		},
	}
}

func domainNamesAttribute() schema.SetNestedAttribute {
	return schema.SetNestedAttribute{
		Optional: true,
		MarkdownDescription: "Private zones of DNS whose names the function can resolve. Needs an `agency` with a " +
			"permission to read DNS. Removing it removes them.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"id":          part("Id of the private zone."),
			"domain_name": part("Name of the zone, for example `db.internal`."),
		}},
	}
}

var domainNamesType = domainNamesAttribute().GetType()

func (m peeringFacet) toAPI(prior peeringFacet, out *functiongraph.FunctionSettings) {
	out.DomainNames = clearable(domainNamesText(m.domainNames()), domainNamesText(prior.domainNames()))
	out.PeeringCIDR = clearable(strings.Join(tfconv.Set(m.PeeringCIDRs), ";"),
		strings.Join(tfconv.Set(prior.PeeringCIDRs), ";"))
}

// clearable returns what a write sends for a text: nil if it is empty and was, so that it is left out; else its
// address, since "" clears (contract 4.3).
func clearable(planned, prior string) *string {
	if planned == "" && prior == "" {
		return nil
	}
	return &planned
}

func (m *peeringFacet) fromAPI(in *functiongraph.Function) {
	if zones := parseDomainNames(deref(in.DomainNames)); m.DomainNames.IsUnknown() ||
		!slices.Equal(zones, m.domainNames()) {
		m.DomainNames = domainNamesSet(zones)
	}
	m.PeeringCIDRs = tfconv.ShownSet(m.PeeringCIDRs, splitCIDRs(deref(in.PeeringCIDR)))
}

// domainName is a zone on the wire.
type domainName struct {
	ID         string `json:"id"`
	DomainName string `json:"domain_name"`
}

func (m peeringFacet) domainNames() (zones []domainName) {
	for _, element := range m.DomainNames.Elements() {
		zone, _ := tfconv.Object[domainNameModel](element.(types.Object)) //nolint:forcetypeassert // the schema says so
		if tfconv.Blank(element) {
			continue
		}
		zones = append(zones, domainName{zone.ID.ValueString(), zone.DomainName.ValueString()})
	}
	return sortedNames(zones)
}

func sortedNames(zones []domainName) []domainName {
	slices.SortFunc(zones, func(a, b domainName) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.DomainName, b.DomainName))
	})
	return slices.Compact(zones)
}

// domainNamesText is the JSON array that the service wants as text; "" for none.
func domainNamesText(zones []domainName) string {
	if len(zones) == 0 {
		return ""
	}
	text, _ := json.Marshal(zones) // two strings always have a JSON form
	return string(text)
}

// parseDomainNames shows a text that is no such array as one zone, so that the difference is seen.
func parseDomainNames(text string) []domainName {
	if text == "" {
		return nil
	}
	var zones []domainName
	if err := json.Unmarshal([]byte(text), &zones); err != nil {
		return []domainName{{ID: "(unreadable)", DomainName: text}}
	}
	return sortedNames(zones)
}

func domainNamesSet(zones []domainName) types.Set {
	var models []domainNameModel
	for _, zone := range zones {
		models = append(models, domainNameModel{types.StringValue(zone.ID), types.StringValue(zone.DomainName)})
	}
	return tfconv.SetOf(domainNamesType, models)
}

// splitCIDRs reads the blocks, sorted; blanks around them do not count.
func splitCIDRs(text string) (blocks []string) {
	for block := range strings.SplitSeq(text, ";") {
		if block = strings.TrimSpace(block); block != "" {
			blocks = append(blocks, block)
		}
	}
	slices.Sort(blocks)
	return slices.Compact(blocks)
}

// cidrBlock asks for an address range in the form that the service gives back.
type cidrBlock struct{}

func (cidrBlock) Description(context.Context) string {
	return "must be a CIDR block, for example 192.168.0.0/16"
}
func (v cidrBlock) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (cidrBlock) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	text := req.ConfigValue.ValueString()
	switch prefix, err := netip.ParsePrefix(text); {
	case err != nil:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid CIDR Block",
			fmt.Sprintf("%q is no CIDR block. Write an address and the length of the prefix, for example 192.168.0.0/16.", text))
	case prefix.Masked().String() != text:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid CIDR Block",
			fmt.Sprintf("%q is an address within a block, not the block. Write %q.", text, prefix.Masked()))
	}
}
