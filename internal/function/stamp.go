// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// The stamp of code.stamp_settings. The service publishes a version only when the code changed (contract V5, Q4, Q45),
// so that settings alone never reach an alias. With the stamp they are part of the code: a hash of what is configured
// of the settings that a version copies (contract V9, V10) goes into the archive's comment, and into source_hash.
//
// It is made of the configuration and of nothing else, so that it is known before the first call, the same on every
// machine, and not touched by what somebody changes in the console: a repair of that uploads nothing, and an import of
// what was stamped before finds D = B. Turned on or off it is other code, and goes up: what runs is always what is
// configured, and the version that follows source_hash is published with the settings that it was meant to have.
//
// Whoever may download the code sees the comment. So encrypted variables must not be in the hash: with all else known,
// a value could be guessed. What stands for them is their round (memory_stamp.go): a word that changes when they do and
// that is made of public things only.

// stamp is what the settings add to the code.
type stamp struct {
	open   bool   // a setting is not known yet, or whether there is a stamp
	text   string // lower-case hex; "" for none
	memory stampMemory
}

// stampMark stands between the hash of the source and the stamp, in source_hash.
const stampMark = "+settings."

// mark adds the stamp to the hash of a source.
func (s stamp) mark(hash string) string {
	if s.text == "" {
		return hash
	}
	return hash + stampMark + s.text
}

// notFrozen are settings that a version does not copy: mounts (contract V10), and the enterprise project, which is the
// function's. Then those that cannot change in place.
var notFrozen = []string{"mount_config", "enterprise_project_id", "name", "package"}

// frozenNames are the attributes that the stamp is made of. Of write-only values the version counts.
func frozenNames() []string {
	names := slices.DeleteFunc(slices.Clone(settingsNames()), func(name string) bool {
		return name == "encrypted_user_data_wo" || slices.Contains(notFrozen, name)
	})
	return append(names, "dependency_version_ids", "max_instance_num")
}

// frozenOpen says that the stamp of a configuration is not known yet.
func frozenOpen(config tftypes.Value) bool {
	values := map[string]tftypes.Value{}
	if config.As(&values) != nil {
		return true
	}
	return slices.ContainsFunc(frozenNames(), func(name string) bool { return !values[name].IsFullyKnown() })
}

// frozen are the settings that a version copies, in the form of the wire. What is not set is missing.
func (m model) frozen() map[string]json.RawMessage {
	settings := members(m.settingsToAPI(settingsFacets{}, functiongraph.FunctionSettings{}))
	maps.DeleteFunc(settings, func(name string, value json.RawMessage) bool {
		return slices.Contains(notFrozen, name) || slices.Contains(emptyJSON, string(value))
	})
	// A number that is not configured is kept, whatever it is: the one that is, counts, also where it is the default.
	delete(settings, "ephemeral_storage")
	for name, number := range map[string]interface {
		IsNull() bool
		IsUnknown() bool
		String() string
	}{"ephemeral_storage": m.EphemeralStorage, "max_instance_num": m.MaxInstanceNum} {
		if !number.IsNull() && !number.IsUnknown() {
			settings[name] = json.RawMessage(number.String())
		}
	}
	if ids := m.dependenciesFacet.toAPI(dependenciesFacet{}); len(ids) > 0 {
		settings["depend_version_list"], _ = json.Marshal(ids) // in their order (contract DV9); texts always have a JSON form
	}
	return settings
}

// stampOf is the stamp of a configuration. last is what is remembered of the one before, digest what the service
// reported of the code then.
func (m model) stampOf(last stampMemory, digest string) stamp {
	code, ok := m.codeObject()
	switch {
	case !ok || !code.StampSettings.IsUnknown() && !code.StampSettings.ValueBool():
		return stamp{}
	case code.StampSettings.IsUnknown() || m.stampOpen:
		return stamp{open: true}
	}
	out := stamp{memory: last.next(m.encryptedFacet.secrets(), digest)}
	settings := m.frozen()
	delete(settings, "encrypted_user_data")
	text, _ := json.Marshal(settings) // of JSON
	sum := sha256.Sum256([]byte("fgs-settings-v1\n" + out.memory.Round + "\n" + string(text)))
	out.text = hex.EncodeToString(sum[:16])
	return out
}

// stampWithin is the stamp of a configuration of a function that exists.
func (m model) stampWithin(ctx context.Context, private base.PrivateState, prior model, diags *diag.Diagnostics) stamp {
	var last stampMemory
	base.Recall(ctx, private, keyStamp, &last, diags)
	digest := prior.Digest.ValueString()
	if sent := lastUpload(ctx, private, prior.codeFacet, diags); sent != nil {
		digest = sent.Digest
	}
	return m.stampOf(last, digest)
}

// secrets are what must not be in a stamp, in one text; "" for none.
func (m encryptedFacet) secrets() string {
	values := tfconv.Strings(m.EncryptedUserData)
	version := m.EncryptedUserDataWOVersion.ValueString() // it may be made of what it stands for
	if len(values) == 0 && version == "" {
		return ""
	}
	text, _ := json.Marshal([]any{values, version}) // texts always have a JSON form
	return string(text)
}
