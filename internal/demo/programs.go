// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

const (
	module = "github.com/functiongraph/terraform-provider-fgs"
	// providerVersion is what `terraform init` is told of the build: any number, since nothing asks for one.
	providerVersion = "0.1.0"
)

// executable is the name of a program's file on this system.
func executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// compile builds a package of this module.
func compile(ctx context.Context, pkg, target string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "grpcnotrace", "-trimpath", "-o", target, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as `make build`, which then has nothing left to compile
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// mirror is the file of the provider in a folder laid out so that `terraform init` installs from it.
func (d *demo) mirror() string {
	return filepath.Join(d.dir, "mirror", "registry.terraform.io", "functiongraph", "fgs", providerVersion,
		runtime.GOOS+"_"+runtime.GOARCH, executable("terraform-provider-fgs_v"+providerVersion))
}

func (d *demo) emulatorBinary() string {
	return filepath.Join(d.dir, executable("fgs-emulator"))
}

// cliConfig makes the folder the only source of providers: no network, and none of the user's settings.
func (d *demo) cliConfig() string {
	return fmt.Sprintf(`disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path = %q
  }
}
`, filepath.ToSlash(filepath.Join(d.dir, "mirror")))
}

// emulatorProcess is a running fgs-emulator.
type emulatorProcess struct {
	url, providerBlock string
	log                *lockedBuffer
	end                func()
}

// startEmulator waits until the emulator listens: then it prints its URL, an empty line, and a provider block.
func startEmulator(binary string) (*emulatorProcess, error) {
	ctx, cancel := context.WithCancel(context.Background()) // ended by stop, after the last Terraform command
	cmd := exec.CommandContext(ctx, binary, "-listen", "127.0.0.1:0")
	p := &emulatorProcess{log: &lockedBuffer{}}
	cmd.Stderr = p.log
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("start the emulator: %w", err)
	}
	p.end = func() {
		cancel()
		_ = cmd.Wait() // it was killed: the error says nothing else
	}
	if p.url, p.providerBlock, err = readGreeting(stdout); err != nil {
		p.end()
		return nil, fmt.Errorf("%w\n%s", err, p.log)
	}
	return p, nil
}

func readGreeting(r io.Reader) (url, block string, err error) {
	lines := bufio.NewScanner(r)
	if !lines.Scan() {
		return "", "", errors.New("the emulator ended without printing its URL")
	}
	url = strings.TrimSpace(lines.Text())
	var text strings.Builder
	for inProvider := false; lines.Scan(); {
		line := lines.Text()
		text.WriteString(line + "\n")
		inProvider = inProvider || strings.HasPrefix(line, "provider ")
		if inProvider && line == "}" {
			return url, strings.TrimSpace(text.String()) + "\n", nil
		}
	}
	return "", "", errors.New("the emulator printed no provider block")
}

func (p *emulatorProcess) stop() { p.end() }

// lockedBuffer takes a process's output while others may read it.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

// environment is this process's without what would configure CLI or provider behind the demo's back.
func environment(cliConfig string) []string {
	var kept []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		configures := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
		if !slices.ContainsFunc([]string{"TF_", "HW_", "OS_", "FGS_"}, configures) {
			kept = append(kept, variable)
		}
	}
	return append(kept, "TF_CLI_CONFIG_FILE="+cliConfig, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "TF_CLI_ARGS=-no-color",
		"CHECKPOINT_DISABLE=1")
}
