// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest runs acceptance tests: a real CLI, the provider, and one emulator per test.
package acctest

import (
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// worldVariable chooses the emulator's switches: unset for the defaults, "second" for all other poles.
const worldVariable = "FGS_EMULATOR_WORLD"

// Env is an emulator, and a provider that is configured for it by its environment: configurations of tests need no
// provider block.
type Env struct {
	Emulator  *emulator.Server
	URL       string
	Factories map[string]func() (tfprotov6.ProviderServer, error)

	environment map[string]string
}

// Option changes an Env before it starts.
type Option func(*settings)

type settings struct {
	emulator    emulator.Options
	environment map[string]string
	client      func(*functiongraph.Config)
}

// WithSwitches changes switches, on top of those of the world that the suite runs in.
func WithSwitches(change func(*emulator.Switches)) Option {
	return func(s *settings) { change(&s.emulator.Switches) }
}

// WithVariable sets a variable of the provider's environment; an empty value unsets it.
func WithVariable(name, value string) Option {
	return func(s *settings) { s.environment[name] = value }
}

// WithClient changes the client's configuration, for example its transport.
func WithClient(tune func(*functiongraph.Config)) Option {
	return func(s *settings) { s.client = tune }
}

// SecondWorld says whether the suite runs with every switch at its other pole.
func SecondWorld() bool {
	return os.Getenv(worldVariable) == "second"
}

// Switches are those of the world that the suite runs in. Tags can be read in both: a region where they cannot has
// tests of its own, since there nobody sees whether a tag was written, and each import warns.
func Switches() (s emulator.Switches) {
	if SecondWorld() {
		s = emulator.SecondWorld()
		s.NoGetTags = false
	}
	return s
}

// New starts an emulator and registers its end. When the test ends, no request may have been without a route.
func New(t testing.TB, options ...Option) *Env {
	t.Helper()
	s := settings{environment: map[string]string{}}
	s.emulator.Switches = Switches()
	for _, option := range options {
		option(&s)
	}
	// The clock is a real one here: reads are late, but not for as long as the service's.
	s.emulator.Switches.TriggerDelay = min(s.emulator.Switches.TriggerDelay, 300*time.Millisecond)
	api := emulator.New(s.emulator)
	server := httptest.NewServer(api)
	t.Cleanup(func() {
		server.Close()
		for _, request := range api.Unhandled() {
			t.Errorf("the emulator has no route for %s %s", request.Method, request.Path)
		}
	})
	e := &Env{Emulator: api, URL: server.URL, environment: environment(server.URL)}
	for name, value := range s.environment {
		e.environment[name] = value
	}
	e.Factories = map[string]func() (tfprotov6.ProviderServer, error){"fgs": func() (tfprotov6.ProviderServer, error) {
		return provider.NewServer(t.Context(), "test",
			provider.WithEnvironment(func(name string) string { return e.environment[name] }),
			provider.WithClient(func(c *functiongraph.Config) {
				c.RetryWait = 10 * time.Millisecond // waits are the client's tests' business
				c.QuietWait = time.Second
				if s.client != nil {
					s.client(c)
				}
			})), nil
	}}
	return e
}

// Set sets variables of the environment of providers that are started afterwards.
func (e *Env) Set(variables map[string]string) {
	maps.Copy(e.environment, variables)
}

// environment configures a provider for an emulator with default credentials.
func environment(url string) map[string]string {
	return map[string]string{
		"HW_REGION_NAME": emulator.DefaultRegion,
		"HW_ACCESS_KEY":  emulator.DefaultAccessKey,
		"HW_SECRET_KEY":  emulator.DefaultSecretKey,
		"HW_PROJECT_ID":  emulator.DefaultProjectID,
		"FGS_ENDPOINT":   url,

		"FGS_METADATA_ENDPOINT": "http://127.0.0.1:1", // nobody's: the machine that the tests run on may be an ECS
	}
}

// CheckDestroy fails if a function is left at the service, or a fault that a test injected never happened. It is
// for resource.TestCase.
func (e *Env) CheckDestroy(*terraform.State) error {
	var problems []error
	for _, f := range e.Emulator.Functions() {
		problems = append(problems, fmt.Errorf("function %s/%s is left", f.Package, f.Name))
	}
	for _, fault := range e.Emulator.PendingFaults() {
		problems = append(problems, fmt.Errorf("fault %v on %s never happened", fault.Kind, fault.Op))
	}
	return errors.Join(problems...)
}

// ExpectWrites compares the calls since the last look that are no reads with what is wanted, in order, and forgets
// them. It is for resource.TestStep's Check.
func (e *Env) ExpectWrites(want ...string) func(*terraform.State) error {
	return func(*terraform.State) error {
		var writes []string
		for _, r := range e.Emulator.Requests() {
			if !strings.HasPrefix(r.Op, "Get") && !strings.HasPrefix(r.Op, "List") {
				writes = append(writes, r.Op)
			}
		}
		e.Emulator.ResetRequests()
		if !slices.Equal(writes, want) {
			return fmt.Errorf("writes were %v, want %v", writes, want)
		}
		return nil
	}
}
