// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// cli is terraform or tofu, working in the project's folder.
type cli struct {
	path, name string
	dir        string
	env        []string
}

// interruptGrace is what a command may still take after an interrupt. Ctrl-C reaches it by itself, through the
// terminal; a second signal would make it give up its state.
const interruptGrace = 20 * time.Second

// findCLI takes $TF_CLI, which `make demo` sets, or what is on PATH.
func findCLI(dir, config string) (cli, error) {
	names := []string{"terraform", "tofu"}
	if given := os.Getenv("TF_CLI"); given != "" {
		names = []string{given}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			base := strings.TrimSuffix(filepath.Base(path), ".exe")
			return cli{path: path, name: base, dir: dir, env: environment(config)}, nil
		}
	}
	return cli{}, fmt.Errorf("there is no %s; `make demo` finds a CLI, or builds OpenTofu where there is none",
		strings.Join(names, " or "))
}

// run runs one command. A plan's exit code 2 ("there are changes") is a result, not an error.
func (c cli) run(ctx context.Context, args ...string) (stdout string, code int, err error) {
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	cmd.Cancel = func() error { return nil }
	cmd.WaitDelay = interruptGrace
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 && slices.Contains(args, "-detailed-exitcode") {
		return out.String(), 2, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("%s %s: %w\n%s%s", c.name, strings.Join(args, " "), err, out.String(), problems.String())
	}
	return out.String(), 0, nil
}

// terraform shows a command, runs it and shows what it says; a warning that the plan gave already is not shown again.
func (d *demo) terraform(ctx context.Context, args ...string) (output string, code int, err error) {
	d.command(d.cli.name + " " + strings.Join(args, " "))
	output, code, err = d.cli.run(ctx, args...)
	if err == nil {
		text := trim(output)
		if d.warning != "" {
			text = strings.ReplaceAll(text, d.warning, "(the warning of the plan, again)")
		}
		d.show(text)
	}
	return output, code, err
}

// stateOf gives the values of all managed resources in the state, by address.
func (d *demo) stateOf(ctx context.Context) (map[string]map[string]any, error) {
	var shown struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address, Mode string
					Values        map[string]any
				}
			} `json:"root_module"`
		}
	}
	if err := d.showJSON(ctx, &shown); err != nil {
		return nil, err
	}
	resources := map[string]map[string]any{}
	for _, r := range shown.Values.RootModule.Resources {
		if r.Mode == "managed" {
			resources[r.Address] = r.Values
		}
	}
	return resources, nil
}

// change is what a plan does to one resource.
type change struct {
	Actions       []string
	Before, After map[string]any
}

// changesOf gives what a saved plan does, by address; resources that it leaves alone are not among it.
func (d *demo) changesOf(ctx context.Context, plan string) (map[string]change, error) {
	var shown struct {
		ResourceChanges []struct {
			Address, Mode string
			Change        change
		} `json:"resource_changes"`
	}
	if err := d.showJSON(ctx, &shown, plan); err != nil {
		return nil, err
	}
	changes := map[string]change{}
	for _, r := range shown.ResourceChanges {
		if r.Mode == "managed" && !slices.Equal(r.Change.Actions, []string{"no-op"}) {
			changes[r.Address] = r.Change
		}
	}
	return changes, nil
}

func (d *demo) showJSON(ctx context.Context, into any, file ...string) error {
	out, _, err := d.cli.run(ctx, append([]string{"show", "-json"}, file...)...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		return fmt.Errorf("%s show -json: %w", d.cli.name, err)
	}
	return nil
}
