// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Identified is a Resource with an identity, which is its id in parts: Noun.Identity names them. So an identity and an
// id say the same, and an import by either takes the same way. A resource embeds it in place of Resource, and sets the
// identity by Identify:
//
//   - in Read, of the state that came in, before anything else: the framework refuses a read without one, of a CLI that
//     knows no identity, too, even of what is gone, and of a provider that is not configured yet;
//   - in Create and Update, deferred: of whatever state they leave behind;
//   - by Imported.
type Identified struct{ Resource }

// URN is the identity of what has its URN as its id.
var URN = []string{"urn"}

// IdentitySchema describes the identity.
func (r *Identified) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	attributes, words := map[string]identityschema.Attribute{}, strings.NewReplacer("urn", "URN", "_", " ")
	for _, name := range r.Noun.Identity {
		attributes[name] = identityschema.StringAttribute{
			RequiredForImport: true, Description: "The " + words.Replace(name) + " of " + r.Noun.Text + ".",
		}
	}
	resp.IdentitySchema = identityschema.Schema{Attributes: attributes}
}

// Identify sets the identity of the object that a state is about. A state without one changes nothing, nor does an id
// that has other parts: that is an error of the operation anyway.
func (op *Operation) Identify(state *tfsdk.State, identity *tfsdk.ResourceIdentity) {
	values := map[string]tftypes.Value{}
	var id string
	if state.Raw.IsNull() || state.Raw.As(&values) != nil || !values["id"].IsKnown() || values["id"].As(&id) != nil {
		return
	}
	op.identifyAs(id, identity)
}

func (op *Operation) identifyAs(id string, identity *tfsdk.ResourceIdentity) {
	if value, ok := op.noun.IdentityOf(id); ok && identity != nil {
		identity.Raw = value
	}
}

// IdentityType is the type of the identity.
func (n Noun) IdentityType() tftypes.Object {
	attributes := map[string]tftypes.Type{}
	for _, name := range n.Identity {
		attributes[name] = tftypes.String
	}
	return tftypes.Object{AttributeTypes: attributes}
}

// IdentityOf is the identity of the object with an id; false, where that has other parts.
func (n Noun) IdentityOf(id string) (tftypes.Value, bool) {
	parts := strings.SplitN(id, "/", len(n.Identity))
	if id == "" || len(parts) != len(n.Identity) {
		return tftypes.Value{}, false
	}
	values := map[string]tftypes.Value{}
	for i, name := range n.Identity {
		values[name] = tftypes.NewValue(tftypes.String, parts[i])
	}
	return tftypes.NewValue(n.IdentityType(), values), true
}

// ImportID is the id that an import gives, as it is or as an identity.
func (op *Operation) ImportID(ctx context.Context, req resource.ImportStateRequest) string {
	if !byIdentity(req.Identity) {
		return req.ID
	}
	parts := make([]string, len(op.noun.Identity))
	for i, name := range op.noun.Identity {
		var part types.String
		op.Add(req.Identity.GetAttribute(ctx, path.Root(name), &part))
		parts[i] = part.ValueString()
	}
	return strings.Join(parts, "/")
}

// byIdentity says that an import gives an identity: of one by an id it is null.
func byIdentity(identity *tfsdk.ResourceIdentity) bool {
	return identity != nil && !identity.Raw.IsNull()
}

// Imported puts id and identity into the state, which is all that an import does: the read after it does the rest. An
// import by identity has to give the very identity: what is short for it, as an import id may be, would change it.
func (op *Operation) Imported(ctx context.Context, id string, resp *resource.ImportStateResponse) {
	if given := resp.Identity; byIdentity(given) {
		if want, ok := op.noun.IdentityOf(id); !ok || !given.Raw.Equal(want) {
			op.Diags.AddError(op.Summary(), fmt.Sprintf("An identity is given in full; only an id may be short. What was "+
				"given names %s, which is\n\n%s", id, op.noun.identityBlock(id)))
			return
		}
	}
	op.Add(resp.State.SetAttribute(ctx, path.Root("id"), id))
	op.identifyAs(id, resp.Identity)
}

// identityBlock is the identity in an import block.
func (n Noun) identityBlock(id string) string {
	var b strings.Builder
	b.WriteString("  identity = {\n")
	for i, part := range strings.SplitN(id, "/", len(n.Identity)) {
		fmt.Fprintf(&b, "    %s = %q\n", n.Identity[i], part)
	}
	b.WriteString("  }")
	return b.String()
}
