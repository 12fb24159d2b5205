// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
)

// maxPageSize is the largest page of functions that the service gives (contract 1.8).
const maxPageSize = 400

// listing is one list of the API, of which all pages are read. A list that is not complete would let something be
// deleted that is needed, or made that is there; it is an error.
type listing[T any] struct {
	client  *Client
	request request
	member  string               // of the answer that holds the rows; "" where the answer is a bare array
	query   url.Values           // besides the marker
	counts  bool                 // count is the number of rows; else it is no reason to stop
	others  bool                 // count is that of other things: fewer rows than that are no reason for doubt
	nulls   bool                 // null in the place of the rows is an empty list
	key     func(T) string       // tells rows apart; "" for a row that does not say what it is
	check   func(T) error        // that a row belongs to the list
	whole   func([]T) error      // that what every such list has is there; may be nil
	keep    func(*T, oddMembers) // may be nil
	// posted is the request's body, for a list that is asked for by POST; it counts its rows in total_count.
	posted func(marker int64) (*body, error)
	most   int64 // rows: a longer list is not read; 0 for any number
	once   bool  // one that is not complete is not read again
	full   int   // rows of a full page: any other is the last that is read, complete or not; 0 to read on
}

// listTries is how often a list is read until it is complete: it may have changed between two of its pages.
const listTries = 3

// incompleteError says that a list has less than it should have.
type incompleteError struct{ text string }

// Error says what is missing.
func (e *incompleteError) Error() string { return e.text }

