// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import "sync"

// Move is an alias that is to point at another version.
type Move struct{ Alias, From, To string }

// moves are those that this run knows of and has not made yet, by function and alias.
type moves struct {
	mu sync.Mutex
	of map[string]map[string]Move
}

// NoteMove notes a move that is planned, in place of an earlier one of the alias. It returns the ring that the move
// closes with others of the run, nil for none: each alias is to point where the next one still does, and the last one
// where the first does. A version has one alias (contract A3), so none of them can move first.
func (c *Connection) NoteMove(function string, m Move) (ring []Move) {
	all := &c.moves
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.of == nil {
		all.of = map[string]map[string]Move{}
	}
	if all.of[function] == nil {
		all.of[function] = map[string]Move{}
	}
	all.of[function][m.Alias] = m
	return ringOf(all.of[function], m)
}

// ForgetMove forgets the move of an alias: it was made, or is none.
func (c *Connection) ForgetMove(function, alias string) {
	all := &c.moves
	all.mu.Lock()
	defer all.mu.Unlock()
	delete(all.of[function], alias)
}

// Ring returns the ring that the noted move of an alias is part of, nil for none.
func (c *Connection) Ring(function, alias string) []Move {
	all := &c.moves
	all.mu.Lock()
	defer all.mu.Unlock()
	m, ok := all.of[function][alias]
	if !ok {
		return nil
	}
	return ringOf(all.of[function], m)
}

func ringOf(of map[string]Move, first Move) []Move {
	ring := []Move{first}
	for last := first; last.To != first.From; {
		next, ok := at(of, last.To)
		if !ok || len(ring) == len(of) {
			return nil
		}
		ring, last = append(ring, next), next
	}
	if len(ring) == 1 {
		return nil
	}
	return ring
}

// at finds the alias that points at a version.
func at(of map[string]Move, version string) (Move, bool) {
	for _, m := range of {
		if m.From == version {
			return m, true
		}
	}
	return Move{}, false
}
