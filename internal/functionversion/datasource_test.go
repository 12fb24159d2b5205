// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func listed(attributes string) string {
	return fmt.Sprintf("data \"fgs_function_versions\" \"test\" {\n  %s\n}\n", attributes)
}

// names demands the versions in order.
func names(want ...string) statecheck.StateCheck {
	checks := []knownvalue.Check{}
	for _, name := range want {
		version := map[string]knownvalue.Check{"version": knownvalue.StringExact(name)}
		checks = append(checks, knownvalue.ObjectPartial(version))
	}
	return statecheck.ExpectKnownValue(listAddress, tfjsonpath.New("versions"), knownvalue.ListExact(checks))
}

func value(attribute string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(listAddress, tfjsonpath.New(attribute), check)
}

// TestAccVersions lists, filters and orders, with the service honouring paging and not.
func TestAccVersions(t *testing.T) {
	for name, paging := range map[string]bool{"paging ignored": false, "paging honoured": true} {
		t.Run(name, func(t *testing.T) {
			r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) {
				s.NoListVersions, s.PageVersions = false, paging
			}))
			path := r.code("one")
			base := function(path, "") + tied(`version = "v1"`)
			byName := `name = "orders"`
			r.run(
				resource.TestStep{
					Config: base + listed("function_urn = fgs_function_version.test.function_urn"),
					ConfigStateChecks: []statecheck.StateCheck{
						names("v1"), value("latest_published", knownvalue.StringExact("v1")), value("total", knownvalue.Int64Exact(2)),
					},
				},
				resource.TestStep{
					PreConfig: func() { // somebody publishes more
						for _, name := range []string{"v2", "rc-3"} {
							r.dir.Code("more.zip", name)
							if err := r.env.Emulator.SetCode("default", "orders", "inline", "index.py", []byte(name)); err != nil {
								t.Fatal(err)
							}
							if err := r.env.Emulator.Publish("default", "orders", name, "of "+name); err != nil {
								t.Fatal(err)
							}
						}
					},
					Config: base + listed(byName+"\ninclude_latest = true\ndepends_on = [fgs_function_version.test]"),
					ConfigStateChecks: []statecheck.StateCheck{
						value("total", knownvalue.Int64Exact(4)), value("package", knownvalue.StringExact("default")),
						value("function_urn", knownvalue.StringRegexp(regexp.MustCompile(`:function:default:orders$`))),
					},
				},
				resource.TestStep{
					Config: base + listed(byName+"\nname_regex = \"^v\\\\d+$\""),
					ConfigStateChecks: []statecheck.StateCheck{
						names("v2", "v1"), value("latest_published", knownvalue.StringExact("v2")),
						value("total", knownvalue.Int64Exact(4)),
					},
				},
				resource.TestStep{
					Config:            base + listed(byName+"\ndigest = fgs_function_version.test.digest"),
					ConfigStateChecks: []statecheck.StateCheck{names("v1")},
				},
				resource.TestStep{
					Config: base + listed(byName+"\nname_regex = \"none\""),
					ConfigStateChecks: []statecheck.StateCheck{
						names(), value("latest_published", knownvalue.Null()), value("total", knownvalue.Int64Exact(4)),
					},
				},
				resource.TestStep{
					Config: base + listed(byName+"\ninclude_latest = true"), Check: firstIsLatest,
				},
			)
		})
	}
}

func firstIsLatest(s *terraform.State) error {
	if got := s.RootModule().Resources[listAddress].Primary.Attributes["versions.0.version"]; got != "latest" {
		return fmt.Errorf("the first row is %q, want latest", got)
	}
	return nil
}

// TestAccVersions_missing: a function that is not there, and a region without the call, are errors.
func TestAccVersions_missing(t *testing.T) {
	t.Run("function", func(t *testing.T) {
		r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
		r.run(resource.TestStep{Config: listed(`name = "nobody"`), ExpectError: regexp.MustCompile(`FSS\.1051`)})
	})
	t.Run("call", func(t *testing.T) {
		r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = true }))
		path := r.code("one")
		r.run(
			resource.TestStep{
				Config:      function(path, "") + listed("function_urn = fgs_function.test.urn"),
				ExpectError: regexp.MustCompile(`APIGW\.0101`),
			},
			resource.TestStep{Config: function(path, "")},
		)
	})
}

// TestAccVersions_refresh: refreshing a version costs one request.
func TestAccVersions_refresh(t *testing.T) {
	r := newReleaseTest(t)
	path := r.code("one")
	configuration := function(path, "") + tied(`version = "v1"`)
	r.run(
		resource.TestStep{Config: configuration},
		resource.TestStep{
			PreConfig: r.env.Emulator.ResetRequests, RefreshState: true,
			Check: func(*terraform.State) error {
				if n, gets := len(r.env.Emulator.Requests()), r.env.Emulator.Count("GetConfig"); n%2 != 0 || n != gets {
					return fmt.Errorf("%d requests, %d of them GET config, want one for each object", n, gets)
				}
				return nil
			},
		},
	)
}

// TestAccVersions_badInput: what can be known without a request fails without one.
func TestAccVersions_badInput(t *testing.T) {
	r := newReleaseTest(t)
	for _, attributes := range []string{
		"", "name = \"a\"\nfunction_urn = \"urn:fss:cn-north-4:p:function:default:a\"",
		"function_urn = \"urn:fss:cn-north-4:p:function:default:a\"\npackage = \"b\"",
		"name = \"a\"\nname_regex = \"(\"", "function_urn = \"a\"", "name = \"a\"\ndigest = \"ABC\"",
	} {
		r.run(resource.TestStep{Config: listed(attributes), ExpectError: regexp.MustCompile(`Invalid|Missing Function`),
			PlanOnly: true})
	}
	if n := len(r.env.Emulator.Requests()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}
