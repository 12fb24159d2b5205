// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const huaweicloud = "registry.terraform.io/huaweicloud/huaweicloud"

var moveTime = time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)

// move is a function that another provider made, and its state.
type move struct {
	t     *testing.T
	env   *acctest.Env
	p     *acctest.Protocol
	path  string // of the code that the other provider deployed
	state map[string]any
}

// newMove makes the function as it is at the service, with code that was uploaded as a zip file.
func newMove(t *testing.T, change func(*emulator.Function), options ...acctest.Option) *move {
	t.Helper()
	m := &move{t: t, env: acctest.New(t, options...)}
	code := acctest.Zip(t, moveTime, acctest.File{Name: "index.py", Content: "v1"})
	m.path = acctest.NewDir(t).Write("code.zip", code)
	sum := sha1.Sum(code)
	f := emulator.Function{Name: "orders", CodeState: emulator.CodeState{
		CodeType: "zip", CodeFilename: "index.zip", Code: code,
	}}
	f.Runtime, f.Handler, f.Timeout, f.MemorySize = "Python3.9", "index.handler", 30, 256
	if change != nil {
		change(&f)
	}
	m.env.Emulator.Put(f)
	m.state = map[string]any{
		"id": place + "default:orders:latest", "name": "orders", "runtime": "Python3.9", "handler": "index.handler",
		"timeout": 30, "memory_size": 256, "max_instance_num": "400", "code_type": "zip",
		"func_code": hex.EncodeToString(sum[:]), "functiongraph_version": "v2", "tags": map[string]any{},
	}
	m.p = m.env.Protocol(t)
	return m
}

// config is what the function is in the new configuration; more overrides.
func (m *move) config(more map[string]any) map[string]any {
	config := map[string]any{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 30, "memory_size": 256,
		"code": map[string]any{"zip_file": m.path},
	}
	maps.Copy(config, more)
	return config
}

// moved is the state after the move.
func (m *move) moved() acctest.Imported {
	m.t.Helper()
	text, err := json.Marshal(m.state)
	if err != nil {
		m.t.Fatal(err)
	}
	out, diags := m.p.Move("fgs_function", huaweicloud, "huaweicloud_fgs_function", text)
	expectNone(m.t, diags)
	return out
}

// refreshed is the state after the move and the read that follows it.
func (m *move) refreshed(block map[string]any) acctest.Imported {
	m.t.Helper()
	expectNone(m.t, m.p.Configure(block))
	out, there, diags := m.p.Refresh("fgs_function", m.moved())
	if expectNone(m.t, diags); !there {
		m.t.Fatal("the function is gone")
	}
	return out
}

// expectPlan demands what a plan changes.
func (m *move) expectPlan(prior acctest.Imported, config map[string]any, want ...string) acctest.Diagnostics {
	m.t.Helper()
	got, diags := m.p.Changes("fgs_function", prior, config)
	if !slices.Equal(got, want) {
		m.t.Errorf("the plan changes %v, want %v", got, want)
	}
	return diags
}

// apply applies the configuration, and demands the writes and that nothing is left to do.
func (m *move) apply(prior acctest.Imported, config map[string]any, writes ...string) acctest.Imported {
	m.t.Helper()
	m.env.Emulator.ResetRequests()
	created, diags := m.p.Update("fgs_function", prior, config)
	if diags.Failed() {
		m.t.Fatal(diags)
	}
	if err := m.env.ExpectWrites(writes...)(nil); err != nil {
		m.t.Error(err)
	}
	after, _, diags := m.p.Refresh("fgs_function", created.Imported)
	expectNone(m.t, diags)
	m.expectPlan(after, config)
	return after
}

