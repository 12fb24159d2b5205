// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxPage is the largest page of list functions, and what 0 and more mean (contract 1.8).
const maxPage = 400

// listFunctions is contract 3.2: newest first.
func (s *Server) listFunctions(c *call) (any, *Error) {
	marker, size, err := page(c.query)
	if err != nil {
		return nil, err
	}
	if size == 0 || size > maxPage {
		size = maxPage
	}
	found := s.newestFirst()
	found = slices.DeleteFunc(found, func(f *Function) bool { return !matches(f, c.query) })
	start := min(marker, len(found))
	end := min(start+size, len(found))
	rows := []map[string]any{}
	for _, f := range found[start:end] {
		rows = append(rows, s.functionBody(c, target{f: f}, inList))
	}
	return map[string]any{"functions": rows, "next_marker": end, "count": len(found)}, nil
}

func (s *Server) newestFirst() []*Function {
	return slices.SortedFunc(maps.Values(s.functions), func(a, b *Function) int {
		return cmp.Compare(s.order[b.place()], s.order[a.place()])
	})
}

// matches: the package exactly, the name as a part.
func matches(f *Function, query url.Values) bool {
	pkg := query.Get("package_name")
	return (pkg == "" || pkg == f.Package) && strings.Contains(f.Name, query.Get("func_name"))
}

// page reads marker and maxitems; absent is 0.
func page(query url.Values) (marker, size int, err *Error) {
	values := [2]int{}
	for i, name := range []string{"marker", "maxitems"} {
		text := query.Get(name)
		if text == "" {
			continue
		}
		n, bad := strconv.Atoi(text)
		if bad != nil || n < 0 {
			return 0, 0, invalid("%s %q is not a number from 0 on", name, text)
		}
		values[i] = n
	}
	return values[0], values[1], nil
}
