// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	functionType   = "fgs_function"
	versionType    = "fgs_function_version"
	aliasType      = "fgs_function_alias"
	triggerType    = "fgs_function_trigger"
	dependencyType = "fgs_dependency_version"
)

// noun is what the matrices know of a resource. A new resource is one more of it, and its scenarios.
type noun struct {
	resource string
	makes    []string                                 // the calls that make one
	there    func(w *world, f emulator.Function) bool // whether the service has one; f is the function that is there
	same     func(w *world, f emulator.Function) error
	// asConfigured compares what is configured with what the service holds; nil where same says all.
	asConfigured func(w *world, f emulator.Function) error
	untaint      string // what an error says to keep it when it is tainted
	// the call before which the lists that are asked for are a plan's; "" for a plan that asks none
	looksBefore  string
	versioned    bool          // its answers are about a version, and tell the digest of that
	calls        bool          // it is a call: nothing is left of it, and it is never sent again
	readAtTheEnd bool          // a look at what was just made that fails is made up for by the read at the end
	lags         time.Duration // how far reads are behind, in the second world, and lists after a lost answer
}

var functionNoun = noun{
	resource: functionType, makes: []string{"CreateFunction", "ImportFunction"},
	untaint: "terraform untaint fgs_function.", looksBefore: "UpdateConfig", readAtTheEnd: true,
	there:        func(_ *world, f emulator.Function) bool { return f.Name != "" },
	same:         sameFunction,
	asConfigured: functionAsConfigured,
}

var versionNoun = noun{
	resource: versionType, makes: []string{"PublishVersion"},
	untaint: "terraform untaint", looksBefore: "PublishVersion", versioned: true,
	there: func(_ *world, f emulator.Function) bool { return len(f.Versions) > 0 },
	same:  sameVersion,
}

var aliasNoun = noun{
	resource: aliasType, makes: []string{"CreateAlias"}, untaint: "terraform untaint",
	there: func(_ *world, f emulator.Function) bool { return len(f.Aliases) > 0 },
	same:  sameAlias,
}

var triggerNoun = noun{
	resource: triggerType, makes: []string{"CreateTrigger"}, untaint: "terraform untaint",
	there: func(_ *world, f emulator.Function) bool { return len(f.Triggers) > 0 },
	same:  sameTrigger, lags: 5 * time.Second,
}

var dependencyNoun = noun{
	resource: dependencyType, makes: []string{"CreateDependencyVersion"}, untaint: "terraform untaint",
	there: func(w *world, _ emulator.Function) bool { return len(w.libraries()) > 0 },
	same:  func(w *world, _ emulator.Function) error { return sameDependency(w) },
}

func sameFunction(w *world, f emulator.Function) error {
	variables := map[string]string{}
	if f.UserData != "" {
		if err := json.Unmarshal([]byte(f.UserData), &variables); err != nil {
			return err
		}
	}
	return differences(
		[3]any{"urn", w.text("urn"), functionURN}, [3]any{"digest", w.text("digest"), f.Digest},
		[3]any{"code_size", w.number("code_size"), f.CodeSize}, [3]any{"runtime", w.text("runtime"), f.Runtime},
		[3]any{"handler", w.text("handler"), f.Handler}, [3]any{"timeout", w.number("timeout"), int64(f.Timeout)},
		[3]any{"memory_size", w.number("memory_size"), int64(f.MemorySize)},
		[3]any{"description", w.text("description"), f.Description}, [3]any{"app_agency", w.text("app_agency"), f.AppXRole},
		[3]any{"user_data", w.texts("user_data"), variables},
		[3]any{"max_instance_num", w.number("max_instance_num"), int64(f.Concurrency)},
		[3]any{"tags_all", w.texts("tags_all"), ownTags(f.Tags)},
	)
}

func ownTags(tags map[string]string) map[string]string {
	out := maps.Clone(tags)
	maps.DeleteFunc(out, func(key, _ string) bool { return strings.HasPrefix(key, "_sys_") })
	return out
}

func functionAsConfigured(w *world, f emulator.Function) error {
	if code, _ := w.s.config["code"].(values); code["zip_file"] == nil {
		return nil
	}
	return holdingOf(f).differ(wanted(w.t, w.s.config, nil))
}

func sameVersion(w *world, f emulator.Function) error {
	if len(f.Versions) == 0 {
		return fmt.Errorf("the service has no version")
	}
	v := f.Versions[len(f.Versions)-1]
	return differences(
		[3]any{"urn", w.text("urn"), functionURN + ":" + v.Name}, [3]any{"version", w.text("version"), v.Name},
		[3]any{"digest", w.text("digest"), v.Digest},
		[3]any{"description", w.text("description"), v.VersionDescription},
	)
}

func sameAlias(w *world, f emulator.Function) error {
	if len(f.Aliases) != 1 {
		return fmt.Errorf("the service has %d aliases", len(f.Aliases))
	}
	a := f.Aliases[0]
	return differences(
		[3]any{"urn", w.text("urn"), functionURN + ":!" + a.Name}, [3]any{"version", w.text("version"), a.Version},
		[3]any{"description", w.text("description"), a.Description},
	)
}

func sameTrigger(w *world, f emulator.Function) error {
	if len(f.Triggers) != 1 {
		return fmt.Errorf("the service has %d triggers", len(f.Triggers))
	}
	x, status, data := f.Triggers[0], "ACTIVE", ""
	if w.s.config["enabled"] == false {
		status = "DISABLED"
	}
	if stream, ok := w.s.config["dis"].(values); ok {
		data = fmt.Sprint(stream["polling_interval"])
	}
	return differences(
		[3]any{"id", w.text("id"), functionURN + "/" + x.Type + "/" + x.ID}, [3]any{"type", w.text("type"), x.Type},
		[3]any{"status", status, x.Status}, [3]any{"polling", data, orNothing(x.EventData["polling_interval"])},
	)
}

// orNothing is a member of JSON as text, "" for none.
func orNothing(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// libraries are the versions of the dependencies that the scenarios make.
func (w *world) libraries() []emulator.Dependency {
	return slices.DeleteFunc(w.wire.api.Dependencies(), func(d emulator.Dependency) bool { return d.Content == nil })
}

// sameDependency: a process that was killed leaves a version that nobody knows of, and there is another one then.
func sameDependency(w *world) error {
	all := w.libraries()
	if n := len(all); n == 0 || n > 1 && !w.killed {
		return fmt.Errorf("the service has %d versions of the dependency", n)
	}
	newest := all[len(all)-1]
	return differences(
		[3]any{"id", w.text("id"), newest.ID}, [3]any{"version", w.number("version"), newest.Version},
		[3]any{"dependency_id", w.text("dependency_id"), newest.DependencyID}, [3]any{"etag", w.text("etag"), newest.ETag},
	)
}

// differences compares what the state says, the second of each, with what the service holds, the third.
func differences(pairs ...[3]any) error {
	state, service := map[string]string{}, map[string]string{}
	for _, p := range pairs {
		name := fmt.Sprint(p[0])
		state[name], service[name] = fmt.Sprint(p[1]), fmt.Sprint(p[2])
	}
	if diff := lineDiff(service, state); diff != "" {
		return fmt.Errorf("the state is not what the service holds (-service +state):%s", diff)
	}
	return nil
}
