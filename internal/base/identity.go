// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Identified is a Resource with an identity, which is its import id in parts: Noun.Identity names them. So an identity
// and an import id say the same, and an import by either takes the same way. The import id is the id of the state,
// unless Noun.Apart says that it is made of other attributes. A resource embeds Identified in place of Resource, and
// sets the identity by Identify:
//
//   - in Read, of the state that came in, before anything else: the framework refuses a read without one, of a CLI that
//     knows no identity, too, even of what is gone, and of a provider that is not configured yet;
//   - in Create and Update, deferred: of whatever state they leave behind;
//   - by Imported, or ImportedAs.
type Identified struct{ Resource }

// URN is the identity of what has its URN as its id.
var URN = []string{"urn"}

// IdentitySchema describes the identity.
func (r *Identified) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	attributes, words := map[string]identityschema.Attribute{}, strings.NewReplacer("urn", "URN", "_", " ")
	for _, name := range r.Noun.Identity {
		text := "The " + words.Replace(name) + " of " + r.Noun.Text + "."
		attributes[name] = identityschema.StringAttribute{RequiredForImport: true, Description: text}
		if name == r.Noun.Number {
			attributes[name] = identityschema.Int64Attribute{RequiredForImport: true, Description: text}
		}
	}
	resp.IdentitySchema = identityschema.Schema{Attributes: attributes}
}

// Identify sets the identity of the object that a state is about. A state without one changes nothing, nor does an id
// that has other parts: that is an error of the operation anyway.
func (op *Operation) Identify(state *tfsdk.State, identity *tfsdk.ResourceIdentity) {
	values := map[string]tftypes.Value{}
	if state.Raw.IsNull() || state.Raw.As(&values) != nil {
		return
	}
	op.identifyAs(op.noun.importID(values), identity)
}

// importID is what an import of the object in a state takes; "" while the state does not say all of it.
func (n Noun) importID(state map[string]tftypes.Value) string {
	names := []string{"id"}
	if n.Apart {
		names = n.Identity
	}
	parts := make([]string, len(names))
	for i, name := range names {
		if parts[i] = textOf(state[name]); parts[i] == "" {
			return ""
		}
	}
	return strings.Join(parts, "/")
}

// textOf is a text or a number as a text; "" for a value that is null or not known.
func textOf(v tftypes.Value) string {
	var text string
	var number big.Float
	switch {
	case v.IsNull() || !v.IsKnown():
		return ""
	case v.As(&text) == nil:
		return text
	case v.As(&number) == nil:
		return number.Text('f', -1)
	}
	return ""
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
		if name == n.Number {
			attributes[name] = tftypes.Number
		}
	}
	return tftypes.Object{AttributeTypes: attributes}
}

// IdentityOf is the identity of the object with an import id; false, where that has other parts.
func (n Noun) IdentityOf(id string) (tftypes.Value, bool) {
	parts := strings.SplitN(id, "/", len(n.Identity))
	if id == "" || len(parts) != len(n.Identity) {
		return tftypes.Value{}, false
	}
	values := map[string]tftypes.Value{}
	for i, name := range n.Identity {
		if name != n.Number {
			values[name] = tftypes.NewValue(tftypes.String, parts[i])
			continue
		}
		number, err := strconv.ParseInt(parts[i], 10, 64)
		if err != nil {
			return tftypes.Value{}, false
		}
		values[name] = tftypes.NewValue(tftypes.Number, number)
	}
	return tftypes.NewValue(n.IdentityType(), values), true
}

// ImportID is the import id that is given, as it is or as an identity.
func (op *Operation) ImportID(req resource.ImportStateRequest) string {
	values := map[string]tftypes.Value{}
	if !byIdentity(req.Identity) || req.Identity.Raw.As(&values) != nil {
		return req.ID
	}
	parts := make([]string, len(op.noun.Identity))
	for i, name := range op.noun.Identity {
		parts[i] = textOf(values[name])
	}
	return strings.Join(parts, "/")
}

// byIdentity says that an import gives an identity: of one by an id it is null.
func byIdentity(identity *tfsdk.ResourceIdentity) bool {
	return identity != nil && !identity.Raw.IsNull()
}

// Imported puts id and identity into the state, which is all that an import does: the read after it does the rest.
func (op *Operation) Imported(ctx context.Context, id string, resp *resource.ImportStateResponse) {
	if op.ImportedAs(id, resp) {
		op.Add(resp.State.SetAttribute(ctx, path.Root("id"), id))
	}
}

// ImportedAs sets the identity by the import id. An import by identity has to give the very identity: what is short for
// it, as an import id may be, would change it, and is an error. Then it is false.
func (op *Operation) ImportedAs(id string, resp *resource.ImportStateResponse) bool {
	if given := resp.Identity; byIdentity(given) {
		if want, ok := op.noun.IdentityOf(id); !ok || !given.Raw.Equal(want) {
			op.Diags.AddError(op.Summary(), fmt.Sprintf("An identity is given in full; only an id may be short. What was "+
				"given names %s, which is\n\n%s", id, op.noun.identityBlock(id)))
			return false
		}
	}
	op.identifyAs(id, resp.Identity)
	return true
}

// identityBlock is the identity in an import block.
func (n Noun) identityBlock(id string) string {
	var b strings.Builder
	b.WriteString("  identity = {\n")
	for i, part := range strings.SplitN(id, "/", len(n.Identity)) {
		if n.Identity[i] != n.Number {
			part = strconv.Quote(part)
		}
		fmt.Fprintf(&b, "    %s = %s\n", n.Identity[i], part)
	}
	b.WriteString("  }")
	return b.String()
}