// TestMove: the first plan shows the recorded source and nothing else, the apply sends nothing, and the next plan is
// empty: of each kind of code.
func TestMove(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		made  func(f *emulator.Function)
		state map[string]any
		with  map[string]any
	}{
		"zip": {},
		"zip under the name it has": {with: map[string]any{
			"code": map[string]any{"zip_file": "", "filename": "index.zip"},
		}},
		"object": {
			func(f *emulator.Function) {
				f.CodeState = emulator.CodeState{CodeType: "obs", CodeURL: "https://b.obs.cn-north-4.myhuaweicloud.com/o.zip"}
			},
			map[string]any{"code_type": "obs", "code_url": "https://b.obs.cn-north-4.myhuaweicloud.com/o.zip", "func_code": ""},
			map[string]any{"code": map[string]any{"obs_url": "https://b.obs.cn-north-4.myhuaweicloud.com/o.zip"}},
		},
		"image": {
			func(f *emulator.Function) {
				f.Runtime, f.Handler, f.CodeState = "Custom Image", "-", emulator.CodeState{CodeType: "Custom-Image-Swr"}
				f.CustomImage = &emulator.CustomImage{Enabled: true, Image: "swr.example.com/a/b:1"}
			},
			map[string]any{
				"runtime": "Custom Image", "handler": "-", "code_type": "Custom-Image-Swr", "func_code": "",
				"custom_image": []any{map[string]any{"url": "swr.example.com/a/b:1"}},
			},
			map[string]any{
				"runtime": nil, "handler": nil, "code": map[string]any{"image": "swr.example.com/a/b:1"},
			},
		},
		"settings": {
			func(f *emulator.Function) {
				f.XRole, f.UserData, f.EncryptedUserData = "reader", `{"STAGE":"prod"}`, `{"KEY":"s3cret"}`
				f.InitializerHandler, f.InitializerTimeout = "index.init", 10
				f.DependVersionList = []string{"dep-2", "dep-1"}
				f.Tags = map[string]string{"owner": "shop", "somebody": "else"}
			},
			map[string]any{
				"agency": "reader", "user_data": `{"STAGE":"prod"}`, "encrypted_user_data": `{"KEY":"s3cret"}`,
				"initializer_handler": "index.init", "initializer_timeout": 10, "tags": map[string]any{"owner": "shop"},
				"depend_list": []any{"dep-1", "dep-2"}, // a set: in no order
			},
			map[string]any{
				"agency": "reader", "user_data": map[string]any{"STAGE": "prod"},
				"encrypted_user_data":    map[string]any{"KEY": "s3cret"},
				"initializer":            map[string]any{"handler": "index.init", "timeout": 10},
				"dependency_version_ids": []any{"dep-2", "dep-1"}, "tags": map[string]any{"owner": "shop"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMove(t, v.made)
			maps.Copy(m.state, v.state)
			config := m.config(v.with)
			if code, ok := config["code"].(map[string]any); ok && code["zip_file"] == "" {
				code["zip_file"] = m.path
			}
			before, _ := m.env.Emulator.Function("default", "orders")
			prior := m.refreshed(nil)
			expectNone(t, m.expectPlan(prior, config, "code", "source_hash"))
			m.apply(prior, config)
			after, _ := m.env.Emulator.Function("default", "orders")
			if after.LastModified != before.LastModified || !slices.Equal(after.DependVersionList, before.DependVersionList) {
				t.Errorf("the function changed: %+v", after)
			}
		})
	}
}

// TestMove_withoutCode: a configuration that leaves the code alone has nothing to do.
func TestMove_withoutCode(t *testing.T) {
	t.Parallel()
	m := newMove(t, nil)
	m.apply(m.refreshed(nil), m.config(map[string]any{"code": nil}))
}

// TestMove_drift: the SHA-1 of what the other provider uploaded tells a change outside Terraform from a release, also
// where code is configured some applies later.
func TestMove_drift(t *testing.T) {
	t.Parallel()
	const says = "The provider that orders was moved from last deployed"
	for name, v := range map[string]struct {
		drifts, releases, forgets, later, ignores bool
		warns                                     bool
		writes                                    []string
	}{
		"nothing":                           {},
		"drift":                             {drifts: true, warns: true, writes: []string{"UpdateCode"}},
		"drift, code configured later":      {drifts: true, later: true, warns: true, writes: []string{"UpdateCode"}},
		"drift, ignored":                    {drifts: true, ignores: true},
		"release":                           {releases: true, writes: []string{"UpdateCode"}},
		"drift, of a state without a SHA-1": {drifts: true, forgets: true, writes: []string{"UpdateCode"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMove(t, nil)
			config := m.config(nil)
			if v.drifts {
				if err := m.env.Emulator.SetCode("default", "orders", "", "", acctest.Zip(t, moveTime,
					acctest.File{Name: "index.py", Content: "by hand"})); err != nil {
					t.Fatal(err)
				}
			}
			if v.releases {
				config["code"] = map[string]any{"zip_file": acctest.NewDir(t).Code("code.zip", "v2")}
			}
			if v.forgets {
				m.state["func_code"] = ""
			}
			if v.ignores {
				config["ignore_code_drift"] = true
			}
			prior := m.refreshed(nil)
			if v.later {
				prior = m.apply(prior, m.config(map[string]any{"code": nil}))
			}
			_, diags := m.p.Changes("fgs_function", prior, config)
			if v.warns {
				expectOne(t, diags, "WARNING", "code", "Code Changed Outside Terraform", says, "Digest: ", "Expected: ")
			} else {
				expectNone(t, diags)
			}
			after := m.apply(prior, config, v.writes...)
			// From here on the digest tells: the note is gone, and its words with it.
			if strings.Contains(m.p.Private(after), "moved") {
				t.Errorf("the private state is %s", m.p.Private(after))
			}
			if err := m.env.Emulator.SetCode("default", "orders", "", "", acctest.Zip(t, moveTime,
				acctest.File{Name: "index.py", Content: "again"})); err != nil {
				t.Fatal(err)
			}
			after, _, _ = m.p.Refresh("fgs_function", after)
			if _, diags := m.p.Changes("fgs_function", after, config); v.ignores {
				expectNone(t, diags)
			} else {
				expectOne(t, diags, "WARNING", "code", "Code Changed Outside Terraform", "The code of orders was changed")
			}
		})
	}
}

