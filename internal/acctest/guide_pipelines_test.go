// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestExamplePipelines takes one function through the three pipelines of the guide "Pipelines", one after the other,
// with one state: each releases a commit of its own. The files say what is run; what a host does (a fresh clone for
// each job, artefacts, variables) is done here as it is documented.
func TestExamplePipelines(t *testing.T) {
	t.Parallel()
	p := newPipelineRepository(t)
	githubPipeline(p)
	gitlabPipeline(p)
	atlantisPipeline(p)
	if n := len(p.released().Versions); n != 3 {
		t.Errorf("%d versions, want one of each pipeline", n)
	}
}

// githubPipeline: a pull request is planned; its merge is planned and applied, with what was planned; the night finds
// what somebody did.
func githubPipeline(p *pipelineRepository) {
	w := p.githubWorkflow()
	request := p.reads("the plan of a pull request", func() *pipelineJob { return w.run("plan", "pull_request", 0) })
	if len(request.artefacts) != 0 || !strings.Contains(request.read("summary"), "fgs_function.orders will be created") {
		p.t.Errorf("a pull request hands over %v, and shows:\n%s", request.artefacts, request.read("summary"))
	}
	planned := p.reads("the plan", func() *pipelineJob { return w.run("plan", "push", 0) })
	if planned.read("output") != "exitcode=2\n" {
		p.t.Errorf("the plan of a release says %q", planned.read("output"))
	}
	w.run("apply", "push", 0, planned)
	p.runs("ordered")
	if again := w.run("plan", "push", 0); again.read("output") != "exitcode=0\n" {
		p.t.Errorf("the plan after it says %q", again.read("output"))
	}

	p.check(p.api.SetCode("default", "orders", "", "", guideCode(p.t, "fixed in the console")))
	night := p.reads("a night with drift", func() *pipelineJob { return w.run("drift", "schedule", 2) })
	for _, said := range []string{"::error title=Drift::", "Code Changed Outside Terraform"} {
		if !strings.Contains(night.out, said) {
			p.t.Errorf("the job does not say %q:\n%s", said, night.out)
		}
	}
}

// gitlabPipeline: another archive than the planned one is refused with nothing sent, the planned one is released.
func gitlabPipeline(p *pipelineRepository) {
	ci := p.gitlabPipeline()
	p.commit("taken")
	planned := p.reads("the plan", func() *pipelineJob { return ci.run("plan", "plan", 0) })

	swapped := &pipelineJob{artefacts: maps.Clone(planned.artefacts)}
	swapped.artefacts["build/orders.zip"] = guideCode(p.t, "built once more, by another compiler")
	refused := p.reads("the apply of another archive", func() *pipelineJob {
		return ci.run("apply", "production", 1, swapped)
	})
	if !strings.Contains(refused.out, "inconsistent final plan") {
		p.t.Errorf("the apply of another archive says:\n%s", refused.out)
	}

	planned = ci.run("plan", "plan", 0) // what failed may have written the state, which makes its plan stale
	ci.run("apply", "production", 0, planned)
	p.runs("taken")
	p.reads("a night without drift", func() *pipelineJob { return ci.run("drift", "plan", 0) })
}

// atlantisPipeline: plan and apply of one pull request, in one folder.
func atlantisPipeline(p *pipelineRepository) {
	a := p.atlantis()
	p.commit("packed")
	job := p.clone()
	p.reads("the plan", func() *pipelineJob { a.run(job, "plan"); return job })
	a.run(job, "apply")
	p.runs("packed")
}

// pipelineRepository is a repository with the files of examples/pipelines at its host.
type pipelineRepository struct {
	*exampleCLI
	api *emulator.Server
	env []string // of each job
}

