// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// mishaps are faults of one call that a command overcomes, one after the other.
func mishaps(op string, kinds ...emulator.Fault) []emulator.Fault {
	for i := range kinds {
		kinds[i].Op = op
	}
	return kinds
}

var (
	lostBefore = emulator.Fault{Kind: emulator.DropBefore}
	answerLost = emulator.Fault{Kind: emulator.DropAfter}
	answerCut  = emulator.Fault{Kind: emulator.TruncateAfter}
	badGateway = emulator.Fault{Kind: emulator.HTML}
	busy       = emulator.Fault{Status: 503, Code: "FSS.0503"}
	busySoon   = emulator.Fault{Status: 503, Code: "FSS.0503", Header: http.Header{"Retry-After": {"1"}}}
	tooMany    = emulator.Fault{Status: 429, Code: "APIGW.0308", Message: "throttled: limit:5,time:1 second"}
)

// TestAccFaults is a life in which each call goes wrong in several ways in a row, up to an answer that is lost after
// the service has done the work. Nobody notices: each apply succeeds, the next plan is empty, each thing is made once,
// and at the end the service holds what the state says.
func TestAccFaults(t *testing.T) {
	t.Parallel()
	for name, makes := range map[string]string{"create": "CreateFunction", "import": "ImportFunction"} {
		for kind, last := range map[string]emulator.Fault{"lost": answerLost, "cut": answerCut} {
			t.Run(name+", answer "+kind, func(t *testing.T) {
				t.Parallel()
				e := acctest.New(t)
				dir := acctest.NewDir(t)
				code := "zip_file = \"" + dir.Code("code.zip", "v1") + "\""
				if name == "import" {
					packed := string(acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "index.py", Content: "exported"}))
					code = "package_file = \"" + dir.Package("export.zip", map[string]string{
						"CodeType": "zip", "CodeFileName": "code.zip",
					}, acctest.File{Name: "code.zip", Content: packed}) + "\""
				}
				inject := func(faults ...[]emulator.Fault) func() {
					return func() {
						for _, f := range faults {
							e.Emulator.Inject(f...)
						}
					}
				}
				resource.Test(t, resource.TestCase{
					ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
					Steps: []resource.TestStep{
						{
							PreConfig: inject(mishaps(makes, lostBefore, tooMany, busySoon, busy, last), mishaps("GetConfig", badGateway),
								mishaps("CreateTags", last), mishaps("SetMaxInstances", last), mishaps("PublishVersion", lostBefore, last)),
							Config: unlucky(code, "first"), Check: held(e, "first"),
						},
						{
							PreConfig: inject(mishaps("UpdateConfig", lostBefore, last), mishaps("GetConfig", busy, last)),
							Config:    unlucky(code, "second"), Check: held(e, "second"),
						},
						{
							PreConfig: inject(mishaps("DeleteFunction", lostBefore, last), mishaps("DeleteVersion", busySoon, last),
								mishaps("ListAliases", badGateway)),
							Config: unlucky(code, "second"), Destroy: true,
						},
					},
				})
			})
		}
	}
}

// unlucky is a function with a version; code says where its code comes from.
func unlucky(code, description string) string {
	return fmt.Sprintf(`
resource "fgs_function" "orders" {
  name             = "orders"
  runtime          = "Python3.9"
  handler          = "index.handler"
  timeout          = 3
  memory_size      = 128
  code             = { %s }
  description      = %q
  max_instance_num = 7
  tags             = { team = "shop" }
}
resource "fgs_function_version" "this" {
  function_urn = fgs_function.orders.urn
  source_hash  = fgs_function.orders.source_hash
  digest       = fgs_function.orders.digest
  version      = "v1"
}
`, code, description)
}

// held demands that state and service agree, and that everything is there once.
func held(e *acctest.Env, description string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		all := e.Emulator.Functions()
		if len(all) != 1 || len(all[0].Versions) != 1 {
			return fmt.Errorf("the service has %d functions", len(all))
		}
		f, state := all[0], s.RootModule().Resources["fgs_function.orders"].Primary.Attributes
		if f.Description != description || f.Concurrency != 7 || f.Tags["team"] != "shop" || f.Digest != state["digest"] {
			return fmt.Errorf("the service has %q, %d instances, tags %v", f.Description, f.Concurrency, f.Tags)
		}
		return resource.ComposeAggregateTestCheckFunc(
			resource.TestCheckResourceAttr("fgs_function.orders", "description", description),
			resource.TestCheckResourceAttr("fgs_function_version.this", "digest", f.Versions[0].Digest),
		)(s)
	}
}
