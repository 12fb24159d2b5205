// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	_ "embed" // the project that the demo sets up
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

//go:embed project/main.tf
var configuration string

//go:embed project/src/index.py
var source string

const (
	functionAddress = "fgs_function.orders"
	versionAddress  = "fgs_function_version.orders"
	driftWarning    = "Warning: Code Changed Outside Terraform"
)

// release2 is what the team changes; hotfix is what somebody does to the running function.
var (
	release2 = strings.Replace(source, `RELEASE = "1"`, `RELEASE = "2"`, 1)
	hotfix   = strings.Replace(release2, "def handler", "# Quick fix, will commit later. Promise.\ndef handler", 1)
)

// moreMemory is release 3: other settings, which the stamp makes a part of the code.
var moreMemory = strings.NewReplacer(
	"memory_size = 256", "memory_size = 512",
	`    zip_file = "${path.module}/build/orders.zip"`,
	`    zip_file       = "${path.module}/build/orders.zip"
    stamp_settings = true`,
).Replace(configuration)

// built is when the build server makes an archive; an hour later it makes the same one again.
var built = time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)

// step is a part of the story; it ends with a check of what is true then.
type step struct {
	title string
	tell  func(context.Context, *demo) error
}

func story() []step {
	return []step{
		{"Build the provider and the emulator", buildPrograms},
		{"Start the emulator: FunctionGraph's API on this machine, no cloud account", startService},
		{"Write some code and say in Terraform that it should run", setUpProject},
		{"Deploy the code and publish it as a version", deploy},
		{"List the published versions", listVersions},
		{"Build the same source again: another archive, but nothing to deploy", rebuild},
		{"Release 2: change the code", release},
		{"Somebody changes the code past Terraform", meddle},
		{"The next plan sees it", notice},
		{"Apply repairs it", repair},
		{"Nothing is left to do", settle},
		{"Release 3: more memory, and the same files", releaseSettings},
		{"Clean up", cleanUp},
	}
}

func buildPrograms(ctx context.Context, d *demo) error {
	d.say("A minute at first; the Go cache makes it seconds afterwards.")
	if err := compile(ctx, module, d.mirror()); err != nil {
		return err
	}
	if err := compile(ctx, module+"/internal/emulator/cmd/fgs-emulator", d.emulatorBinary()); err != nil {
		return err
	}
	d.good("terraform-provider-fgs and fgs-emulator are built, in " + d.dir)
	return nil
}

func startService(ctx context.Context, d *demo) (err error) {
	d.command("fgs-emulator -listen 127.0.0.1:0")
	d.emulator, err = startEmulator(d.emulatorBinary())
	if err != nil {
		return err
	}
	d.service = service{d.emulator.url}
	n, err := d.service.count(ctx)
	if err != nil {
		return err
	}
	if n != 0 {
		return fmt.Errorf("a new emulator has %d functions", n)
	}
	d.good("it listens on " + d.emulator.url + " and has no functions yet")
	return nil
}

func setUpProject(ctx context.Context, d *demo) (err error) {
	if d.code, err = d.build(source, built); err != nil {
		return err
	}
	if err := d.write("provider.tf", d.emulator.providerBlock); err != nil {
		return err
	}
	if err := d.write("main.tf", configuration); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(d.dir, "cli.tfrc"), []byte(d.cliConfig()), 0o600); err != nil {
		return fmt.Errorf("write the CLI configuration: %w", err)
	}
	d.say("src/index.py, zipped into build/orders.zip:", "")
	d.show(source)
	d.say("", "provider.tf is the block that the emulator printed. main.tf:", "")
	d.show(configuration)
	d.command(d.cli.name + " init")
	if _, _, err := d.cli.run(ctx, "init"); err != nil {
		return err
	}
	d.good("the provider is installed, from the build of step 1")
	return nil
}

