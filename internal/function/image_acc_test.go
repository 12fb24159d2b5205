// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const otherImage = "swr.cn-north-4.myhuaweicloud.com/shop/orders:2"

// container is a function with a container image: runtime and handler are implied.
func container(image, attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  timeout     = 3
  memory_size = 128
  code        = { image = %q }
  %s
}`, image, attributes)
}

// starts demands the image's object at the service.
func (c codeTest) starts(want emulator.CustomImage) resource.TestCheckFunc {
	return func(*terraform.State) error {
		want.Enabled = true
		got := deployed(c.T, c.env).CustomImage
		if got == nil || *got != want {
			return fmt.Errorf("the service has %+v, want %+v", got, want)
		}
		return nil
	}
}

// foreignImage deploys another image behind Terraform's back.
func (c codeTest) foreignImage() {
	c.Helper()
	err := c.env.Emulator.Edit("default", "orders", func(f *emulator.Function) {
		f.CustomImage = &emulator.CustomImage{Enabled: true, Image: "swr.example/foreign:9"}
	})
	if err != nil {
		c.Fatal(err)
	}
}

// TestAccFunctionImage: created in one call without members of code files, changed by the settings' call, repaired.
func TestAccFunctionImage(t *testing.T) {
	c := newCodeTest(t)
	plain := emulator.CustomImage{Image: testImage}
	c.run(
		resource.TestStep{
			Config: container(testImage, ""), Check: c.all(c.starts(plain), c.env.ExpectWrites("CreateFunction")),
			ConfigStateChecks: append(known("runtime", knownvalue.StringExact("Custom Image")),
				known("handler", knownvalue.StringExact("-"))...),
		},
		resource.TestStep{
			Config: container(testImage, `description = "new"`), ConfigPlanChecks: updates("description", "last_modified"),
			Check: c.all(c.starts(plain), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{
			Config: container(otherImage, `description = "new"`),
			Check:  c.all(c.starts(emulator.CustomImage{Image: otherImage}), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{
			PreConfig: func() { c.foreignImage(); c.forgetRequests() }, Config: container(otherImage, `description = "new"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(address, tfjsonpath.New("code").AtMapKey("image"), knownvalue.StringExact(otherImage)),
			}},
			Check: c.all(c.starts(emulator.CustomImage{Image: otherImage}), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{ // another marker deploys the same image anew
			PreConfig: c.forgetRequests,
			Config: fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  runtime     = "Custom Image"
  handler     = "-"
  timeout     = 3
  memory_size = 128
  code        = { image = %q, source_hash = "2" }
}`, otherImage),
			Check: c.all(c.starts(emulator.CustomImage{Image: otherImage}), c.env.ExpectWrites("UpdateConfig")),
		},
	)
}

// TestAccFunctionImage_config: how the container starts is set, changed, cleared, and repaired, with the image as it
// is.
func TestAccFunctionImage_config(t *testing.T) {
	c := newCodeTest(t)
	full := emulator.CustomImage{Image: testImage, Command: "/bin/sh,-c", Args: "serve,--fast", WorkingDir: "/app",
		UID: "1001", GID: "1002"}
	fullConfig := `image_config = { command = ["/bin/sh", "-c"], args = ["serve", "--fast"], working_dir = "/app",` +
		` user_id = 1001, group_id = 1002 }`
	cleared := emulator.CustomImage{Image: testImage, Command: "/bin/sh", WorkingDir: "/", UID: "-1", GID: "-1"}
	c.run(
		resource.TestStep{Config: container(testImage, fullConfig),
			Check: c.all(c.starts(full), c.env.ExpectWrites("CreateFunction"))},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"},
		},
		resource.TestStep{
			PreConfig: c.forgetRequests, Config: container(testImage, `image_config = { command = ["/bin/sh"] }`),
			ConfigPlanChecks: updates("image_config", "last_modified"), Check: c.starts(cleared),
		},
		resource.TestStep{
			PreConfig: c.foreignImage, Config: container(testImage, `image_config = { command = ["/bin/sh"] }`),
			Check: func(*terraform.State) error {
				if got := deployed(t, c.env).CustomImage; got.Image != testImage || got.Command != "/bin/sh" {
					return fmt.Errorf("the service has %+v", got)
				}
				return nil
			},
		},
		resource.TestStep{Config: container(testImage, `image_config = {}`)},
		resource.TestStep{Config: container(testImage, ""), ConfigPlanChecks: updates("image_config")},
	)
}

// TestAccFunctionImage_ignoreDrift: what somebody else deploys stays, also when another setting is written; another
// image in the configuration is deployed, and so is ours when the drift is no longer ignored.
func TestAccFunctionImage_ignoreDrift(t *testing.T) {
	c := newCodeTest(t)
	const ignore = "ignore_code_drift = true"
	foreign := emulator.CustomImage{Image: "swr.example/foreign:9"}
	c.run(
		resource.TestStep{Config: container(testImage, ignore)},
		resource.TestStep{
			PreConfig: func() { c.foreignImage(); c.forgetRequests() }, Config: container(testImage, ignore),
			ConfigPlanChecks: nothing(), Check: c.env.ExpectWrites(),
		},
		resource.TestStep{
			Config:           container(testImage, ignore+"\n description = \"new\""),
			ConfigPlanChecks: updates("description", "last_modified"),
			Check:            c.all(c.starts(foreign), c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{Config: container(otherImage, ignore), Check: c.starts(emulator.CustomImage{Image: otherImage})},
		resource.TestStep{PreConfig: c.foreignImage, Config: container(otherImage, ""),
			Check: c.starts(emulator.CustomImage{Image: otherImage})},
	)
}

// TestAccFunctionImage_import: an image that runs already is taken over without a write; without code it is left alone.
func TestAccFunctionImage_import(t *testing.T) {
	const block = "\nimport {\n  to = fgs_function.test\n  id = \"orders\"\n}\n"
	imported := func(t *testing.T) codeTest {
		c := newCodeTest(t)
		c.env.Emulator.Put(emulator.Function{
			Name: "orders", CodeState: emulator.CodeState{CodeType: "Custom-Image-Swr"},
			Settings: emulator.Settings{
				Runtime: "Custom Image", Handler: "-",
				CustomImage: &emulator.CustomImage{Enabled: true, Image: testImage, Command: "/serve"},
			},
		})
		return c
	}
	const command = `image_config = { command = ["/serve"] }`
	t.Run("same", func(t *testing.T) {
		c := imported(t)
		c.run(
			resource.TestStep{Config: container(testImage, command) + block, Check: c.env.ExpectWrites()},
			resource.TestStep{Config: container(testImage, command), ConfigPlanChecks: nothing()},
		)
	})
	t.Run("other", func(t *testing.T) {
		c := imported(t)
		c.run(
			resource.TestStep{
				Config: container(otherImage, command) + block,
				Check:  c.starts(emulator.CustomImage{Image: otherImage, Command: "/serve"}),
			},
		)
	})
	t.Run("without code", func(t *testing.T) {
		c := imported(t)
		bare := func(attributes string) string {
			return "resource \"fgs_function\" \"test\" {\n name = \"orders\"\n runtime = \"Custom Image\"\n handler = \"-\"\n " +
				"timeout = 3\n memory_size = 128\n " + attributes + "\n}\n"
		}
		c.run(
			resource.TestStep{Config: bare(command) + block, Check: c.env.ExpectWrites()},
			resource.TestStep{
				Config: bare(command + "\n description = \"new\""), ConfigPlanChecks: updates("description", "last_modified"),
				Check: c.starts(emulator.CustomImage{Image: testImage, Command: "/serve"}),
			},
			resource.TestStep{
				Config: bare(`image_config = { command = ["/other"] }`),
				Check:  c.starts(emulator.CustomImage{Image: testImage, Command: "/other"}),
			},
		)
	})
}

// TestAccFunctionImage_replacement: from a language to an image and back the runtime changes, which replaces.
func TestAccFunctionImage_replacement(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "ours")
	replaces := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
	}}
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{Config: container(testImage, ""), ConfigPlanChecks: replaces,
			Check: c.starts(emulator.CustomImage{Image: testImage})},
		resource.TestStep{
			Config: zipped(path, ""), ConfigPlanChecks: replaces, Check: c.runs(path),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("handler"), knownvalue.StringExact("index.handler")),
			},
		},
	)
}

// TestAccFunctionImage_unknown: an address that another resource makes is no error, at creation and later.
func TestAccFunctionImage_unknown(t *testing.T) {
	made := func(address, code string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"address\" {\n  input = %q\n}\n", address) + code
	}
	t.Run("image", func(t *testing.T) {
		c := newCodeTest(t)
		config := func(image string) string {
			return made(image, "resource \"fgs_function\" \"test\" {\n name = \"orders\"\n timeout = 3\n memory_size = 128\n"+
				" code = { image = terraform_data.address.output }\n}\n")
		}
		c.run(
			resource.TestStep{Config: config(testImage), Check: c.starts(emulator.CustomImage{Image: testImage})},
			resource.TestStep{Config: config(otherImage), Check: c.starts(emulator.CustomImage{Image: otherImage})},
		)
	})
	t.Run("object", func(t *testing.T) {
		c := newCodeTest(t)
		config := func(url, marker string) string {
			return made(url, function("code = {\n obs_url = terraform_data.address.output\n "+marker+"\n }"))
		}
		at := func(url string) resource.TestCheckFunc {
			return func(*terraform.State) error {
				if got := deployed(t, c.env).CodeURL; got != url {
					return fmt.Errorf("the service has %q, want %q", got, url)
				}
				return nil
			}
		}
		c.run(
			resource.TestStep{Config: config(testObject, ""), Check: at(testObject)},
			resource.TestStep{Config: config(testObject+".2", ""), Check: at(testObject + ".2")},
			resource.TestStep{Config: config(testObject+".2", `source_hash = "1"`), Check: at(testObject + ".2")},
			resource.TestStep{Config: config(testObject+".3", `source_hash = "1"`), Check: at(testObject + ".3")},
		)
	})
}
