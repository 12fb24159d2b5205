// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"encoding/json"
	"slices"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// readBack says which settings the service does not report: the documents do not agree on that (contract 3.3). A member
// that is missing in an answer is not set; unless the first answer after it was written misses it too: then the service
// does not report it, and what was written is what is known.
type readBack struct {
	Pending    bool     `json:"pending,omitempty"` // settings were written and not read since
	Unreported []string `json:"unreported,omitempty"`

	// Encrypted are the names of the encrypted variables that were written last, as far as the service reports them; nil
	// before the first write. Found are those that a read found instead.
	Encrypted *[]string `json:"encrypted,omitempty"`
	Found     *[]string `json:"found,omitempty"`
	// Unmanaged are the names that a function has which Terraform never wrote the variables of, as after an import.
	Unmanaged []string `json:"unmanaged,omitempty"`
	// Written tells the values of a write-only map apart; nil for none.
	Written *written `json:"written,omitempty"`
}

// find compares the names of encrypted variables that an answer has with those that were written. If the first answer
// after that has none, the service does not report them.
func (r *readBack) find(names []string, first bool) {
	if r.Encrypted == nil {
		r.Unmanaged = nil
		if len(names) > 0 {
			r.Unmanaged = names
		}
		return
	}
	if first && len(names) == 0 {
		r.Encrypted = &names
	}
	if r.Found = &names; slices.Equal(names, *r.Encrypted) {
		r.Found = nil
	}
}

// encrypted are the names that a write-only map should show at the service; nil while that is not known.
func (r readBack) encrypted() []string {
	if r.Encrypted == nil {
		return nil
	}
	return *r.Encrypted
}

// readElsewhere are told by other members or by another call: see logging and readLog.
var readElsewhere = []string{"enable_lts_log", "log_config"}

// emptyJSON are the values of members that are not set.
var emptyJSON = []string{`""`, "0", "false", "[]", "{}"}

// unreported names the members that were written and are missing in the answer to the read after it.
//
// Only for 3.3 (config-read-back) and 5 (kms-read-back): as is restore.
func unreported(written settingsFacets, got functiongraph.FunctionSettings) (names []string) {
	there := members(got)
	for name, value := range members(written.settingsToAPI(settingsFacets{}, functiongraph.FunctionSettings{})) {
		_, reported := there[name]
		if !reported && !slices.Contains(readElsewhere, name) && !slices.Contains(emptyJSON, string(value)) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// restore puts what is known of unreported members into an answer that misses them.
//
// Only for 3.3 (config-read-back) and 5 (kms-read-back): as is unreported.
func restore(got *functiongraph.FunctionSettings, known settingsFacets, names []string) {
	if len(names) == 0 {
		return
	}
	there, all := members(*got), members(known.settingsToAPI(settingsFacets{}, functiongraph.FunctionSettings{}))
	missing := map[string]json.RawMessage{}
	for _, name := range names {
		if _, reported := there[name]; !reported && all[name] != nil {
			missing[name] = all[name]
		}
	}
	text, _ := json.Marshal(missing) // made of JSON
	_ = json.Unmarshal(text, got)    // and of the same struct; other members stay
}

// members are the members of the settings on the wire; those that are not sent are missing.
func members(s functiongraph.FunctionSettings) map[string]json.RawMessage {
	var out map[string]json.RawMessage
	text, _ := json.Marshal(s) // texts and numbers always have a JSON form
	_ = json.Unmarshal(text, &out)
	return out
}
