// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// secret is a function with inline code and attributes.
func secret(attributes string) string {
	return function("code = { inline = \"# code\" }\n  " + attributes)
}

// writeOnly has one write-only variable TOKEN.
func writeOnly(value, version, more string) string {
	return secret(fmt.Sprintf("encrypted_user_data_wo = { TOKEN = %q }\n encrypted_user_data_wo_version = %q\n %s", value,
		version, more))
}

// encrypted demands the encrypted variables that the service holds, with their values.
func (c codeTest) encrypted(want map[string]string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := map[string]string{}
		if text := deployed(c.T, c.env).EncryptedUserData; text != "" {
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				return err
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			return fmt.Errorf("the service holds %v, want %v", got, want)
		}
		return nil
	}
}

// foreignVariables sets the encrypted variables behind Terraform's back.
func (c codeTest) foreignVariables(text string) {
	c.Helper()
	if err := c.env.Emulator.Edit("default", "orders",
		func(f *emulator.Function) { f.EncryptedUserData = text }); err != nil {
		c.Fatal(err)
	}
}

// TestAccFunctionEncrypted: values go to the service and stay in the state, names are compared, and a change of another
// setting keeps them, whether the service replaces or merges.
func TestAccFunctionEncrypted(t *testing.T) {
	c := newCodeTest(t)
	both := `encrypted_user_data = { A = "one", B = "two" }`
	c.run(
		resource.TestStep{Config: secret(both), Check: c.encrypted(map[string]string{"A": "one", "B": "two"})},
		resource.TestStep{
			Config: secret(both + "\n description = \"new\""), ConfigPlanChecks: updates("description", "last_modified"),
			Check: c.encrypted(map[string]string{"A": "one", "B": "two"}),
		},
		resource.TestStep{ // a value changes
			Config:           secret(`encrypted_user_data = { A = "three", B = "two" }`),
			ConfigPlanChecks: updates("description", "encrypted_user_data", "last_modified"),
			Check:            c.encrypted(map[string]string{"A": "three", "B": "two"}),
		},
		resource.TestStep{ // a name more and a name less, outside
			PreConfig:        func() { c.foreignVariables(`{"B":"two","C":"foreign"}`) },
			Config:           secret(`encrypted_user_data = { A = "three", B = "two" }`),
			ConfigPlanChecks: updates("encrypted_user_data", "last_modified"),
			Check:            c.encrypted(map[string]string{"A": "three", "B": "two"}),
		},
		resource.TestStep{ // another value outside cannot be seen
			PreConfig:        func() { c.foreignVariables(`{"A":"foreign","B":"two"}`) },
			Config:           secret(`encrypted_user_data = { A = "three", B = "two" }`),
			ConfigPlanChecks: nothing(),
		},
		resource.TestStep{Config: secret(""), Check: c.encrypted(nil)},
		resource.TestStep{ // not configured, and there all the same
			PreConfig: func() { c.foreignVariables(`{"C":"foreign"}`) }, Config: secret(""),
			ConfigPlanChecks: updates("encrypted_user_data", "last_modified"), Check: c.encrypted(nil),
		},
		resource.TestStep{Config: secret(`encrypted_user_data = {}`), Check: c.encrypted(nil)},
	)
}

// TestAccFunctionEncrypted_writeOnly: the values are sent with the version and with any other change, and are in no
// state.
func TestAccFunctionEncrypted_writeOnly(t *testing.T) {
	c := newCodeTest(t)
	c.run(
		resource.TestStep{
			Config: writeOnly("one", "1", ""), Check: c.encrypted(map[string]string{"TOKEN": "one"}),
			ConfigStateChecks: known("encrypted_user_data_wo", knownvalue.Null()),
		},
		resource.TestStep{ // Terraform cannot see it
			Config: writeOnly("two", "1", ""), ConfigPlanChecks: nothing(),
			Check: c.encrypted(map[string]string{"TOKEN": "one"}),
		},
		resource.TestStep{
			Config: writeOnly("two", "2", ""), ConfigPlanChecks: updates("encrypted_user_data_wo_version", "last_modified"),
			Check: c.encrypted(map[string]string{"TOKEN": "two"}),
		},
		resource.TestStep{ // any other change sends this run's value
			Config: writeOnly("two", "2", `description = "new"`), ConfigPlanChecks: updates("description", "last_modified"),
			Check: c.encrypted(map[string]string{"TOKEN": "two"}),
		},
		resource.TestStep{
			PreConfig:        func() { c.foreignVariables(`{"OTHER":"foreign"}`) },
			Config:           writeOnly("two", "2", `description = "new"`),
			ConfigPlanChecks: updates("encrypted_user_data_wo_version", "last_modified"),
			Check:            c.encrypted(map[string]string{"TOKEN": "two"}),
		},
		resource.TestStep{
			PreConfig:        func() { c.foreignVariables(``) },
			Config:           writeOnly("two", "2", `description = "new"`),
			ConfigPlanChecks: updates("encrypted_user_data_wo_version", "last_modified"),
			Check:            c.encrypted(map[string]string{"TOKEN": "two"}),
		},
		resource.TestStep{Config: secret(""), Check: c.encrypted(nil)},
		resource.TestStep{PreConfig: func() { c.foreignVariables(`{"OTHER":"foreign"}`) }, Config: secret(""),
			Check: c.encrypted(nil)},
	)
}