// all reads the list.
func (l listing[T]) all(ctx context.Context) (rows []T, err error) {
	err = l.tries(ctx, func() error {
		rows = []T{}
		err := l.pages(ctx, func(_ string, row T) bool {
			rows = append(rows, row)
			return true
		})
		if err == nil && l.whole != nil {
			return l.whole(rows)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// each gives the rows as their pages come, and holds no more of them than a page; an error comes last. A list that
// turns out not to be complete is read again, for what was not given yet. It is for lists without whole.
func (l listing[T]) each(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		given, stopped := map[string]bool{}, false
		err := l.tries(ctx, func() error {
			return l.pages(ctx, func(id string, row T) bool {
				if !given[id] {
					given[id] = true
					stopped = !yield(row, nil)
				}
				return !stopped
			})
		})
		if err != nil && !stopped {
			yield(*new(T), err)
		}
	}
}

// tries reads the list until it is complete.
func (l listing[T]) tries(ctx context.Context, read func() error) error {
	for try := 1; ; try++ {
		err := read()
		var incomplete *incompleteError
		if !errors.As(err, &incomplete) {
			return err
		}
		if try == listTries || l.once {
			return fmt.Errorf("%s %s: %w", l.request.method, l.request.route.template, err)
		}
		if err := wait(ctx, l.client.backoff(try), err); err != nil {
			return err
		}
	}
}

// pages reads pages until no new row can come (contract 1.8): as many rows as the service counts are there, or the page
// brought nothing new. Rows are told apart, since the marker is an offset into a list that may shift, and since a
// service that ignores the marker answers everything again. It stops where give says so.
func (l listing[T]) pages(ctx context.Context, give func(id string, row T) bool) error {
	seen := map[string]bool{}
	for marker := int64(0); ; {
		page, err := l.page(ctx, marker)
		if err != nil {
			return err
		}
		before := len(seen)
		for _, row := range page.rows {
			id := row.id(l.key)
			if seen[id] {
				continue
			}
			seen[id] = true
			if row.value != nil && !give(id, *row.value) {
				return nil
			}
		}
		if len(page.rows) < l.full {
			return nil
		}
		have := int64(len(seen))
		next, more := page.next(marker, have, len(seen) > before, l.counts)
		if more && l.member != "" { // a bare array has no pages
			marker = next
			continue
		}
		if page.count.set && have < page.count.value && !l.others {
			return &incompleteError{fmt.Sprintf("the list is not complete: the service counts %d and gave %d",
				page.count.value, have)}
		}
		return nil
	}
}

// listPage is one page of a list.
type listPage[T any] struct {
	rows       []listRow[T]
	nextMarker lenientInt
	count      lenientInt
}

// listRow is one row: nil if it is no object, or what of it can be read.
type listRow[T any] struct {
	raw   json.RawMessage
	value *T
}

// id tells a row from others. One that does not say what it is counts by its text.
func (r listRow[T]) id(key func(T) string) string {
	if r.value != nil {
		if id := key(*r.value); id != "" {
			return id
		}
	}
	return "?" + string(r.raw)
}

// next says from where to read on, and whether to.
func (p listPage[T]) next(marker, have int64, brought, counts bool) (int64, bool) {
	complete := p.count.set && have >= p.count.value
	switch {
	case !brought || counts && complete:
		return 0, false
	case p.nextMarker.value > marker:
		return p.nextMarker.value, true
	case p.count.set && !complete || !counts:
		return have, true
	}
	return 0, false
}

// page reads one page. Each attempt decodes into a new one.
func (l listing[T]) page(ctx context.Context, marker int64) (listPage[T], error) {
	r := l.request
	r.query = url.Values{}
	for name, values := range l.query {
		r.query[name] = values
	}
	var page listPage[T]
	var err error
	switch {
	case l.posted != nil:
		if r.body, err = l.posted(marker); err != nil {
			return page, err
		}
	case marker > 0 || l.query != nil:
		r.query.Set("marker", strconv.FormatInt(marker, 10))
	}
	err = l.client.do(ctx, r, func(data []byte) (err error) {
		page, err = l.decode(data, marker)
		return err
	})
	return page, err
}

func (l listing[T]) decode(data []byte, marker int64) (page listPage[T], err error) {
	raw, err := l.rows(data, marker, &page)
	if err != nil {
		return page, err
	}
	for _, text := range raw {
		row := listRow[T]{raw: text}
		value, odd, err := decodeObject[T](text)
		if err == nil { // else it is no object; a row that is odd must not cost the others
			if l.keep != nil {
				l.keep(value, odd)
			}
			if err := l.check(*value); err != nil {
				return page, err
			}
			row.value = value
		}
		page.rows = append(page.rows, row)
	}
	return page, nil
}

// rows finds the rows in an answer. Behind the end, and where the service counts none, no list is an empty one.
func (l listing[T]) rows(data []byte, marker int64, page *listPage[T]) (rows []json.RawMessage, err error) {
	if l.member == "" {
		if err := json.Unmarshal(data, &rows); err != nil || rows == nil {
			return nil, fmt.Errorf("it is %s, not a list", kindOf(data))
		}
		return rows, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil || members == nil {
		return nil, fmt.Errorf("it is %s, not an object", kindOf(data))
	}
	// A number that cannot be read counts as missing.
	_ = json.Unmarshal(members["next_marker"], &page.nextMarker)
	_ = json.Unmarshal(members["count"], &page.count)
	if l.posted != nil {
		if _ = json.Unmarshal(members["total_count"], &page.count); !page.count.set {
			return nil, &oddError{"it does not say how many rows there are"}
		}
	}
	if l.most > 0 && page.count.value > l.most {
		return nil, &oddError{fmt.Sprintf("it counts %d rows, and no more than %d are read", page.count.value, l.most)}
	}
	list, there := members[l.member]
	if there && l.nulls && kindOf(list) == "null" {
		return nil, nil
	}
	if none := !there || kindOf(list) == "null"; none && (page.count.set && page.count.value == 0 || marker > 0) {
		return nil, nil
	}
	if err := json.Unmarshal(list, &rows); err != nil || rows == nil {
		return nil, fmt.Errorf("it holds no list %s", l.member)
	}
	return rows, nil
}

// inFunction checks that a row with a URN is of the function that was asked about.
func inFunction(function URN, inRow string) error {
	if inRow == "" {
		return nil
	}
	if got, err := ParseURN(inRow); err != nil || !function.sameFunction(got) {
		return errors.New("it lists what belongs to another function")
	}
	return nil
}

// namesFunction checks that a row says of which function it is.
func namesFunction(inRow string) error {
	if _, err := ParseURN(inRow); err != nil {
		return &oddError{"it has a row that does not say of which function it is"}
	}
	return nil
}
