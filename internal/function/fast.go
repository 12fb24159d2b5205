// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
)

// The fast way of the operations that Terraform makes for every function, changed or not: refresh and plan.
//
// The framework decodes, walks and encodes the whole object several times in each operation, whatever it is about, and
// looks up the path of each attribute among all. What it adds to this resource's own work is little: a plan that
// differs from the state has its computed values marked as unknown where they are not configured; write-only values are
// dropped; plan modifiers ask for a replacement. The schema has no defaults and no types with an equality of their own
// (TestSchema_fastWay). So the protocol server does this resource's own work first, past the framework: refresh, which
// asks the service, planCreate and planUpdate, which decide. If that ends without a diagnostic and without a
// replacement, and a refresh in the state that came in, it is the answer.
//
// In every other case the framework goes its whole way. It is handed what was found, so that no request is made twice
// and no file read twice, and it decides the same because it calls the same functions with the same values. The tests
// over random lives hold both ways against each other, operation by operation.

// Type is the type of a function's configuration and state.
func Type() tftypes.Object { return record().Type() }

// IdentityType is the type of a function's identity.
func IdentityType() tftypes.Object { return noun.IdentityType() }

// Finding returns a context within which the service is asked, and a source is read, once: the slow way takes what the
// fast way found. A context of Finding stays what it is.
func Finding(ctx context.Context) context.Context {
	if ctx.Value(findKey{}) != nil {
		return ctx
	}
	return context.WithValue(ctx, findKey{}, &finds{})
}

type findKey struct{}

type finds struct {
	refreshed *refreshed
	source    *source
	served    []string // which aliases serve published versions
	asked     bool     // for them
	meeting   *connection.Meeting
}

// meetOnce is what meet says, or what it said before within this plan.
func (f *finds) meetOnce(meet func() connection.Meeting) connection.Meeting {
	if f.meeting == nil {
		met := meet()
		f.meeting = &met
	}
	return *f.meeting
}

// servedOnce asks, or returns what it was told before within this plan.
func (f *finds) servedOnce(ask func() []string) []string {
	if !f.asked {
		f.served, f.asked = ask(), true
	}
	return f.served
}

func findsWithin(ctx context.Context) *finds {
	if f, ok := ctx.Value(findKey{}).(*finds); ok {
		return f
	}
	return &finds{}
}

// Proposal is what a plan is asked for.
type Proposal struct {
	Config, Prior, Proposed tftypes.Value
	Private                 map[string][]byte
	Same                    bool // Proposed is Prior
}

// Plan plans the creation or the change of a function. ok is false where the framework has to; planned is nil for the
// prior state. ctx is one of Finding.
func Plan(ctx context.Context, c *connection.Connection, p Proposal) (planned *tftypes.Value, ok bool) {
	defer slowly(&ok)
	value := p.Prior
	if !p.Same {
		if value, ok = marked(builtSchema().Attributes, p.Config, p.Prior, p.Proposed); !ok {
			return nil, false
		}
	}
	r, e := newResource(c), existing{private: given(p.Private)}
	var plan model
	diags := plan.get(value)
	if p.Prior.IsNull() {
		diags.Append(e.config.get(p.Config)...)
		e.config.hide(c.Ready())
		r.planCreate(e.config, &plan, &diags)
		r.meetCreation(ctx, plan, &diags)
	} else {
		diags.Append(e.get(p.Config, p.Prior)...)
		if replaces := r.planUpdate(ctx, e, &plan, &diags); replaces || plan.replaces(e.prior) {
			return nil, false
		}
		if record().Equal(&plan, &e.prior) {
			return nil, len(diags) == 0
		}
	}
	diags.Append(plan.set(&value)...)
	return &value, len(diags) == 0
}

// ReadsNothing refreshes a function. It says that state and private state are what they were, without a diagnostic, and
// what the identity is, whether or not it was there before. ctx is one of Finding.
func ReadsNothing(ctx context.Context, c *connection.Connection, state tftypes.Value, private map[string][]byte,
) (identity tftypes.Value, nothing bool) {
	defer slowly(&nothing)
	var was model
	if was.get(state).HasError() {
		return identity, false
	}
	identity, ok := noun.IdentityOf(was.ID.ValueString())
	if !ok {
		return identity, false
	}
	found := newResource(c).refresh(ctx, was, given(private))
	findsWithin(ctx).refreshed = found
	return identity, found.read && len(found.diags) == 0 && !found.private.differ(ctx) &&
		record().Equal(&found.state, &was)
}

// slowly leaves a panic to the slow way, which reports it.
func slowly(nothing *bool) {
	if recover() != nil {
		*nothing = false
	}
}

// given is private state that can be read only: a plan writes none, and a read writes notes over it.
type given map[string][]byte

func (g given) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return g[key], nil }

func (given) SetKey(context.Context, string, []byte) diag.Diagnostics {
	panic("private state that came in is written to")
}

// inspectOnce is inspect, or what it found before within this plan.
func (c codeModel) inspectOnce(ctx context.Context, settings stamp) source {
	found := findsWithin(ctx)
	if found.source == nil {
		src := c.inspect(settings)
		found.source = &src
	}
	return *found.source
}