// TestAccFunctionEncrypted_moves: from the map in the state to the write-only one and back, and none is lost on the
// way.
func TestAccFunctionEncrypted_moves(t *testing.T) {
	c := newCodeTest(t)
	mapped := secret(`encrypted_user_data = { TOKEN = "one" }`)
	c.run(
		resource.TestStep{Config: mapped, Check: c.encrypted(map[string]string{"TOKEN": "one"})},
		resource.TestStep{
			Config: writeOnly("two", "1", ""), Check: c.encrypted(map[string]string{"TOKEN": "two"}),
			ConfigPlanChecks:  updates("encrypted_user_data", "encrypted_user_data_wo_version", "last_modified"),
			ConfigStateChecks: known("encrypted_user_data", knownvalue.Null()),
		},
		resource.TestStep{Config: mapped, Check: c.encrypted(map[string]string{"TOKEN": "one"})},
	)
}

// TestAccFunctionEncrypted_import: nothing is removed until one of the attributes is configured; both forms take over.
func TestAccFunctionEncrypted_import(t *testing.T) {
	const block = "\nimport {\n  to = fgs_function.test\n  id = \"orders\"\n}\n"
	for name, test := range map[string]struct {
		config string
		want   map[string]string
	}{
		"map":        {secret(`encrypted_user_data = { TOKEN = "ours" }`), map[string]string{"TOKEN": "ours"}},
		"write-only": {writeOnly("ours", "1", ""), map[string]string{"TOKEN": "ours"}},
		"none":       {secret(`encrypted_user_data = {}`), nil},
		"neither":    {secret(""), map[string]string{"TOKEN": "theirs", "MORE": "theirs"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCodeTest(t)
			c.env.Emulator.Put(emulator.Function{
				Name: "orders", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("# code")},
				Settings: emulator.Settings{EncryptedUserData: `{"TOKEN":"theirs","MORE":"theirs"}`},
			})
			c.run(
				resource.TestStep{Config: test.config + block, Check: c.encrypted(test.want)},
				resource.TestStep{Config: test.config, ConfigPlanChecks: nothing()},
			)
		})
	}
}

// TestAccFunctionEncrypted_unmanaged: a change of settings could drop variables whose values nobody can read. A change
// of code cannot.
func TestAccFunctionEncrypted_unmanaged(t *testing.T) {
	c := newCodeTest(t)
	c.env.Emulator.Put(emulator.Function{
		Name: "orders", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("# code")},
		Settings: emulator.Settings{EncryptedUserData: `{"TOKEN":"theirs"}`},
	})
	kept := c.encrypted(map[string]string{"TOKEN": "theirs"})
	changed := secret(`description = "new"`)
	c.run(
		resource.TestStep{Config: secret("") + "\nimport {\n  to = fgs_function.test\n  id = \"orders\"\n}\n", Check: kept},
		resource.TestStep{PreConfig: c.forgetRequests, Config: function(`code = { inline = "# other" }`),
			Check: c.all(kept, c.env.ExpectWrites("UpdateCode"))},
		resource.TestStep{Config: changed,
			ExpectError: regexp.MustCompile(`(?s)Encrypted\s+Environment\s+Not\s+Configured.*TOKEN`)},
		resource.TestStep{Config: secret(""), Check: kept},
		resource.TestStep{Config: writeOnly("ours", "1", `description = "new"`),
			Check: c.encrypted(map[string]string{"TOKEN": "ours"})},
	)
}

// TestAccFunctionEncrypted_otherValues: a job that does not know the secret must not write another one: not a default,
// not nothing, not with one name less. Where nothing is sent it is not needed.
func TestAccFunctionEncrypted_otherValues(t *testing.T) {
	c := newCodeTest(t)
	values := func(map_, more string) string {
		return secret(`encrypted_user_data_wo_version = "1"` + "\n encrypted_user_data_wo = " + map_ + "\n" + more)
	}
	const right, changed = `{ A = "one", B = "two" }`, `description = "new"`
	kept := c.encrypted(map[string]string{"A": "one", "B": "two"})
	other := regexp.MustCompile(`Other\s+Values\s+Under\s+the\s+Same\s+Version`)
	missing := regexp.MustCompile(`Missing\s+Encrypted\s+Environment`)
	quiet := func(map_ string) resource.TestStep {
		return resource.TestStep{Config: values(map_, ""), ConfigPlanChecks: nothing(), Check: kept}
	}
	refused := func(map_ string, says *regexp.Regexp) resource.TestStep {
		return resource.TestStep{Config: values(map_, changed), ExpectError: says}
	}
	c.run(
		resource.TestStep{Config: values("null", ""), ExpectError: missing}, // nothing to create it with
		resource.TestStep{Config: values(right, ""), Check: kept},
		quiet(`{ A = null, B = null }`), quiet("null"), quiet(`{ A = "none yet", B = "two" }`),
		refused(`{ A = "none yet", B = "two" }`, other), refused(`{ A = null, B = "two" }`, other), refused(`{}`, other),
		refused("null", missing),
		resource.TestStep{ // code goes up without them
			PreConfig: c.forgetRequests, Check: c.all(kept, c.env.ExpectWrites("UpdateCode")),
			Config: function("code = { inline = \"# other\" }\n encrypted_user_data_wo = null\n " +
				"encrypted_user_data_wo_version = \"1\""),
		},
		resource.TestStep{Config: values(right, changed), Check: kept},
		resource.TestStep{Config: values(`{ A = "one", B = "two", C = null }`, ""), Check: kept},
	)
}
