// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// rowsOf is the member that holds the rows of a list; the others are bare arrays.
var rowsOf = map[string]string{
	"functions": "functions", "versions": "versions", "reservedinstanceconfigs": "reserved_instances", "tags": "tags",
	"triggers": "triggers", "filter": "resources",
}

// lists are answers with other pages, other rows and parts of lists. A list is complete, or it is none.
func lists() map[string]wireFault {
	paging := []string{"ListVersions", "ListReservedInstances"}
	// A trigger that cannot be read is a trigger all the same.
	all := []string{"ListVersions", "ListReservedInstances", "ListAliases", "GetTags"}
	out := map[string]wireFault{
		"a list is cut": {
			says: "A list is cut short", passes: true, modes: []mode{once, always}, bend: cutShort,
			hits: answered([]string{"ListVersions"}),
		},
		"an odd row": {
			says: "A list has rows that nobody can read", passes: true, done: true, modes: []mode{always}, bend: oddRows,
			hits: answered(all),
		},
	}
	for size := 1; size <= 3; size++ {
		out[fmt.Sprintf("pages of %d", size)] = wireFault{
			says: "A list comes in small pages", passes: true, done: true, modes: []mode{always}, hits: answered(paging),
			bend: func(resp reply) { pages(resp, size) },
		}
	}
	return out
}

// eachRows lets change make other rows of those of a list.
func eachRows(resp reply, change func(rows []any, list map[string]any) []any) {
	if resp.StatusCode != http.StatusOK {
		return
	}
	path := resp.Request.URL.Path
	member := rowsOf[path[strings.LastIndex(path, "/")+1:]]
	reshape(resp, func(v any) any {
		switch v := v.(type) {
		case []any:
			return change(v, map[string]any{})
		case map[string]any:
			if rows, ok := v[member].([]any); ok {
				v[member] = change(rows, v)
			}
		}
		return v
	})
}

// oddRows adds what no list should have.
func oddRows(resp reply) {
	eachRows(resp, func(rows []any, list map[string]any) []any {
		odd := map[string]any{
			"key": 7, "value": []any{}, "name": map[string]any{}, "version": 7, "func_name": 7, "qualifier_name": 7,
			"trigger_id": 7, "additional_version_weights": "none",
		}
		for _, name := range []string{"count", "next_marker"} {
			if n, ok := list[name].(json.Number); ok {
				old, _ := n.Int64()
				list[name] = old + 2
			}
		}
		return append(append([]any{nil}, rows...), odd)
	})
}

// pages gives a few of the rows that are asked for. What the service ignores of the query, it keeps to.
func pages(resp reply, size int) {
	marker, _ := strconv.Atoi(resp.Request.URL.Query().Get("marker"))
	eachRows(resp, func(rows []any, list map[string]any) []any {
		if list["count"] == json.Number(strconv.Itoa(len(rows))) { // all rows are here, whatever was asked for
			rows = rows[min(marker, len(rows)):]
		}
		rows = rows[:min(size, len(rows))]
		next, count := marker+len(rows), len(rows)
		if info, ok := list["page_info"].(map[string]any); ok {
			info["next_marker"], info["current_count"] = next, count
		} else {
			list["next_marker"] = next
		}
		return rows
	})
}

// cutShort gives the first rows, says that there are more, and has none when they are asked for.
func cutShort(resp reply) {
	marker, _ := strconv.Atoi(resp.Request.URL.Query().Get("marker"))
	eachRows(resp, func(rows []any, list map[string]any) []any {
		if marker > 0 {
			list["count"], list["next_marker"] = marker+5, marker+1
			return []any{}
		}
		list["count"], list["next_marker"] = len(rows)+5, len(rows)
		return rows
	})
}

// readData reads a data source as a CLI does.
func readData(t testing.TB, server tfprotov6.ProviderServer, source string, config values) (
	map[string]tftypes.Value, diagnostics,
) {
	t.Helper()
	typ := schemas().DataSourceSchemas[source].ValueType().(tftypes.Object)
	packed, err := tfprotov6.NewDynamicValue(typ, object(t, typ, config))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: source, Config: &packed})
	if err != nil {
		t.Fatal(err)
	}
	if d := diagnostics(resp.Diagnostics); d.failed() {
		return nil, d
	}
	state, err := resp.State.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	return attributesOf(state), resp.Diagnostics
}

// listSource is a data source that reads a list.
type listSource struct {
	name, list, column string
	config             values
	want               []string
}

