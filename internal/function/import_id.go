// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// importURN understands what people have at hand: the name, package/name, or a URN with or without a version.
func importURN(ctx context.Context, client *functiongraph.Client, id string) (functiongraph.URN, error) {
	if strings.Contains(id, ":") {
		urn, err := functiongraph.ParseURN(id)
		return urn.Function(), err
	}
	pkg, name, found := strings.Cut(id, "/")
	if !found {
		pkg, name = defaultPackage, id
	}
	if !packagePattern.MatchString(pkg) || !namePattern.MatchString(name) {
		return functiongraph.URN{}, fmt.Errorf("invalid import id %q: expected the name of a function in package %s, "+
			"<package>/<name>, or the function's URN", id, defaultPackage)
	}
	return client.FunctionURN(ctx, pkg, name)
}

func quoted(s string) string { return strconv.Quote(s) }