func deploy(ctx context.Context, d *demo) error {
	if _, _, err := d.terraform(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	return d.expectRelease(ctx, 1)
}

func listVersions(ctx context.Context, d *demo) error {
	d.say("main.tf reads them with the data source fgs_function_versions:")
	if _, _, err := d.terraform(ctx, "output", "versions"); err != nil {
		return err
	}
	if err := d.expectOutput(ctx); err != nil {
		return err
	}
	d.good("the output lists what the service has")
	return nil
}

func rebuild(ctx context.Context, d *demo) error {
	again, err := d.build(source, built.Add(time.Hour))
	if err != nil {
		return err
	}
	if digestOf(again) == digestOf(d.code) {
		return fmt.Errorf("the second archive has the same bytes as the first")
	}
	d.say("build/orders.zip has other bytes now, since an archive holds times. Its files are the same.")
	if err := d.expectEmptyPlan(ctx); err != nil {
		return err
	}
	d.good("exit code 0: no change, nothing is uploaded")
	return nil
}

func release(ctx context.Context, d *demo) (err error) {
	if d.code, err = d.build(release2, built); err != nil {
		return err
	}
	d.say(`src/index.py says RELEASE = "2" now, and is zipped again.`)
	if _, _, err := d.terraform(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	d.say("The version of release 1 is still there, to roll back to: a release publishes, and deletes nothing.")
	return d.expectRelease(ctx, 2)
}

func meddle(ctx context.Context, d *demo) error {
	archive, err := zipOf(hotfix, built)
	if err != nil {
		return err
	}
	d.say("With a token and one call of the official API, in the middle of the night:")
	d.command("curl -X PUT -H \"X-Auth-Token: …\" " + d.service.url + "/v2/…/fgs/functions/…:orders/code \\")
	d.say(`    -d '{"code_type": "zip", "func_code": {"file": "UEsDBBQ…"}}'`)
	if err := d.service.putCode(ctx, archive); err != nil {
		return err
	}
	if err := d.expectCode(ctx, archive); err != nil {
		return err
	}
	d.good("the service runs somebody's code now: " + short(digestOf(archive)) + " instead of " + short(digestOf(d.code)))
	return nil
}

func notice(ctx context.Context, d *demo) error {
	output, code, err := d.terraform(ctx, "plan", "-detailed-exitcode", "-out", "repair.tfplan")
	if err != nil {
		return err
	}
	d.warning = warningOf(trim(output))
	if code != 2 {
		return fmt.Errorf("the plan's exit code is %d, not 2", code)
	}
	if !strings.Contains(output, driftWarning) {
		return fmt.Errorf("the plan does not say %q", driftWarning)
	}
	if err := d.expectRepairOnly(ctx, "repair.tfplan"); err != nil {
		return err
	}
	d.good("exit code 2, one change: the function gets its code back; the version is left alone")
	return nil
}

func repair(ctx context.Context, d *demo) error {
	before, err := d.service.published(ctx)
	if err != nil {
		return err
	}
	if _, _, err := d.terraform(ctx, "apply", "repair.tfplan"); err != nil {
		return err
	}
	if err := d.expectCode(ctx, d.code); err != nil {
		return err
	}
	if err := d.expectVersions(ctx, before); err != nil {
		return err
	}
	d.good("the service runs release 2 again: " + short(digestOf(d.code)))
	d.good("both published versions are as they were")
	return nil
}

func settle(ctx context.Context, d *demo) error {
	if err := d.expectEmptyPlan(ctx); err != nil {
		return err
	}
	d.good("exit code 0: configuration, state and service agree")
	return nil
}

func releaseSettings(ctx context.Context, d *demo) error {
	before, err := d.service.published(ctx)
	if err != nil {
		return err
	}
	if err := d.write("main.tf", moreMemory); err != nil {
		return err
	}
	d.say("A version keeps the settings that it was published with, and the service publishes changed code only.",
		"stamp_settings writes a hash of the settings into the archive: so other settings are other code.",
		"main.tf says memory_size = 512 and, in code, stamp_settings = true now.")
	if _, _, err := d.terraform(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	d.say("In source_hash the files are before the +, which are the same, and the settings behind it.")
	return d.expectSettings(ctx, before, 512)
}

func cleanUp(ctx context.Context, d *demo) error {
	if _, _, err := d.terraform(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	d.say("Deleting a function deletes its versions with it: retain_on_destroy keeps a version while its function lives.")
	n, err := d.service.count(ctx)
	if err != nil {
		return err
	}
	state, err := d.stateOf(ctx)
	if err != nil {
		return err
	}
	if n != 0 || len(state) != 0 {
		return fmt.Errorf("%d functions are left at the service and %d resources in the state", n, len(state))
	}
	d.good("nothing is left, neither at the service nor in the state")
	return nil
}