func listSources() []listSource {
	of := values{"function_urn": functionURN}
	return []listSource{
		{"fgs_functions", "functions", "name", values{}, []string{"bills", "carts", "orders", "users"}},
		{"fgs_function_versions", "versions", "version", of, []string{"v1", "v2", "v3"}},
		{"fgs_function_aliases", "aliases", "name", of, []string{"a1", "a2", "a3"}},
	}
}

// listed is a service with things to list, in a bubble, with what happens to the lists.
func listed(t *testing.T, bend func(reply), read func(t *testing.T, w *wire)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI(func(s *emulator.Switches) { s.NoListVersions, s.PageVersions = false, false })
		for _, name := range []string{"orders", "bills", "carts", "users"} {
			api.Put(emulator.Function{
				Name: name, CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("0")},
				Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
			})
		}
		for n := 1; n <= 3; n++ {
			time.Sleep(time.Second)
			if err := api.SetCode("default", "orders", "inline", "", []byte(fmt.Sprint(n))); err != nil {
				t.Fatal(err)
			}
			if err := api.Publish("default", "orders", fmt.Sprint("v", n), ""); err != nil {
				t.Fatal(err)
			}
			if err := api.PutAlias("default", "orders", fmt.Sprint("a", n), fmt.Sprint("v", n), nil); err != nil {
				t.Fatal(err)
			}
		}
		w := &wire{api: api}
		if bend != nil {
			w.bend = func(_ int, _ *http.Request, resp reply) { bend(resp) }
		}
		read(t, w)
	})
}

