// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// lookWithin bounds what a plan spends on a warning: a service that does not answer must not hold it up.
const lookWithin = 10 * time.Second

// replaces says that a plan deletes the function and makes a new one.
func (m model) replaces(prior model) bool {
	_, replaces := m.replacedBy(prior)
	return replaces
}

// replacing is an attribute for which a function is replaced.
type replacing struct {
	name           string
	planned, prior types.String // null for code that is of another kind
}

// replacedBy is the first attribute for which the plan replaces the function; false for none.
func (m model) replacedBy(prior model) (replacing, bool) {
	for _, attribute := range [...]replacing{
		{"name", m.Name, prior.Name}, {"package", m.Package, prior.Package}, {"type", m.Type, prior.Type},
		{"runtime", m.Runtime, prior.Runtime},
	} {
		if isOther(attribute.planned, attribute.prior) {
			return attribute, true
		}
	}
	return replacing{name: "code"}, m.becomesImage(prior)
}

// how says what is other: see base.Operation.ReplacedLate.
func (r replacing) how() string {
	if r.planned.IsNull() {
		return "is an image, or none any more"
	}
	return fmt.Sprintf("is %q, not %q", r.planned.ValueString(), r.prior.ValueString())
}

// becomesImage says that the code becomes a container image, or is one no more; runtime http knows both kinds.
func (m model) becomesImage(prior model) bool {
	code, ok := m.codeObject()
	kind := code.chosen().codeType
	return ok && kind != "" && prior.CodeType.ValueString() != "" && prior.Runtime.ValueString() == runtimeHTTP &&
		(kind == typeImage) != (prior.CodeType.ValueString() == typeImage)
}

// warnDeletion names what goes with a function: deleting it is the only call that takes other things along (contract
// D1). What cannot be read is said to be unread; it never fails a plan. A replacement is looked at in full, as are the
// first few destructions of a run; the others as far as few requests go (see look), and that is said once.
func (r *Resource) warnDeletion(ctx context.Context, state model, replaces bool, diags *diag.Diagnostics) {
	client := r.Connection.Ready()
	urn, err := functiongraph.ParseURN(state.ID.ValueString())
	if client == nil || err != nil {
		return
	}
	state.hide(client)
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	l := look{shared: r.Connection, client: client, urn: urn.Function()}
	l.inFull = replaces || r.Connection.MayLookInFull(l.urn.String())
	if !l.all(ctx) { // nothing is left to delete
		return
	}
	l.belongings().warn(state.Name.ValueString(), diags)
	if !l.whole && r.Connection.First(summaryNotInFull) {
		diags.AddWarning(summaryNotInFull, "This plan deletes many functions. Each takes along what belongs to it, whoever "+
			"made it. To ask for little, the provider looked for all of that with the first few functions only; with the "+
			"others, asynchronous settings and test events of what was never published are not looked for.")
	}
}

const summaryNotInFull = "Not All That Deletions Take Along Was Looked For"

// belongings are what goes with a function, in words.
type belongings struct{ gone, unread []string }

// add takes one kind, with the words that stand before one name and before several.
func (b *belongings) add(one, several string, f found) {
	if f.err != nil {
		b.unread = append(b.unread, strings.TrimSuffix(several, " of"))
	}
	if len(f.names) == 1 {
		several = one
	}
	if len(f.names) > 0 {
		b.gone = append(b.gone, several+" "+strings.Join(f.names, ", "))
	}
}

func (b *belongings) warn(function string, diags *diag.Diagnostics) {
	if len(b.gone)+len(b.unread) == 0 {
		return
	}
	detail := fmt.Sprintf("Deleting the function %s deletes what belongs to it, whoever made it", function)
	if len(b.gone) > 0 {
		detail += ": " + strings.Join(b.gone, "; ")
	}
	detail += "."
	if len(b.unread) > 0 {
		detail += " Not all of its " + strings.Join(b.unread, " and ") + " could be read: they go too."
	}
	diags.AddWarning("Deletion Takes Versions, Aliases and Triggers Along", detail)
}