// TestMove_inlineDigest: where the service takes the digest of inline code over an archive, the text that runs looks
// like another one. It is uploaded once, and the warning says that this may be all.
func TestMove_inlineDigest(t *testing.T) {
	t.Parallel()
	const text = "def handler(event, context): pass"
	for _, zipped := range []bool{false, true} {
		m := newMove(t, func(f *emulator.Function) {
			f.CodeState = emulator.CodeState{CodeType: "inline", CodeFilename: "index.py", Code: []byte(text)}
		}, acctest.WithSwitches(func(s *emulator.Switches) { s.InlineDigestOverZip = zipped }))
		sum := sha1.Sum([]byte(text))
		maps.Copy(m.state, map[string]any{"code_type": "inline", "func_code": hex.EncodeToString(sum[:])})
		config := m.config(map[string]any{"code": map[string]any{"inline": text}})
		prior := m.refreshed(nil)
		_, diags := m.p.Changes("fgs_function", prior, config)
		if !zipped {
			expectNone(t, diags)
			m.apply(prior, config)
			continue
		}
		expectOne(t, diags, "WARNING", "code", "Code Changed Outside Terraform", "there this says nothing, and one upload")
		m.apply(prior, config, "UpdateCode")
	}
}

// TestMove_defaultTags: the huaweicloud provider keeps its default_tags among the tags. Those that are default_tags
// here too are theirs; none is written.
func TestMove_defaultTags(t *testing.T) {
	t.Parallel()
	m := newMove(t, func(f *emulator.Function) {
		f.Tags = map[string]string{"owner": "platform", "app": "shop", "stage": "prod", "somebody": "else"}
	})
	m.state["tags"] = map[string]any{"owner": "platform", "app": "shop", "stage": "prod"}
	prior := m.refreshed(map[string]any{"default_tags": map[string]any{"owner": "platform", "stage": "test"}})
	values := m.p.Values(prior)
	if got := values["tags"]; !maps.Equal(got.(map[string]any), map[string]any{"app": "shop", "stage": "prod"}) {
		t.Errorf("tags are %v", got)
	}
	config := m.config(map[string]any{"tags": map[string]any{"app": "shop", "stage": "prod"}})
	expectNone(t, m.expectPlan(prior, config, "code", "source_hash"))
	m.apply(prior, config)
	f, _ := m.env.Emulator.Function("default", "orders")
	if !maps.Equal(f.Tags, map[string]string{"owner": "platform", "app": "shop", "stage": "prod", "somebody": "else"}) {
		t.Errorf("the tags at the service are %v", f.Tags)
	}
}

// TestMove_unrefreshed: a plan without a refresh, or of a provider whose configuration is not known yet, knows nothing
// of the code that runs. It leaves that to the apply, which reads first, and sends nothing.
func TestMove_unrefreshed(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]map[string]any{"-refresh=false": nil, "unknown": {"region": acctest.Unknown}} {
		for _, code := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				m := newMove(t, func(f *emulator.Function) { f.Concurrency = 7; f.DependVersionList = []string{"b", "a"} })
				m.state["max_instance_num"], m.state["depend_list"] = "0", []any{"a", "b"}
				config := m.config(map[string]any{"dependency_version_ids": []any{"b", "a"}})
				if !code {
					config["code"] = nil
				}
				prior := m.moved()
				expectNone(t, m.p.Configure(block))
				if block != nil {
					kept, _, diags := m.p.Refresh("fgs_function", prior)
					expectOne(t, diags, "WARNING", "", "Provider Configuration Not Known Yet")
					prior = kept
					m.p.Between = func() { expectNone(t, m.p.Configure(nil)) }
				}
				created, diags := m.p.Unrefreshed("fgs_function", prior, config)
				expectNone(t, diags)
				if err := m.env.ExpectWrites()(nil); err != nil {
					t.Error(err)
				}
				values := m.p.Values(created.Imported)
				if values["digest"] == nil || values["max_instance_num"] != "7" || values["cpu"] == nil ||
					values["code_filename"] != "index.zip" {
					t.Errorf("the state is %v", values)
				}
				after, _, diags := m.p.Refresh("fgs_function", created.Imported)
				expectNone(t, diags)
				expectNone(t, m.expectPlan(after, config))
			})
		}
	}
}

