// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const guideFolder = "guides/what-the-plan-tells-you/"

// planGuide lives through what the guide "What the plan tells you" describes, and compares what the CLI says with
// what the guide quotes. Clock and code are fixed, so the texts are the same in each run and with each CLI.
func planGuide(t *testing.T, provider string) {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, // the emulator's clock stands still: signatures would be too young
	})
	c.write("versions.tf", []byte(requiredProviders))
	c.write("function.tf", exampleFile(t, guideFolder+"function.tf"))

	release := func(n int) { c.write("build/orders.zip", guideCode(t, fmt.Sprintf("release %d", n))) }
	plan := func(name string, args ...string) {
		out := c.run(2, append([]string{"plan", "-detailed-exitcode"}, args...)...)
		golden(t, guideFolder+name+".txt", []byte(planText(t, out)))
	}
	apply := func() {
		clock.hour.Add(1)
		c.run(0, "apply", "-auto-approve")
		c.run(0, "plan", "-detailed-exitcode")
	}

	release(1)
	plan("create")
	apply()
	plan("settings", "-var", "memory_size=512")
	release(2)
	plan("code")
	apply()
	c.write("version.tf", exampleFile(t, guideFolder+"version.tf"))
	apply()
	release(3)
	plan("release")
	apply()

	clock.hour.Add(1)
	if err := api.SetCode("default", "orders", "", "", guideCode(t, "fixed in the console")); err != nil {
		t.Fatal(err)
	}
	plan("drift")
	apply()

	release(4)
	c.run(0, "plan", "-out", "saved.tfplan")
	release(5)
	out := c.run(1, "apply", "saved.tfplan")
	golden(t, guideFolder+"stale.txt", []byte(guideText(t, out, "Error: ")))
	c.run(0, "destroy", "-auto-approve")
}

// guideCode is an archive with fixed bytes.
func guideCode(t *testing.T, body string) []byte {
	t.Helper()
	source := fmt.Sprintf("def handler(event, context):\n    return %q\n", body)
	return stored(t, acctest.File{Name: "index.py", Content: source})
}

// guideClock goes forward when the test says so.
type guideClock struct{ hour atomic.Int64 }

func (c *guideClock) now() time.Time {
	return time.Date(2026, 1, 2, int(c.hour.Load()), 15, 0, 0, time.UTC)
}

// planText is the plan without the CLI's words about itself.
func planText(t *testing.T, out string) string {
	t.Helper()
	text := guideText(t, out, "Terraform will perform the following actions:")
	text, _, _ = strings.Cut(text, "\n─")
	return strings.TrimSpace(text) + "\n"
}

var (
	longHash    = regexp.MustCompile(`\b([0-9a-f]{12})[0-9a-f]{52,}\b`)
	longStamp   = regexp.MustCompile(`(\+settings\.[0-9a-f]{6})[0-9a-f]{26}\b`)
	versionName = regexp.MustCompile(`\bv\d{8}-\d{6}\b`)
	// OpenTofu shows a write-only attribute in each change of its resource, though it is none; and it counts otherwise.
	writeOnlyLine = regexp.MustCompile(`(?m)^ +~ \w+_wo += \(write-only attribute\)\n`)
	hiddenCount   = regexp.MustCompile(`# \(\d+ (unchanged attributes?) hidden\)`)
)

// guideText is the text from the first occurrence of begin. Hashes are shortened, generated names of versions, which
// come from the provider's own clock, are all the same, and what OpenTofu says otherwise is said as Terraform does.
func guideText(t *testing.T, out, begin string) string {
	t.Helper()
	out = strings.ReplaceAll(out, "OpenTofu", "Terraform")
	_, text, found := strings.Cut(out, begin)
	if !found {
		t.Fatalf("no %q in:\n%s", begin, out)
	}
	text = longStamp.ReplaceAllString(longHash.ReplaceAllString(begin+text, "$1…"), "$1…")
	text = versionName.ReplaceAllString(text, "v20260102-030405")
	text = hiddenCount.ReplaceAllString(writeOnlyLine.ReplaceAllString(text, ""), "# (unchanged attributes hidden)")
	return strings.TrimSpace(text) + "\n"
}
