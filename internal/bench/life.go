// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// subject is what is measured: a provider, or the CLI alone.
type subject struct {
	profile
	binary string // empty: nothing but the CLI
}

// cost is what one command took.
type cost struct {
	Wall     float64 `json:"wall_s"`
	Provider float64 `json:"provider_cpu_s"` // of all its processes
	CLI      float64 `json:"cli_cpu_s"`
	Peak     float64 `json:"provider_peak_mb"` // of the largest of them, resident
	Requests float64 `json:"requests"`
}

// life is one working directory in which a subject's functions are created, planned and destroyed, against an emulator
// of its own.
type life struct {
	cli, dir string
	subject  subject
	values   values
	gate     *gate
	emulator *emulator.Server
	server   *httptest.Server
}

// newLife prepares a folder below parent. The caller closes it.
func newLife(cli, parent string, s subject, count int, zip string, delay time.Duration) (*life, error) {
	dir, err := os.MkdirTemp(parent, "life-")
	if err != nil {
		return nil, err
	}
	api := emulator.New(emulator.Options{Switches: emulator.Switches{FunctionQuota: count}}) // more than a new project has
	l := &life{cli: cli, dir: dir, subject: s, emulator: api, gate: newGate(api, s.Answers, delay)}
	l.server = httptest.NewServer(l.gate)
	l.values = newValues(count, zip, l.server.URL)
	if err := l.install(); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *life) close() {
	l.server.Close()
	_ = os.RemoveAll(l.dir)
}

// install puts the wrapper where the CLI looks for the provider.
func (l *life) install() error {
	plugins := filepath.Join(l.dir, "plugins")
	for _, folder := range []string{plugins, l.usage()} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			return err
		}
	}
	overrides := ""
	if l.subject.binary != "" {
		wrapper, err := os.Executable()
		if err != nil {
			return err
		}
		if err := os.Symlink(wrapper, filepath.Join(plugins, "terraform-provider-"+l.subject.typeName())); err != nil {
			return err
		}
		overrides = fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n}\n",
			l.subject.Source, plugins)
	}
	return os.WriteFile(l.settings(), []byte(overrides), 0o600)
}

func (l *life) usage() string    { return filepath.Join(l.dir, "usage") }
func (l *life) settings() string { return filepath.Join(l.dir, "cli.tfrc") }

// write makes resource the configuration.
func (l *life) write(resource string) error {
	text, err := l.subject.configuration(resource, l.values)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(l.dir, "main.tf"), []byte(text), 0o600)
}

// apply creates the functions.
func (l *life) apply() (cost, error) {
	c, err := l.run("apply", "-auto-approve")
	if made := len(l.emulator.Functions()); err == nil && l.subject.binary != "" && made != l.values.Count {
		err = fmt.Errorf("apply of %s made %d functions of %d", l.subject.Name, made, l.values.Count)
	}
	return c, err
}

// plan plans without a change; that there is none is part of what is measured.
func (l *life) plan() (cost, error) { return l.run("plan", "-detailed-exitcode") }

// destroy destroys the functions.
func (l *life) destroy() (cost, error) {
	c, err := l.run("destroy", "-auto-approve")
	if left := len(l.emulator.Functions()); err == nil && left > 0 {
		err = fmt.Errorf("destroy of %s left %d functions", l.subject.Name, left)
	}
	return c, err
}

// stateSize is the size of the state as the CLI writes it.
func (l *life) stateSize() (int64, error) {
	info, err := os.Stat(filepath.Join(l.dir, "terraform.tfstate"))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// run runs the CLI as a user does, with its own parallelism, and measures it.
func (l *life) run(args ...string) (cost, error) {
	command := exec.Command(l.cli, append(args, "-no-color", "-input=false")...)
	command.Dir = l.dir
	command.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+l.settings(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		wrapsVariable+"="+l.subject.binary, usageVariable+"="+l.usage())
	l.gate.take()
	began := time.Now()
	out, err := command.CombinedOutput()
	wall := time.Since(began)
	if err != nil {
		return cost{}, fmt.Errorf("%s, %s: %w\n%s%s", l.subject.Name, strings.Join(args, " "), err, firstError(string(out)),
			l.unanswered())
	}
	used, err := takeUsage(l.usage())
	if err != nil {
		return cost{}, err
	}
	whole := command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	if l.subject.binary != "" && (used.Provider == 0 || used.Provider > whole) {
		return cost{}, fmt.Errorf("the CLI's account of %s does not hold the provider's %s", whole, used.Provider)
	}
	return cost{
		Wall: wall.Seconds(), Provider: used.Provider.Seconds(), CLI: (whole - used.Provider - used.Wrapper).Seconds(),
		Peak: float64(used.Peak) / megabyte, Requests: float64(l.gate.take()),
	}, nil
}

// firstError leaves out what the CLI says before its first error and, of five hundred alike, all but the first.
func firstError(out string) string {
	const mark = "Error: "
	_, errors, found := strings.Cut(out, mark)
	if !found {
		return out
	}
	first, _, _ := strings.Cut(errors, mark)
	return mark + first
}

// unanswered tells which requests the emulator did not know, for whoever writes a profile.
func (l *life) unanswered() string {
	seen, text := map[string]bool{}, ""
	for _, r := range l.emulator.Unhandled() {
		if line := r.Method + " " + r.Path; !seen[line] {
			seen[line] = true
			text += "\nno answer to " + line
		}
	}
	return text
}
