// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"cmp"
	"context"
	"fmt"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// uses is what would go with a version, or stop working without it: the service deletes its alias, its triggers and its
// reserved instances together with it (contract D6).
type uses struct {
	client   *functiongraph.Client
	function functiongraph.URN
	aliases  []functiongraph.Alias
	reserved []functiongraph.ReservedInstance
}

// readUses reads what is listed for all versions of a function at once. A region need not have a list.
func readUses(ctx context.Context, client *functiongraph.Client, function functiongraph.URN) (uses, error) {
	u := uses{client: client, function: function}
	var err error
	if u.aliases, err = client.Aliases(ctx, function); err != nil && !missing(err) {
		return u, fmt.Errorf("its aliases could not be read: %w", err)
	}
	if u.reserved, err = client.ReservedInstances(ctx, function); err != nil && !missing(err) {
		return u, fmt.Errorf("its reserved instances could not be read: %w", err)
	}
	return u, nil
}

// missing says that the region does not have the call.
func missing(err error) bool { return functiongraph.HasCode(err, functiongraph.CodeUnknownPath) }

// of says what uses a version, in words; "" for nothing. Triggers are listed by version, and asked for last.
func (u uses) of(ctx context.Context, version string) (string, error) {
	for _, alias := range u.aliases {
		for _, name := range targets(alias) {
			if name == version {
				return "alias " + alias.Name, nil
			}
		}
	}
	for _, row := range u.reserved {
		// A row without instances is what is left of a reservation.
		if row.QualifierType != "alias" && row.QualifierName == version && row.String() != "" {
			return "reserved instances: " + row.String(), nil
		}
	}
	triggers, err := u.client.Triggers(ctx, u.function.WithQualifier(version))
	if err != nil && !missing(err) {
		return "", fmt.Errorf("its triggers could not be read: %w", err)
	}
	if len(triggers) > 0 {
		return "trigger " + triggers[0].Type + " " + cmp.Or(triggers[0].EventData.Text("name"), triggers[0].ID), nil
	}
	return "", nil
}

// targets are the versions that an alias sends calls to.
func targets(alias functiongraph.Alias) []string {
	names := []string{alias.Version}
	for name := range alias.AdditionalVersionWeights {
		names = append(names, name)
	}
	for name := range alias.AdditionalVersionStrategy {
		names = append(names, name)
	}
	return names
}