// column are the texts of one column of a list, sorted.
func (l listSource) columnOf(t *testing.T, read map[string]tftypes.Value) (out []string) {
	t.Helper()
	var rows []tftypes.Value
	if err := read[l.list].As(&rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		var text string
		if v := attributesOf(row)[l.column]; v.As(&text) == nil && text != "" {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return out
}

// TestFault_listSources: what a data source lists is complete, in whatever pages it comes and whatever else is in the
// list; or it is an error.
func TestFault_listSources(t *testing.T) {
	t.Parallel()
	whole := map[string]func(reply){
		"as it is": nil, "odd rows": oddRows,
		"pages of 1": func(resp reply) { pages(resp, 1) }, "pages of 2": func(resp reply) { pages(resp, 2) },
		"pages of 3": func(resp reply) { pages(resp, 3) },
	}
	for _, source := range listSources() {
		for name, bend := range whole {
			if source.list == "aliases" && strings.HasPrefix(name, "pages") {
				continue
			}
			t.Run(source.name+", "+name, func(t *testing.T) {
				listed(t, bend, func(t *testing.T, w *wire) {
					read, diags := readData(t, newServer(t, w), source.name, source.config)
					speaksPlainly(t, diags)
					if diags.failed() {
						t.Fatalf("want %v, got: %s", source.want, diags)
					}
					if got := source.columnOf(t, read); !slices.Equal(got, source.want) {
						t.Errorf("got %v, want %v", got, source.want)
					}
				})
			})
		}
		broken := map[string]func(reply){
			"{}": replaced("{}"), "null": replaced("null"), "nothing": replaced(""), "a text": replaced(`"x"`),
			"no rows": func(resp reply) {
				reshape(resp, func(v any) any {
					if list, ok := v.(map[string]any); ok {
						delete(list, source.list)
					}
					return map[bool]any{true: map[string]any{}, false: v}[source.list == "aliases"]
				})
			},
		}
		if source.list != "aliases" { // which has no pages
			broken["cut short"] = cutShort
		}
		for name, bend := range broken {
			t.Run(source.name+", "+name, func(t *testing.T) {
				listed(t, bend, func(t *testing.T, w *wire) {
					_, diags := readData(t, newServer(t, w), source.name, source.config)
					speaksPlainly(t, diags)
					if !diags.failed() {
						t.Errorf("what is no list was believed: %s", diags)
					}
					if n := w.requests(); n > 30 {
						t.Errorf("%d requests were made", n)
					}
				})
			})
			t.Run(source.name+", once "+name, func(t *testing.T) {
				hit := false
				once := func(resp reply) {
					if !hit {
						hit = true
						bend(resp)
					}
				}
				listed(t, once, func(t *testing.T, w *wire) {
					read, diags := readData(t, newServer(t, w), source.name, source.config)
					if len(diags) > 0 {
						t.Fatalf("want that nobody notices, got: %s", diags)
					}
					if got := source.columnOf(t, read); !slices.Equal(got, source.want) {
						t.Errorf("got %v, want %v", got, source.want)
					}
				})
			})
		}
	}
}

// TestFault_functionSource: the data source of one function believes no answer that is not whole, either.
func TestFault_functionSource(t *testing.T) {
	t.Parallel()
	for name, bend := range map[string]func(reply){
		"{}": replaced("{}"), "null": replaced("null"), "nothing": replaced(""), "[]": replaced("[]"),
		"no runtime":    edited(func(answer map[string]any) { delete(answer, "runtime") }),
		"another's":     edited(ofOther),
		"of a proxy":    replaced("<html>log in</html>"),
		"func_urn only": edited(func(answer map[string]any) { maps.DeleteFunc(answer, notURN) }),
	} {
		for _, config := range []values{{"name": "orders"}, {"name": "orders", "qualifier": "v2"}} {
			for _, m := range []mode{once, always} {
				t.Run(fmt.Sprint(name, " ", m, " ", config["qualifier"]), func(t *testing.T) {
					hits := 0
					bent := func(resp reply) {
						if hits++; m == always || hits == 1 {
							bend(resp)
						}
					}
					listed(t, bent, func(t *testing.T, w *wire) {
						read, diags := readData(t, newServer(t, w), "fgs_function", config)
						speaksPlainly(t, diags)
						switch {
						case m == always && !diags.failed():
							t.Error("it was believed")
						case m == once && len(diags) > 0:
							t.Errorf("want that nobody notices, got: %s", diags)
						case m == once && read["runtime"].IsNull():
							t.Error("there is no runtime")
						}
					})
				})
			}
		}
	}
}

func notURN(member string, _ any) bool { return member != "func_urn" }

// TestFault_reservedPages: reserved instances spare a version from being pruned on whatever page its row stands.
func TestFault_reservedPages(t *testing.T) {
	t.Parallel()
	for size := 1; size <= 3; size++ {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			release(t, func(r *releases) {
				for n := 1; n <= 6; n++ {
					r.code(fmt.Sprint(n))
					if n == 6 { // v1 stands on the last page
						for _, name := range []string{"latest", "v5", "v4", "v3", "v1"} {
							ready := emulator.Reservation{Qualifier: name, MinCount: 1}
							if err := r.wire.api.PutReservation("default", "orders", ready); err != nil {
								r.t.Fatal(err)
							}
						}
						r.wire.bend = func(_ int, _ *http.Request, resp reply) { pages(resp, size) }
					}
					more := values{"version": fmt.Sprint("v", n)}
					if n == 6 {
						more = more.with(keep(1))
					}
					if d := r.apply(r.config(fmt.Sprint(n), more)); d.failed() {
						r.t.Fatalf("release %d: %s", n, d)
					}
				}
				got := r.published()
				if !slices.Contains(got, "v1") || slices.Contains(got, "v2") || !slices.Contains(got, "v6") {
					r.t.Errorf("the service has %v; want v1, which has reserved instances, and not v2", got)
				}
			})
		})
	}
}

// TestFault_oddAlias: what cannot be read of an alias does not free the version that it points at.
func TestFault_oddAlias(t *testing.T) {
	for name, odd := range map[string]map[string]any{
		"weights of another type":  {"additional_version_weights": "none"},
		"strategy of another type": {"additional_version_strategy": []any{7}},
		"time of another type":     {"last_modified": map[string]any{}},
		"weights of texts":         {"additional_version_weights": map[string]any{"v0": "ten"}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "delete version", func(w *world) {
				if err := w.wire.api.PutAlias("default", "orders", "prod", "v1", nil); err != nil {
					w.t.Fatal(err)
				}
				w.wire.bend = func(_ int, r *http.Request, resp reply) {
					if !strings.HasSuffix(r.URL.Path, "/aliases") {
						return
					}
					eachRows(resp, func(rows []any, _ map[string]any) []any {
						for member, value := range odd {
							rows[0].(map[string]any)[member] = value
						}
						return rows
					})
				}
				diags := w.run(w.t.Context())
				speaksPlainly(w.t, diags)
				if !diags.failed() || w.state.IsNull() || w.wire.api.Count("DeleteVersion") > 0 {
					w.t.Errorf("in the state: %t, said: %s", !w.state.IsNull(), diags)
				}
			})
		})
	}
}
