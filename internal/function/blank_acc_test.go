// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// TestAccFunction_blank: what modules write for nothing (empty texts, null elements, objects of them) is nothing
// through a life: it is not sent, makes no difference, and replaces nothing.
func TestAccFunction_blank(t *testing.T) {
	c := newCodeTest(t, acctest.WithVariable("HW_ENTERPRISE_PROJECT_ID", "project-1"))
	path := c.dir.Code("code.zip", "ours")
	blank := func(more string) string {
		return function(fmt.Sprintf(`
  package               = ""
  type                  = ""
  enterprise_project_id = ""
  agency                = ""
  vpc                   = { vpc_id = "", subnet_id = "", security_group_ids = [""] }
  domain_names          = [{ id = "", domain_name = null }]
  peering_cidrs         = ["", null]
  network_controller    = { trigger_access_vpcs = [{ vpc_id = "" }] }
  initializer           = { handler = "", timeout = null }
  gpu                   = { type = "" }
  mount_config          = { mounts = [{ mount_type = "", mount_resource = "", local_mount_path = "" }] }
  image_config          = { working_dir = "" }
  user_data             = { A = "1", B = null }
  encrypted_user_data   = { S = null }
  dependency_version_ids         = ["", null]
  encrypted_user_data_wo_version = ""
  tags                  = { team = "x", other = null }
  code                  = { zip_file = %q, image = "", inline = "", source_hash = "", filename = "", kms_key_id = "" }
  %s`, path, more))
	}
	is := func(*terraform.State) error {
		f := deployed(t, c.env)
		if f.Package != "default" || f.EnterpriseProjectID != "project-1" || f.UserData != `{"A":"1"}` || len(f.Tags) != 1 {
			return fmt.Errorf("the service has %q, %q, %s and the tags %v", f.Package, f.EnterpriseProjectID, f.UserData, f.Tags)
		}
		return nil
	}
	c.run(
		resource.TestStep{Config: blank(""), Check: is},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: blank(`description = "new"`),
			Check: c.all(is, c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{Config: function(fmt.Sprintf(`description = "new"
  user_data = { A = "1" }
  tags      = { team = "x" }
  code      = { zip_file = %q }`, path)), Check: c.all(is, c.env.ExpectWrites())},
		resource.TestStep{Config: blank(`description = "new"`), Check: c.all(is, c.env.ExpectWrites())},
	)
}

// TestAccFunction_replacedByUnknown: a name and a runtime that get known during apply are nearly always those that are
// there. A function must not be deleted because something unrelated changes.
func TestAccFunction_replacedByUnknown(t *testing.T) {
	c := newCodeTest(t)
	made := func(trigger string) string {
		return fmt.Sprintf(`
resource "terraform_data" "made" {
  triggers_replace = %q
  input            = { name = "orders", package = "default", runtime = "Python3.9" }
}
resource "fgs_function" "test" {
  name        = terraform_data.made.output.name
  package     = terraform_data.made.output.package
  runtime     = terraform_data.made.output.runtime
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { inline = "# code" }
}
`, trigger)
	}
	c.run(
		resource.TestStep{Config: made("1"), Check: c.env.ExpectWrites("CreateFunction")},
		resource.TestStep{Config: made("2"), Check: c.env.ExpectWrites()},
	)
}
