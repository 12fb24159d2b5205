// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// kind is one type of trigger: an attribute of the resource, which is an object, and what the service makes of it
// (contract 3.21.4). There is a file for each.
type kind struct {
	name    string   // of the attribute
	doc     string   // what it says of itself
	codes   []string // the type words that it stands for
	members []member
	// code is the type word of an object; "" while it is not known. nil: the only one of codes.
	code func(values) string
	// write and read are for attributes that are no member of their own; nil where there is none.
	write func(from values, data map[string]any)
	read  func(data functiongraph.EventData, into values, all bool)
	// check is for rules that take several attributes, and match for what members do not compare; nil for none.
	check func(v values, fail fail)
	// create is for rules about a secret, nil for none: what is there has its own, which nobody can read, so that the
	// configuration of an imported trigger has none.
	create func(v values, fail fail)
	match  func(v values, data functiongraph.EventData) bool
	// advise warns, in the plan of a new trigger, of what may be a mistake; nil for nothing.
	advise func(v values, warn fail)
	// gap says what is lost while a trigger is replaced; nil for nothing.
	gap func(prior values) string
	// secretDue says that a trigger like this has a secret, so that one without has been imported; nil for no.
	secretDue func(prior values) bool
	// unique are members in the data of which no two triggers may have all alike.
	unique   [][]string
	noSwitch bool // it is always on (contract O16b)
}

// kinds is the table of types.
var kinds = []*kind{
	&timerKind, &apigKind, &obsKind, &smnKind, &ltsKind, &ctsKind, &disKind, &ddsKind, &kafkaKind, &rabbitmqKind,
	&rocketmqKind, &eventgridKind, &otherKind,
}

// kindOf is the kind that a type word belongs to; other is for all that have no attribute of their own.
func kindOf(code string) *kind {
	for _, k := range kinds {
		if slices.Contains(k.codes, code) {
			return k
		}
	}
	return &otherKind
}

// values are the attributes of an object, by name.
type values map[string]attr.Value

func (v values) text(name string) string {
	text, _ := v[name].(types.String)
	return text.ValueString()
}

// given says that an attribute is neither null nor an empty text; it may not be known yet.
func (v values) given(name string) bool { return v[name] != nil && !isEmpty(v[name]) }

// known says that an attribute has a value.
func (v values) known(name string) bool { return v.given(name) && !v[name].IsUnknown() }

func (v values) on(name string) bool {
	flag, _ := v[name].(types.Bool)
	return flag.ValueBool()
}

// fail reports what is wrong with an attribute of an object.
type fail func(attribute, summary, detail string)

// typeOf is the type word for an object, "" while it is not known.
func (k *kind) typeOf(v values) string {
	if k.code != nil {
		return k.code(v)
	}
	return k.codes[0]
}

// attribute is the object in the schema.
func (k *kind) attribute() schema.SingleNestedAttribute {
	attributes := map[string]schema.Attribute{}
	for _, m := range k.members {
		attributes[m.name] = m.attribute
	}
	return schema.SingleNestedAttribute{Optional: true, MarkdownDescription: k.doc, Attributes: attributes}
}

// object makes an object of values.
func (k *kind) object(v values) (types.Object, diag.Diagnostics) {
	as := map[string]attr.Type{}
	for _, m := range k.members {
		as[m.name] = m.attribute.GetType()
	}
	if v == nil {
		return types.ObjectNull(as), nil
	}
	return types.ObjectValue(as, v)
}

// data is what a request sends. Members without a value are left out.
func (k *kind) data(v values) map[string]any {
	data := map[string]any{}
	for _, m := range k.members {
		m.write(v[m.name], data)
	}
	if k.write != nil {
		k.write(v, data)
	}
	return data
}

// fromAPI is what an answer makes of an object: of what it has, the same attributes. With all, which is for what is not
// known yet, everything that the object can have.
func (k *kind) fromAPI(data functiongraph.EventData, current values, all bool) values {
	out := maps.Clone(current)
	if out == nil {
		out = values{}
	}
	for _, m := range k.members {
		out[m.name] = m.read(data, current[m.name], all)
	}
	if k.read != nil {
		k.read(data, out, all)
	}
	return out
}

// matches says that an answer has what an object has, as far as answers tell. Secrets are no part of it.
func (k *kind) matches(v values, data functiongraph.EventData, which func(member) bool) bool {
	for _, m := range k.members {
		if which(m) && !m.matches(v[m.name], data) {
			return false
		}
	}
	return k.match == nil || k.match(v, data)
}

// all members are compared to find a trigger, those that PUT takes after a change.
func anyMember(member) bool    { return true }
func liveMember(m member) bool { return m.live }

// changes are the attributes that differ in a plan, those that an update can change and those that it cannot. What is
// only spelt in another way differs in neither, nor does what an import could not know.
func (k *kind) changes(plan, prior values, imported bool) (live, fixed []string) {
	secretless := k.secretDue != nil && k.secretDue(prior) && !prior.given("password") &&
		!prior.given("password_wo_version")
	for _, m := range k.members {
		was, is := m.meant(prior[m.name]), m.meant(plan[m.name])
		switch {
		case was == nil, is.Equal(was), m.same != nil && m.same(is, was):
		case m.ofSecret && (secretless || imported), m.silent && imported:
		case m.part != nil && imported && m.part(plan, prior):
		case m.live:
			live = append(live, m.name)
		default:
			fixed = append(fixed, m.name)
		}
	}
	return live, fixed
}
