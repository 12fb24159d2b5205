// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// updateOutcomes writes the tables of the guide anew from what the matrices see.
var updateOutcomes = flag.Bool("update-outcomes", false, "rewrite the tables of the guide on what goes wrong")

// outcomesFile is the guide that holds the tables, each between two marks.
const outcomesFile = "../../templates/guides/when-things-go-wrong.md.tmpl"

// outcome is what somebody sees of a command, and what brings it to its end.
type outcome string

// The order is that of a cell of the table.
const (
	unnoticed  outcome = "nothing"
	warned     outcome = "a warning"
	finishes   outcome = "an error, apply again"
	untainting outcome = "an error, untaint, apply again"
	importing  outcome = "an error with an import block"
)

var outcomes = []outcome{unnoticed, warned, finishes, untainting, importing}

// tally counts outcomes by row and column of a table.
type tally struct {
	mu     sync.Mutex
	counts map[[2]string]map[outcome]int
	rows   []string
	cells  int
}

// columns are the kinds of commands.
var columns = []string{"Creating, publishing", "Reading, importing", "Changing, releasing", "Deleting", "Calling"}

func (n *tally) add(row, column string, o outcome) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.counts == nil {
		n.counts = map[[2]string]map[outcome]int{}
	}
	key := [2]string{row, column}
	if n.counts[key] == nil {
		n.counts[key] = map[outcome]int{}
	}
	n.counts[key][o]++
	n.cells++
	if !slices.Contains(n.rows, row) {
		n.rows = append(n.rows, row)
		slices.Sort(n.rows)
	}
}

// table is what was counted, with the rows of one beginning, which is not shown, and with its own words for outcomes.
func (n *tally) table(head, begin string, words map[outcome]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s |\n|---%s|\n", head, strings.Join(columns, " | "), strings.Repeat("|---", len(columns)))
	for _, row := range n.rows {
		says, ok := strings.CutPrefix(row, begin)
		if !ok {
			continue
		}
		fmt.Fprintf(&b, "| %s |", says)
		for _, column := range columns {
			fmt.Fprintf(&b, " %s |", seen(n.counts[[2]string{row, column}], words))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// seen is a cell: what was seen, and how often.
func seen(counts map[outcome]int, words map[outcome]string) string {
	if len(counts) == 0 {
		return "–"
	}
	var list []string
	for _, o := range outcomes {
		if counts[o] > 0 {
			list = append(list, fmt.Sprintf("%s (%d)", cmp.Or(words[o], string(o)), counts[o]))
		}
	}
	return strings.Join(list, "; ")
}

// guideMu serialises the tests that write.
var guideMu sync.Mutex

// compareOutcomes compares a table with the one in the guide, or writes it. How many requests a command makes depends
// on the readings of the service's documents, so in the second world the numbers do not count: there, nothing may be
// worse than the guide says.
func compareOutcomes(t *testing.T, name, table string, words map[outcome]string) {
	t.Helper()
	guideMu.Lock()
	defer guideMu.Unlock()
	guide, err := os.ReadFile(outcomesFile)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+": begin -->\n", "<!-- "+name+": end -->"
	before, rest, found := strings.Cut(string(guide), begin)
	present, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no place for the table %s", outcomesFile, name)
	}
	switch {
	case acctest.SecondWorld():
		for _, problem := range worse(table, present, words) {
			t.Errorf("the guide says otherwise: %s", problem)
		}
	case *updateOutcomes:
		if err := os.WriteFile(outcomesFile, []byte(before+begin+table+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case table != present:
		t.Errorf("the table %s in %s is not what this run shows: make fault-matrix and make kill-matrix write it anew.\n%s",
			name, outcomesFile, gocmp.Diff(strings.Split(present, "\n"), strings.Split(table, "\n")))
	}
}

// worse names the cells of a table that hold something worse than the same cells of the guide.
func worse(table, guide string, words map[outcome]string) (problems []string) {
	expected := map[string][]string{}
	for line := range strings.Lines(guide) {
		cells := strings.Split(line, "|")
		expected[cells[min(1, len(cells)-1)]] = cells
	}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		want := expected[cells[1]]
		for i, cell := range cells {
			if i >= len(want) || worst(cell, words) > worst(want[i], words) {
				problems = append(problems, fmt.Sprintf("%s: %s", strings.TrimSpace(cells[1]), strings.TrimSpace(cell)))
			}
		}
	}
	return problems
}

// worst is the number of the worst outcome in a cell.
func worst(cell string, words map[outcome]string) (n int) {
	for i, o := range outcomes {
		if strings.Contains(cell, cmp.Or(words[o], string(o))) {
			n = i
		}
	}
	return n
}
