// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func digestOf(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return digestOfText(string(content))
}

func digestOfText(text string) string {
	sum := sha512.Sum512([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestAccFunction_zip is the life of a function: created from a zip, its code changed, rebuilt without a change,
// imported, destroyed.
func TestAccFunction_zip(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, withoutOwnLogs)
	dir := acctest.NewDir(t)
	first, second := dir.Code("v1.zip", "v1"), dir.Code("v2.zip", "v2")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories,
		CheckDestroy:             e.CheckDestroy,
		Steps: []resource.TestStep{
			{
				Config: zipped(first, ""),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("digest"), knownvalue.StringExact(digestOf(t, first))),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("code_type"), knownvalue.StringExact("zip")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("package"), knownvalue.StringExact("default")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("type"), knownvalue.StringExact("v2")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("cpu"), knownvalue.Int64Exact(300)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("enabled"), knownvalue.Bool(true)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("region"), knownvalue.StringExact(emulator.DefaultRegion)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("urn"), knownvalue.StringExact(
						"urn:fss:"+emulator.DefaultRegion+":"+emulator.DefaultProjectID+":function:default:orders")),
				},
				Check: e.ExpectWrites("CreateFunction"),
			},
			{
				// The same files in another archive: other times, so other bytes.
				PreConfig: func() {
					dir.Write("v1.zip", acctest.Zip(t, time.Unix(1777777777, 0), acctest.File{Name: "index.py", Content: "v1"}))
				},
				Config:           zipped(first, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{
				Config: zipped(second, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					changesOnly{address, []string{"code", "source_hash", "digest", "code_size", "last_modified"}},
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("digest"), knownvalue.StringExact(digestOf(t, second))),
				},
				Check: func(s *terraform.State) error {
					if got := deployed(t, e).Digest; got != digestOf(t, second) {
						return fmt.Errorf("the emulator holds %s", got)
					}
					return e.ExpectWrites("UpdateCode")(s)
				},
			},
			{
				ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
				// The source is not at the service; the first plan after an import records it.
				ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"},
			},
		},
	})
}

// TestAccFunction_minimalRequests: one POST and one GET create a function without extras.
func TestAccFunction_minimalRequests(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, withoutOwnLogs)
	path := acctest.NewDir(t).Code("code.zip", "v1")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories,
		CheckDestroy:             e.CheckDestroy,
		Steps: []resource.TestStep{{
			Config: zipped(path, ""),
			Check: func(*terraform.State) error {
				if n := len(e.Emulator.Requests()); n != 2 || e.Emulator.Count("CreateFunction") != 1 ||
					e.Emulator.Count("GetConfig") != 1 {
					return fmt.Errorf("%d requests, want one POST and one GET", n)
				}
				return nil
			},
		}},
	})
}

// TestAccFunction_gone: a function that somebody deleted is planned for creation.
func TestAccFunction_gone(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, withoutOwnLogs)
	path := acctest.NewDir(t).Code("code.zip", "v1")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories,
		CheckDestroy:             e.CheckDestroy,
		Steps: []resource.TestStep{
			{Config: zipped(path, "")},
			{
				PreConfig: func() {
					if err := e.Emulator.Delete("default", "orders"); err != nil {
						t.Fatal(err)
					}
				},
				Config: zipped(path, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				}},
			},
		},
	})
}
