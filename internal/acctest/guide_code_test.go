// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const codeGuideFolder = "guides/code-sources/"

// codeGuide takes one function through every source of code, and compares what the CLI says with what the guide "Where
// code comes from" quotes.
func codeGuide(t *testing.T, provider string) {
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
	env := &acctest.Env{Emulator: api, URL: server.URL}
	source := func(name string) { c.place(env, codeGuideFolder+name+".tf") }
	plan := func(name string, args ...string) {
		out := c.run(2, append([]string{"plan", "-detailed-exitcode"}, args...)...)
		golden(t, codeGuideFolder+name+".txt", []byte(planText(t, out)))
	}
	apply := func(args ...string) {
		clock.hour.Add(1)
		c.run(0, append([]string{"apply", "-auto-approve"}, args...)...)
		c.run(0, append([]string{"plan", "-detailed-exitcode"}, args...)...)
	}

	source("zip")
	apply()
	source("folder")
	plan("zip-to-folder")
	apply()
	c.write("src/index.py", append(exampleFile(t, codeGuideFolder+"src/index.py"), "# changed\n"...))
	plan("folder")
	apply()
	source("zip") // the bytes of a folder's archive depend on Go's compressor, and so does what the next plan would show
	apply()
	source("inline")
	plan("inline")
	apply()
	source("obs")
	plan("obs")
	apply()
	plan("obs-release", "-var", "release=1.1")
	apply("-var", "release=1.1")
	source("package")
	plan("package")
	apply()
	source("image")
	plan("image")
	apply()
	plan("image-tag", "-var", "tag=1.3")
	clock.hour.Add(1)
	err := api.Edit("default", "orders", func(f *emulator.Function) {
		f.CustomImage = &emulator.CustomImage{Enabled: true,
			Image: "swr.cn-north-4.myhuaweicloud.com/shop/orders:fixed-by-hand"}
	})
	if err != nil {
		t.Fatal(err)
	}
	plan("image-drift")
	apply()
	c.run(0, "destroy", "-auto-approve")
	largeGuide(t, provider)
}

// largeGuide shows what is said of code that a signed request cannot carry, before and during the apply.
func largeGuide(t *testing.T, provider string) {
	t.Helper()
	server := httptest.NewServer(emulator.New(emulator.Options{}))
	t.Cleanup(server.Close)
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey,
	})
	c.place(&acctest.Env{URL: server.URL}, codeGuideFolder+"zip.tf")
	c.write("build/orders.zip", stored(t, acctest.File{Name: "index.py", Content: strings.Repeat("# large\n", 10<<17)}))
	begin := "Warning: Code Too Large for a Signed Request"
	planned, _, _ := strings.Cut(guideText(t, c.run(2, "plan", "-detailed-exitcode"), begin), "\n─")
	golden(t, codeGuideFolder+"large-plan.txt", []byte(strings.TrimSpace(planned)+"\n"))
	out := c.run(1, "apply", "-auto-approve")
	text := requestIDs.ReplaceAllString(guideText(t, out, "Error: Unable to Create Function"), "${1}…")
	golden(t, codeGuideFolder+"large-apply.txt", []byte(text))
}

var requestIDs = regexp.MustCompile(`(Request ID: )\S+`)
