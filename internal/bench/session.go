// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// session is a provider process that outlives the CLI's runs, so that it can be looked at between them, a working
// directory and an emulator.
type session struct {
	cli, dir string
	emulator *emulator.Server
	server   *httptest.Server
	provider *exec.Cmd
	reattach string
}

func newSession(cli, binary, parent string) (*session, error) {
	dir, err := os.MkdirTemp(parent, "run-")
	if err != nil {
		return nil, err
	}
	// No bound on signed bodies is in the way: uploads use a token.
	api := emulator.New(emulator.Options{})
	s := &session{cli: cli, dir: dir, emulator: api, server: httptest.NewServer(api)}
	s.provider = exec.Command(binary, "-debug")
	s.provider.Env = append(os.Environ(),
		"HW_REGION_NAME="+emulator.DefaultRegion, "HW_PROJECT_ID="+emulator.DefaultProjectID,
		"HW_AUTH_TOKEN="+emulator.DefaultToken, "FGS_ENDPOINT="+s.server.URL, "HW_ACCESS_KEY=", "HW_SECRET_KEY=")
	s.provider.Dir = dir // the CLI would start it there; relative paths count from it
	stdout, err := s.provider.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.provider.Start(); err != nil {
		return nil, err
	}
	assignment := regexp.MustCompile(`TF_REATTACH_PROVIDERS='(.*)'`)
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if match := assignment.FindStringSubmatch(lines.Text()); match != nil {
			s.reattach = match[1]
			break
		}
	}
	if s.reattach == "" {
		s.close()
		return nil, fmt.Errorf("the provider printed no TF_REATTACH_PROVIDERS")
	}
	go func() { // keep the pipe empty
		for lines.Scan() {
			continue
		}
	}()
	return s, nil
}

func (s *session) close() {
	_ = s.provider.Process.Kill()
	_ = s.provider.Wait()
	s.server.Close()
}

// write puts a file into the working directory.
func (s *session) write(name, content string) error {
	return os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600)
}

// terraform runs the CLI against the provider that is running.
func (s *session) terraform(args ...string) error {
	command := exec.Command(s.cli, append(args, "-no-color")...)
	command.Dir = s.dir
	command.Env = append(os.Environ(), "TF_REATTACH_PROVIDERS="+s.reattach, "TF_CLI_CONFIG_FILE="+os.DevNull,
		"CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(s.cli), strings.Join(args, " "), err, out)
	}
	return nil
}

// apply applies a configuration and returns how many requests that took.
func (s *session) apply(configuration string) (int, error) {
	if err := s.write("main.tf", header+configuration); err != nil {
		return 0, err
	}
	s.emulator.ResetRequests()
	err := s.terraform("apply", "-auto-approve")
	return len(s.emulator.Requests()), err
}

// refresh plans without a change and returns how many requests that took.
func (s *session) refresh() (int, error) {
	s.emulator.ResetRequests()
	err := s.terraform("plan", "-detailed-exitcode")
	return len(s.emulator.Requests()), err
}

const header = `
terraform {
  required_providers {
    fgs = { source = "registry.terraform.io/functiongraph/fgs" }
  }
}
`

// acceptance times the acceptance tests, without what go test has to build.
func acceptance(_, _, _ string) ([]result, error) {
	test := func(args ...string) error {
		command := exec.Command("go", append([]string{"test", "-count=1", "-run", "^TestAcc"}, args...)...)
		command.Env = append(os.Environ(), "TF_ACC=1", "TF_ACC_TERRAFORM_PATH="+os.Getenv("TF_CLI"),
			"TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
		if out, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("the acceptance suite fails: %w\n%s", err, out)
		}
		return nil
	}
	if err := test("-run", "^$", "./..."); err != nil {
		return nil, err
	}
	began := time.Now()
	err := test("./...")
	return []result{{"acceptance suite", time.Since(began).Round(time.Second).Seconds(), 300, " s"}}, err
}
