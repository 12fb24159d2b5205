// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// refused explains why the service does not keep instances ready.
type refused struct {
	op   *base.Operation
	urn  functiongraph.URN
	want functiongraph.Reservation
}

func (r refused) tell(ctx context.Context, err error) {
	sentence := r.op.Sentence(r.urn.String())
	if functiongraph.IsRefusal(err) { // the codes of these rules are an assumption (contract 3.18.3)
		if at, why := r.why(ctx); why != "" {
			r.op.Diags.AddAttributeError(path.Root(at), r.op.Summary(), diagnose.Detail(sentence+" "+why, err))
			return
		}
	}
	if functiongraph.HasCode(err, functiongraph.CodeForbidden) {
		sentence += " If the provider's user may do this, the account has too many reserved instances already: those of " +
			"all functions count."
	}
	r.op.FailWith(sentence, err)
}

// why looks for the reason that the service does not name, and the attribute that it is about.
func (r refused) why(ctx context.Context) (attribute, text string) {
	if other, count := r.inTheWay(ctx); count != "" {
		return "function_urn", fmt.Sprintf("A version and an alias that points at it cannot both have reserved instances, "+
			"and %s has some: %s. Remove those, or reserve there and not here.", r.urn.WithQualifier(other), count)
	}
	f, err := r.op.Client.Function(ctx, r.urn.Function())
	if err != nil || f.StrategyConfig == nil || f.StrategyConfig.Concurrency == nil {
		return "", ""
	}
	switch most, asked := *f.StrategyConfig.Concurrency, r.most(); {
	case most == 0:
		return "function_urn", "The function is disabled: its max_instance_num is 0."
	case most > 0 && asked > most:
		return "min_count", fmt.Sprintf("The function has at most %d instances (max_instance_num), and %d are to be kept "+
			"ready.", most, asked)
	}
	return "", ""
}

// inTheWay is the version of the alias, or the alias of the version, that has reserved instances (contract RI1).
func (r refused) inTheWay(ctx context.Context) (qualifier, count string) {
	rows, err := r.op.Client.ReservedInstances(ctx, r.urn)
	if err != nil {
		return "", ""
	}
	aliases, err := r.op.Client.Aliases(ctx, r.urn.Function())
	if err != nil {
		return "", ""
	}
	for _, alias := range aliases {
		other := ""
		switch {
		case r.urn.Alias() == alias.Name:
			other = alias.Version
		case r.urn.Version() == alias.Version:
			other = "!" + alias.Name
		default:
			continue
		}
		for _, row := range rows {
			if row.Names(r.urn.WithQualifier(other)) && row.String() != "" {
				return other, row.String()
			}
		}
	}
	return "", ""
}

// most is the largest number that is asked for at any time.
func (r refused) most() int64 {
	most := r.want.Count
	for _, policy := range r.want.Cron {
		most = max(most, policy.Count)
	}
	for _, policy := range r.want.Metric {
		most = max(most, policy.Min)
	}
	return most
}
