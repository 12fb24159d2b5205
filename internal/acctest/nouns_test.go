// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
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
	makes    []string                       // the calls that make one
	there    func(f emulator.Function) bool // whether the service has one; f is the function it is or belongs to
	same     func(w *world, f emulator.Function) error
	// asConfigured compares what is configured with what the service holds; nil where same says all.
	asConfigured func(w *world, f emulator.Function) error
	untaint      string // what an error says to keep it when it is tainted
	// the call before which the lists that are asked for are a plan's; "" for a plan that asks none
	looksBefore  string
	versioned    bool          // its answers are about a version, and tell the digest of that
	readAtTheEnd bool          // a look at what was just made that fails is made up for by the read at the end
	lags         time.Duration // how far reads are behind, in the second world, and lists after a lost answer
}

var functionNoun = noun{
	resource: functionType, makes: []string{"CreateFunction", "ImportFunction"},
	untaint: "terraform untaint fgs_function.", looksBefore: "UpdateConfig", readAtTheEnd: true,
	there:        func(f emulator.Function) bool { return f.Name != "" },
	same:         sameFunction,
	asConfigured: functionAsConfigured,
}

var versionNoun = noun{
	resource: versionType, makes: []string{"PublishVersion"},
	untaint: "terraform untaint", looksBefore: "PublishVersion", versioned: true,
	there: func(f emulator.Function) bool { return len(f.Versions) > 0 },
	same:  sameVersion,
}

var aliasNoun = noun{
	resource: aliasType, makes: []string{"CreateAlias"}, untaint: "terraform untaint",
	there: func(f emulator.Function) bool { return len(f.Aliases) > 0 },
	same:  sameAlias,
}

var triggerNoun = noun{
	resource: triggerType, makes: []string{"CreateTrigger"}, untaint: "terraform untaint",
	there: func(f emulator.Function) bool { return len(f.Triggers) > 0 },
	same:  sameTrigger, lags: 5 * time.Second,
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
	x := f.Triggers[0]
	return differences(
		[3]any{"id", w.text("id"), functionURN + "/" + x.Type + "/" + x.ID}, [3]any{"type", w.text("type"), "KAFKA"},
		[3]any{"status", "ACTIVE", x.Status}, [3]any{"topics", "[orders]", x.EventData["topic_ids"]},
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