func newPipelineRepository(t *testing.T) *pipelineRepository {
	t.Helper()
	provider := buildProvider(t)
	env, c := exampleWorld(t, provider)
	p := &pipelineRepository{exampleCLI: c, api: env.Emulator}
	bin := t.TempDir()
	p.check(os.Symlink(c.path, filepath.Join(bin, "terraform")))
	config := filepath.Join(t.TempDir(), "cli.tfrc")
	p.check(os.WriteFile(config, []byte(fmt.Sprintf(
		"provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirrored(t, provider))), 0o600))
	p.env = []string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TMPDIR=" + os.TempDir(),
		"TF_CLI_CONFIG_FILE=" + config, "CHECKPOINT_DISABLE=1", "TF_CLI_ARGS=-no-color",
		"FGS_ENDPOINT=" + env.URL, "HW_PROJECT_ID=" + emulator.DefaultProjectID,
		"AWS_EC2_METADATA_DISABLED=true", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
	}
	p.env = append(p.env, hurried...)

	p.check(os.CopyFS(p.dir, os.DirFS(filepath.Join(examplesRoot, pipelinesFolder))))
	state := exampleFile(t, pipelinesFolder+"state.tf")
	const obs = `{ s3 = "https://obs.cn-north-4.myhuaweicloud.com" }`
	if !bytes.Contains(state, []byte(obs)) {
		t.Fatalf("the state is not at %s", obs)
	}
	address, certificate := newBucket(t)
	p.env = append(p.env, "AWS_CA_BUNDLE="+certificate)
	local := `{ s3 = "` + address + `" }` + "\nuse_path_style = true" // 127.0.0.1 has no subdomains
	p.write("state.tf", bytes.Replace(state, []byte(obs), []byte(local), 1))
	p.shell(p.dir, 0, "git init --quiet --initial-branch=main && terraform init -input=false", stateKeys)
	p.commit("ordered")
	return p
}

// stateKeys opens the bucket, and no function.
var stateKeys = []string{
	"AWS_ACCESS_KEY_ID=" + emulator.DefaultAccessKey, "AWS_SECRET_ACCESS_KEY=" + emulator.DefaultSecretKey,
}

// mirrored is a folder that `terraform init` finds the provider in.
func mirrored(t *testing.T, provider string) string {
	t.Helper()
	mirror := t.TempDir()
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(mirror, registry, "functiongraph", "fgs", "0.1.0", platform)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		binary := filepath.Join(folder, "terraform-provider-fgs_v0.1.0")
		if err := os.Symlink(filepath.Join(provider, "terraform-provider-fgs"), binary); err != nil {
			t.Fatal(err)
		}
	}
	return mirror
}

// commit commits all files, and code that answers so.
func (p *pipelineRepository) commit(answer string) {
	p.t.Helper()
	code := exampleFile(p.t, pipelinesFolder+"functions/orders/index.py")
	p.write("functions/orders/index.py", bytes.Replace(code, []byte("ordered"), []byte(answer), 1))
	const as = "git -c user.name=a -c user.email=a@example.com "
	p.shell(p.dir, 0, "git add --all && "+as+"commit --quiet --message "+answer, nil)
}

// released is the function.
func (p *pipelineRepository) released() emulator.Function {
	p.t.Helper()
	f, ok := p.api.Function("default", "orders")
	if !ok {
		p.t.Fatal("there is no function")
	}
	return f
}

// runs demands that the code of the function and of its newest version answers so.
func (p *pipelineRepository) runs(answer string) {
	p.t.Helper()
	f := p.released()
	archive, err := zip.NewReader(bytes.NewReader(f.Code), int64(len(f.Code)))
	p.check(err)
	file, err := archive.Open("index.py")
	p.check(err)
	code, err := io.ReadAll(file)
	p.check(err)
	newest := f.Versions[len(f.Versions)-1]
	if !bytes.Contains(code, []byte(answer)) || !bytes.Equal(newest.Code, f.Code) {
		p.t.Errorf("the function runs %s; its newest version the same: %t", code, bytes.Equal(newest.Code, f.Code))
	}
}

// reads demands that a job asks and writes nothing.
func (p *pipelineRepository) reads(what string, job func() *pipelineJob) *pipelineJob {
	p.t.Helper()
	p.api.ResetRequests()
	done := job()
	for _, r := range p.api.Requests() {
		if r.Method != "GET" {
			p.t.Errorf("%s sent %s", what, r.Op)
		}
	}
	return done
}

// pipelineJob is one job, in a clone of its own.
type pipelineJob struct {
	dir       string
	out       string            // what it printed
	artefacts map[string][]byte // what it hands over: path → content
}

// clone is what each job begins with.
func (p *pipelineRepository) clone() *pipelineJob {
	p.t.Helper()
	job := &pipelineJob{dir: filepath.Join(p.t.TempDir(), "clone"), artefacts: map[string][]byte{}}
	p.shell(p.dir, 0, "git clone --quiet . "+job.dir, nil)
	return job
}

// read is the content of a file beside the clone that the host gives to a job; empty where there is none.
func (j *pipelineJob) read(name string) string {
	content, _ := os.ReadFile(filepath.Join(filepath.Dir(j.dir), name)) // not written: empty
	return string(content)
}

// keep keeps artefacts: files, or all below a folder.
func (j *pipelineJob) keep(p *pipelineRepository, paths []string) {
	p.t.Helper()
	for _, path := range paths {
		before := len(j.artefacts)
		p.check(filepath.WalkDir(filepath.Join(j.dir, path), func(name string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			relative, err := filepath.Rel(j.dir, name)
			if err != nil {
				return err
			}
			j.artefacts[relative], err = os.ReadFile(name)
			return err
		}))
		if len(j.artefacts) == before {
			p.t.Fatalf("there is no artefact %s", path)
		}
	}
}

// take puts artefacts of other jobs into the clone.
func (j *pipelineJob) take(p *pipelineRepository, others []*pipelineJob) {
	p.t.Helper()
	for _, other := range others {
		for name, content := range other.artefacts {
			path := filepath.Join(j.dir, name)
			p.check(os.MkdirAll(filepath.Dir(path), 0o755))
			p.check(os.WriteFile(path, content, 0o600))
		}
	}
}

// shell runs a script, which has to end with the status. It is in a folder, with no variables but those of the host and
// these.
func (p *pipelineRepository) shell(dir string, status int, script string, env []string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-e", "-c", script)
	cmd.Dir, cmd.Env = dir, slices.Concat(p.env, env)
	ownGroup(cmd)
	cmd.Cancel = func() error { return signalGroup(cmd, syscall.SIGKILL) }
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		p.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		p.t.Fatalf("exit status %d, want %d:\n%s\n%s", got, status, script, out)
	}
	return string(out)
}

// secret is a value that the host keeps.
func (p *pipelineRepository) secret(name string) string {
	p.t.Helper()
	switch {
	case strings.HasSuffix(name, "_ACCESS_KEY"):
		return emulator.DefaultAccessKey
	case strings.HasSuffix(name, "_SECRET_KEY"):
		return emulator.DefaultSecretKey
	}
	p.t.Fatalf("nobody keeps a secret %s", name)
	return ""
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// filled replaces the secrets in values.
func (p *pipelineRepository) filled(values map[string]string) (env []string) {
	p.t.Helper()
	for name, value := range values {
		value = expression.ReplaceAllStringFunc(value, func(e string) string {
			secret, ok := strings.CutPrefix(expression.FindStringSubmatch(e)[1], "secrets.")
			if !ok {
				p.t.Fatalf("the value %s is not known here", e)
			}
			return p.secret(secret)
		})
		env = append(env, name+"="+value)
	}
	return env
}