// TestMove_gone: a function that is gone is made anew by the plan after the refresh; an apply without one says so.
func TestMove_gone(t *testing.T) {
	t.Parallel()
	m := newMove(t, nil)
	if err := m.env.Emulator.Delete("default", "orders"); err != nil {
		t.Fatal(err)
	}
	expectNone(t, m.p.Configure(nil))
	prior := m.moved()
	if _, there, diags := m.p.Refresh("fgs_function", prior); there || len(diags) > 0 {
		t.Errorf("there: %t, %s", there, diags)
	}
	_, diags := m.p.Unrefreshed("fgs_function", prior, m.config(nil))
	expectOne(t, diags, "ERROR", "urn", "Function Not Found", "before its state was moved here")
}

// TestMove_otherRegion: a provider for another region is told so, and nothing is requested.
func TestMove_otherRegion(t *testing.T) {
	t.Parallel()
	m := newMove(t, nil)
	expectNone(t, m.p.Configure(map[string]any{"region": "ap-southeast-1"}))
	_, _, diags := m.p.Refresh("fgs_function", m.moved())
	expectOne(t, diags, "ERROR", "", "Unable to Read Function", `the region "cn-north-4"`, `the region "ap-southeast-1"`)
	expectSilence(t, m.env)
}

// TestMove_writeOnly: encrypted variables that become write-only ones are written once, which the plan shows; those of
// OpenTelekomCloud, whose state has them masked, count as never configured.
func TestMove_writeOnly(t *testing.T) {
	t.Parallel()
	made := func(f *emulator.Function) { f.EncryptedUserData = `{"KEY":"s3cret"}` }
	m := newMove(t, made)
	m.state["encrypted_user_data"] = `{"KEY":"s3cret"}`
	config := m.config(map[string]any{
		"encrypted_user_data_wo": map[string]any{"KEY": "s3cret"}, "encrypted_user_data_wo_version": "1",
	})
	m.apply(m.refreshed(nil), config, "UpdateConfig")

	m = newMove(t, made)
	m.state["encrypted_user_data"] = `{"KEY":"***"}`
	text, err := json.Marshal(m.state)
	if err != nil {
		t.Fatal(err)
	}
	moved, diags := m.p.Move("fgs_function", "registry.terraform.io/opentelekomcloud/opentelekomcloud",
		"opentelekomcloud_fgs_function_v2", text)
	expectNone(t, diags)
	expectNone(t, m.p.Configure(nil))
	prior, _, diags := m.p.Refresh("fgs_function", moved)
	expectNone(t, diags)
	expectNone(t, m.expectPlan(prior, m.config(nil), "code", "source_hash"))
	m.apply(prior, m.config(nil))
	if f, _ := m.env.Emulator.Function("default", "orders"); f.EncryptedUserData != `{"KEY":"s3cret"}` {
		t.Errorf("the variables are %s", f.EncryptedUserData)
	}
}

// TestMove_filename: an upload after the move gives the code file the name that this provider would give it, unless the
// name that it has is configured.
func TestMove_filename(t *testing.T) {
	t.Parallel()
	for filename, want := range map[string]string{"": "orders.zip", "index.zip": "index.zip"} {
		m := newMove(t, nil)
		m.state["code_filename"] = "index.zip"
		code := map[string]any{"zip_file": acctest.NewDir(t).Code("code.zip", "v2")}
		if filename != "" {
			code["filename"] = filename
		}
		m.apply(m.refreshed(nil), m.config(map[string]any{"code": code}), "UpdateCode")
		if f, _ := m.env.Emulator.Function("default", "orders"); f.CodeFilename != want {
			t.Errorf("with filename %q the code file is %s, want %s", filename, f.CodeFilename, want)
		}
	}
}
