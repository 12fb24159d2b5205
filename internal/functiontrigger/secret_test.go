// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"testing"
)

// TestSecretNotAtHand: a run that only looks for changes need not know a write-only secret: it is missed where the
// trigger has to be made, and only there. One that is null among others is named.
func TestSecretNotAtHand(t *testing.T) {
	t.Parallel()
	const resource = "fgs_function_trigger"
	p := configured(t, newEnv(t))
	for name, test := range map[string]struct {
		known, missing attributes
		says           string
		warns          bool
	}{
		"password": {
			with("dds", attributes{"password": nil, "password_wo": "x", "password_wo_version": "1"}),
			with("dds", attributes{"password": nil, "password_wo": nil, "password_wo_version": "1"}),
			"dds.password_wo is null", false,
		},
		"password of a user": {
			with("kafka", attributes{"user": "u", "password_wo": "x", "password_wo_version": "1"}),
			with("kafka", attributes{"user": "u", "password_wo": nil, "password_wo_version": "1"}),
			"kafka.password_wo is null", false,
		},
		"secrets": {
			with("other", attributes{"secrets_wo": attributes{"token": "x"}, "secrets_wo_version": "1"}),
			with("other", attributes{"secrets_wo": nil, "secrets_wo_version": "1"}),
			"other.secrets_wo is null", false,
		},
		"one of them": {
			with("other", attributes{"secrets_wo": attributes{"token": "x"}, "secrets_wo_version": "1"}),
			with("other", attributes{"secrets_wo": attributes{"token": nil}, "secrets_wo_version": "1"}),
			"null for token", true,
		},
	} {
		for _, config := range []attributes{test.known, test.missing} {
			if diags := p.Validate(resource, config); len(diags) > 0 {
				t.Errorf("%s: validation: %s", name, diags)
			}
		}
		if diags := p.PlanCreate(resource, test.known); len(diags) > 0 {
			t.Errorf("%s: at hand: %s", name, diags)
		}
		if diags := p.PlanCreate(resource, test.missing); diags.Failed() == test.warns || !diags.Has(test.says) {
			t.Errorf("%s: a creation: %s", name, diags)
		}
	}
	there := with("dds", attributes{"password": nil, "password_wo": "x", "password_wo_version": "1"})
	made, diags := p.Create(resource, there)
	if diags.Failed() {
		t.Fatal(diags)
	}
	read, _, _ := p.Refresh(resource, made.Imported)
	missing := with("dds", attributes{"password": nil, "password_wo": nil, "password_wo_version": "1"})
	if paths, diags := p.Replaced(resource, read, missing); len(paths)+len(diags) > 0 {
		t.Errorf("a plan that makes nothing replaces by %v: %s", paths, diags)
	}
}
