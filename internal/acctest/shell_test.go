// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// shell is a working directory in which a real CLI runs the provider's built binary, as users do. The tests of the
// other files run the provider within the test; what is about processes needs two of them.
type shell struct {
	t    *testing.T
	api  *emulator.Server
	dir  acctest.Dir
	env  map[string]string
	path string

	running atomic.Int64 // process id of the CLI that was started last; also that of its group
}

// built is the folder with the provider's binary, built once for all tests of the package.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "fgs-provider-")
	if err != nil {
		return "", err
	}
	builtDir = dir
	const provider = "github.com/functiongraph/terraform-provider-fgs"
	cmd := exec.Command("go", "build", "-tags", "grpcnotrace", "-trimpath", "-ldflags", "-s -w", "-o", dir, provider)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as `make build`, which then has nothing left to compile
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return dir, nil
})

var builtDir string // once built has run

// TestMain collects garbage less often, since the matrices make little else, and removes the binary after all tests.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	code := m.Run()
	if builtDir != "" {
		_ = os.RemoveAll(builtDir) // what is left is in the system's temporary folder
	}
	os.Exit(code)
}

// newShell starts an emulator; the CLI's environment holds its address and credentials.
func newShell(t *testing.T, options emulator.Options) *shell {
	t.Helper()
	if acctest.SecondWorld() {
		options.Switches = acctest.Switches()
	}
	return newShellOf(t, options)
}

// newShellOf is newShell with the same switches in both worlds.
func newShellOf(t *testing.T, options emulator.Options) *shell {
	t.Helper()
	t.Parallel()
	bin, err := built()
	if err != nil {
		t.Fatal(err)
	}
	s := &shell{t: t, api: emulator.New(options), dir: acctest.NewDir(t)}
	server := httptest.NewServer(s.api)
	t.Cleanup(server.Close)
	s.path = s.dir.Path("")
	rc := s.dir.Write("cli.tfrc", []byte(fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"registry.terraform.io/functiongraph/fgs\" = %q\n  }\n  direct "+
			"{}\n}\n", bin)))
	s.env = map[string]string{
		"PATH": os.Getenv("PATH"), "HOME": s.path, "TMPDIR": os.TempDir(), "TF_CLI_CONFIG_FILE": rc,
		"CHECKPOINT_DISABLE": "1",
		"TF_IN_AUTOMATION":   "1", "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_ACCESS_KEY": emulator.DefaultAccessKey, "HW_SECRET_KEY": emulator.DefaultSecretKey, "FGS_ENDPOINT": server.URL,
	}
	for _, setting := range hurried {
		name, value, _ := strings.Cut(setting, "=")
		s.env[name] = value
	}
	return s
}

// config writes the configuration.
func (s *shell) config(parts ...string) {
	s.t.Helper()
	s.dir.Write("main.tf", []byte(requiredProviders+strings.Join(parts, "\n")))
}

// orders is a function with the code of a file and the attributes given.
func orders(path, attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = %q }
  %s
}
`, path, attributes)
}

const version1 = `
resource "fgs_function_version" "this" {
  function_urn = fgs_function.orders.urn
  version      = "v1"
  digest       = fgs_function.orders.digest
}
`

// process is a CLI that runs, in a process group of its own.
type process struct {
	*exec.Cmd
	out  *bytes.Buffer
	done chan error
}

func (s *shell) start(args ...string) *process {
	s.t.Helper()
	p := &process{Cmd: exec.Command(findCLI(s.t), args...), out: &bytes.Buffer{}, done: make(chan error, 1)}
	p.Dir, p.Stdout, p.Stderr = s.path, p.out, p.out
	ownGroup(p.Cmd)
	for name, value := range s.env {
		p.Env = append(p.Env, name+"="+value)
	}
	if err := p.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.running.Store(int64(p.Process.Pid))
	go func() { p.done <- p.Wait() }()
	return p
}

// end waits for the process and returns its output and exit status; a process that hangs is killed.
func (p *process) end(t *testing.T) (string, int) {
	t.Helper()
	hangs := time.AfterFunc(2*time.Minute, func() { p.signal(t, syscall.SIGKILL) })
	err := <-p.done
	if !hangs.Stop() {
		t.Errorf("the CLI hung: %s", p.out)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return p.out.String(), p.ProcessState.ExitCode()
}

// signal goes to the CLI and its providers, as Ctrl-C in a terminal does.
func (p *process) signal(t *testing.T, sig syscall.Signal) {
	t.Helper()
	if err := signalGroup(p.Cmd, sig); err != nil {
		t.Error(err)
	}
}

// run runs the CLI and demands its exit status.
func (s *shell) run(status int, args ...string) string {
	s.t.Helper()
	out, got := s.start(args...).end(s.t)
	if got != status {
		s.t.Fatalf("%s: exit status %d, want %d\n%s", strings.Join(args, " "), got, status, out)
	}
	return out
}

func (s *shell) apply() string {
	s.t.Helper()
	return s.run(0, "apply", "-auto-approve", "-no-color", "-input=false")
}

func (s *shell) applyFails() string {
	s.t.Helper()
	return s.run(1, "apply", "-auto-approve", "-no-color", "-input=false")
}

// planned demands that the next plan is empty.
func (s *shell) planned() {
	s.t.Helper()
	s.run(0, "plan", "-detailed-exitcode", "-no-color", "-input=false")
}

// stateHas says whether the state file names a text.
func (s *shell) stateHas(text string) bool {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.path, "terraform.tfstate"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		s.t.Fatal(err)
	}
	return bytes.Contains(content, []byte(text))
}

// there says whether the service has the function, or its version when a name is given.
func (s *shell) there(version string) bool {
	f, ok := s.api.Function("default", "orders")
	if ok && version != "" {
		_, ok = f.Version(version)
	}
	return ok
}

// importBlock cuts the block out of what the CLI printed, as a reader does with the mouse.
func (s *shell) importBlock(out string) string {
	s.t.Helper()
	var block []string
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "│"))
		if len(block) > 0 || line == "import {" {
			block = append(block, line)
		}
		if len(block) > 0 && line == "}" {
			return strings.Join(block, "\n") + "\n"
		}
	}
	s.t.Fatalf("no import block: %s", out)
	return ""
}
