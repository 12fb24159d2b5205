// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// lookWithin bounds what a plan spends on a warning: a service that does not answer must not hold it up.
const lookWithin = 10 * time.Second

// replaces says that a plan deletes the function and makes a new one.
func (m model) replaces(prior model) bool {
	return !m.Name.Equal(prior.Name) || !m.Package.Equal(prior.Package) || !m.Type.Equal(prior.Type) ||
		!m.Runtime.Equal(prior.Runtime)
}

// warnDeletion names what goes with a function: deleting it is the only call that takes other things along (contract
// D1). What cannot be read is said to be unread; it never fails a plan.
func (r *Resource) warnDeletion(ctx context.Context, state model, diags *diag.Diagnostics) {
	client := r.connection.Ready()
	urn, err := functiongraph.ParseURN(state.ID.ValueString())
	if client == nil || err != nil {
		return
	}
	state.hide(client)
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	var b belongings
	versions, err := versionNames(ctx, client, urn)
	if functiongraph.IsNotFound(err) { // nothing is left to delete
		return
	}
	b.add("version", versions, err)
	aliases, err := aliasNames(ctx, client, urn)
	b.add("alias", aliases, err)
	triggers, err := triggerNames(ctx, client, urn, versions, aliases)
	b.add("trigger", triggers, err)
	b.warn(state.Name.ValueString(), diags)
}

// belongings are what goes with a function, in words.
type belongings struct{ gone, unread []string }

func (b *belongings) add(noun string, names []string, err error) {
	if err != nil {
		b.unread = append(b.unread, plural(noun, 2))
	}
	if len(names) > 0 {
		b.gone = append(b.gone, plural(noun, len(names))+" "+strings.Join(names, ", "))
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

func plural(noun string, n int) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "s"):
		return noun + "es"
	}
	return noun + "s"
}

func versionNames(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) (names []string, err error) {
	versions, err := client.Versions(ctx, urn)
	for _, v := range versions {
		if v.Version != functiongraph.VersionLatest && v.Version != "" {
			names = append(names, v.Version)
		}
	}
	return names, err
}

func aliasNames(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) (names []string, err error) {
	aliases, err := client.Aliases(ctx, urn)
	for _, a := range aliases {
		names = append(names, a.Name)
	}
	return names, err
}

// triggerNames are types, with names where there are any, of the function, its versions and its aliases: whether the
// list of the function has those of the others is not documented (contract 3.21).
func triggerNames(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, versions, aliases []string,
) (names []string, err error) {
	seen := map[string]bool{}
	qualifiers := append([]string{""}, versions...)
	for _, alias := range aliases {
		qualifiers = append(qualifiers, "!"+alias)
	}
	for _, qualifier := range qualifiers {
		triggers, err := client.Triggers(ctx, urn.WithQualifier(qualifier))
		if err != nil {
			return names, err
		}
		for _, t := range triggers {
			name := t.EventData.Name
			if name == "" {
				name = t.ID
			}
			if !seen[t.ID] {
				names = append(names, t.Type+" "+name)
			}
			seen[t.ID] = true
		}
	}
	return names, nil
}
