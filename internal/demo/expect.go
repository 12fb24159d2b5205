// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// expectCode asks the service what runs.
func (d *demo) expectCode(ctx context.Context, archive []byte) error {
	f, err := d.service.function(ctx)
	if err != nil {
		return err
	}
	if want := digestOf(archive); f.Digest != want {
		return fmt.Errorf("the service runs code with digest %s, expected %s", short(f.Digest), short(want))
	}
	return nil
}

// expectRelease checks after a release that the code runs, that exactly it was published as one more version, that
// older versions are untouched, and that Terraform's state says the same.
func (d *demo) expectRelease(ctx context.Context, n int) error {
	if err := d.expectCode(ctx, d.code); err != nil {
		return err
	}
	state, err := d.stateOf(ctx)
	if err != nil {
		return err
	}
	published, err := d.service.published(ctx)
	if err != nil {
		return err
	}
	name, err := releaseOf(state, published, digestOf(d.code))
	if err != nil {
		return err
	}
	d.versions = slices.Insert(d.versions, 0, name)
	if names := slices.Sorted(maps.Keys(published)); len(names) != n ||
		!slices.Equal(names, slices.Sorted(slices.Values(d.versions))) {
		return fmt.Errorf("the service has the versions %v, expected %v", names, d.versions)
	}
	d.good(fmt.Sprintf("the service runs this code, and so says the state: %s", short(digestOf(d.code))))
	d.good(fmt.Sprintf("version %s holds exactly this code; published versions: %d", name, n))
	return nil
}

// expectSettings checks after a release of settings alone that one more version has them, that it is the one in the
// state, and that older ones are untouched.
func (d *demo) expectSettings(ctx context.Context, before map[string]deployed, memory int) error {
	runs, err := d.service.function(ctx)
	if err != nil {
		return err
	}
	state, err := d.stateOf(ctx)
	if err != nil {
		return err
	}
	published, err := d.service.published(ctx)
	if err != nil {
		return err
	}
	name, err := releaseOf(state, published, runs.Digest)
	if err != nil {
		return err
	}
	if got := published[name].MemorySize; got != memory {
		return fmt.Errorf("version %s has %d MB, expected %d", name, got, memory)
	}
	d.good(fmt.Sprintf("version %s has %d MB", name, memory))
	delete(published, name)
	if err := sameVersions(published, before); err != nil {
		return err
	}
	d.good("older versions have what they had: a rollback brings the settings back, too")
	return nil
}

// releaseOf finds the version in the state and compares its digest, in the state and at the service, with the wanted.
func releaseOf(state map[string]map[string]any, published map[string]deployed, digest string) (string, error) {
	name, ok := state[versionAddress]["version"].(string)
	if !ok {
		return "", errors.New("the state has no " + versionAddress)
	}
	for where, got := range map[string]any{
		functionAddress:                       state[functionAddress]["digest"],
		versionAddress:                        state[versionAddress]["digest"],
		"version " + name + " at the service": published[name].Digest,
	} {
		if got != digest {
			return "", fmt.Errorf("%s has digest %v, expected %s", where, got, digest)
		}
	}
	return name, nil
}

// expectVersions checks that the published versions are what they were.
func (d *demo) expectVersions(ctx context.Context, want map[string]deployed) error {
	got, err := d.service.published(ctx)
	if err != nil {
		return err
	}
	if len(want) != len(d.versions) {
		return fmt.Errorf("the published versions were %v, expected %v", want, d.versions)
	}
	return sameVersions(got, want)
}

func sameVersions(got, want map[string]deployed) error {
	if !maps.Equal(got, want) {
		return fmt.Errorf("the published versions are %v, expected %v", got, want)
	}
	return nil
}

// expectOutput compares the output with the versions at the service.
func (d *demo) expectOutput(ctx context.Context) error {
	out, _, err := d.cli.run(ctx, "output", "-json", "versions")
	if err != nil {
		return err
	}
	var got, want []string
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		return fmt.Errorf("read the output: %w", err)
	}
	published, err := d.service.published(ctx)
	if err != nil {
		return err
	}
	for _, name := range d.versions {
		want = append(want, name+": "+published[name].Digest)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the output is %v, the service has %v", got, want)
	}
	return nil
}

// expectEmptyPlan runs the question that pipelines ask.
func (d *demo) expectEmptyPlan(ctx context.Context) error {
	_, code, err := d.terraform(ctx, "plan", "-detailed-exitcode")
	if err == nil && code != 0 {
		err = fmt.Errorf("the plan's exit code is %d, not 0", code)
	}
	return err
}

// expectRepairOnly checks a saved plan: it updates the function and nothing else, and knows what code will run.
func (d *demo) expectRepairOnly(ctx context.Context, plan string) error {
	changes, err := d.changesOf(ctx, plan)
	if err != nil {
		return err
	}
	function, ok := changes[functionAddress]
	if !ok || len(changes) != 1 || !slices.Equal(function.Actions, []string{"update"}) {
		return fmt.Errorf("the plan's changes are %v, expected only an update of %s", changes, functionAddress)
	}
	if function.After["digest"] != digestOf(d.code) {
		return fmt.Errorf("the plan promises digest %v, expected %s", function.After["digest"], digestOf(d.code))
	}
	return nil
}
