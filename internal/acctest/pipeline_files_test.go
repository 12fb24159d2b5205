// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// githubWorkflow is what is read of a workflow.
type githubWorkflow struct {
	p    *pipelineRepository
	Env  map[string]string
	Jobs map[string]struct {
		If, Environment string
		Env             map[string]string
		Outputs         map[string]string
		Steps           []struct {
			If, Uses, Run string
			With          map[string]string
		}
	}
}

func (p *pipelineRepository) githubWorkflow() *githubWorkflow {
	p.t.Helper()
	w := &githubWorkflow{p: p}
	p.check(yaml.Unmarshal(exampleFile(p.t, pipelinesFolder+".github/workflows/terraform.yml"), w))
	return w
}

// conditions are those that the workflow has, and for which event they hold.
var conditions = map[string][]string{
	"":                                {"pull_request", "push", "schedule"},
	"failure()":                       nil, // of a host
	"github.event_name != 'schedule'": {"pull_request", "push"},
	"github.event_name == 'push'":     {"push"},
	"github.event_name == 'schedule'": {"schedule"},
	"github.event_name == 'push' && needs.plan.outputs.exitcode == '2'": {"push"},
}

func (w *githubWorkflow) holds(condition, event string) bool {
	w.p.t.Helper()
	events, known := conditions[condition]
	if !known {
		w.p.t.Fatalf("the condition %q is not known here", condition)
	}
	return slices.Contains(events, event)
}

// run runs a job for an event. Its last command has to end with the status, all others with 0.
func (w *githubWorkflow) run(name, event string, status int, needs ...*pipelineJob) *pipelineJob {
	w.p.t.Helper()
	spec, ok := w.Jobs[name]
	if !ok || !w.holds(spec.If, event) || spec.Environment == "" {
		w.p.t.Fatalf("there is no job %s for %s, in an environment", name, event)
	}
	job := w.p.clone()
	env := slices.Concat(w.p.filled(w.Env), w.p.filled(spec.Env), []string{
		"GITHUB_OUTPUT=" + filepath.Join(job.dir, "..", "output"),
		"GITHUB_STEP_SUMMARY=" + filepath.Join(job.dir, "..", "summary"),
	})
	last := 0 // that runs a command
	for i, step := range spec.Steps {
		if step.Run != "" {
			last = i
		}
	}
	for i, step := range spec.Steps {
		action, _, _ := strings.Cut(step.Uses, "@")
		switch {
		case !w.holds(step.If, event):
		case step.Run != "":
			want := 0
			if i == last {
				want = status
			}
			job.out += w.p.shell(job.dir, want, step.Run, env)
		case action == "actions/upload-artifact":
			job.keep(w.p, strings.Fields(step.With["path"]))
		case action == "actions/download-artifact":
			job.take(w.p, needs)
		case action == "hashicorp/setup-terraform" && step.With["terraform_wrapper"] != "false":
			w.p.t.Errorf("the wrapper of the CLI in job %s makes 0 of exit code 2", name)
		case action != "actions/checkout" && action != "hashicorp/setup-terraform":
			w.p.t.Fatalf("the action %s is not known here", action)
		}
	}
	return job
}

// gitlabFile is what is read of a .gitlab-ci.yml.
type gitlabFile struct {
	p         *pipelineRepository
	Variables map[string]string
	Default   struct {
		BeforeScript []string `yaml:"before_script"`
	}
	Plan, Apply, Drift gitlabJob
}

type gitlabJob struct {
	Needs       []string
	Environment struct{ Name string }
	Resource    string `yaml:"resource_group"`
	Script      []string
	Artifacts   struct {
		When  string
		Paths []string
	}
}

func (p *pipelineRepository) gitlabPipeline() *gitlabFile {
	p.t.Helper()
	ci := &gitlabFile{p: p}
	p.check(yaml.Unmarshal(exampleFile(p.t, pipelinesFolder+".gitlab-ci.yml"), ci))
	return ci
}

// run runs a job, which is for the environment; its script has to end with the status.
func (ci *gitlabFile) run(name, environment string, status int, needs ...*pipelineJob) *pipelineJob {
	ci.p.t.Helper()
	spec := map[string]gitlabJob{"plan": ci.Plan, "apply": ci.Apply, "drift": ci.Drift}[name]
	alone := spec.Resource != ""
	if spec.Environment.Name != environment || len(spec.Needs) != len(needs) || (name == "apply") != alone {
		ci.p.t.Fatalf("the job %s is %+v", name, spec)
	}
	job := ci.p.clone()
	job.take(ci.p, needs)
	env := slices.Concat(ci.p.filled(ci.Variables), stateKeys, []string{
		"HW_ACCESS_KEY=" + emulator.DefaultAccessKey, "HW_SECRET_KEY=" + emulator.DefaultSecretKey,
	})
	job.out = ci.p.shell(job.dir, status, strings.Join(slices.Concat(ci.Default.BeforeScript, spec.Script), "\n"), env)
	if spec.Artifacts.When == "" { // else it is for a failure of the host
		job.keep(ci.p, spec.Artifacts.Paths)
	}
	return job
}

// atlantisFile is what is read of an atlantis.yaml. A step is a name, or a name with a value.
type atlantisFile struct {
	p         *pipelineRepository
	Projects  []struct{ Workflow string }
	Workflows map[string]map[string]struct{ Steps []any }
}

func (p *pipelineRepository) atlantis() *atlantisFile {
	p.t.Helper()
	a := &atlantisFile{p: p}
	p.check(yaml.Unmarshal(exampleFile(p.t, pipelinesFolder+"atlantis.yaml"), a))
	return a
}

// builtIn are the steps that Atlantis knows, and what it runs for them.
var builtIn = map[string]string{
	"init":  "terraform init -input=false ",
	"plan":  `terraform plan -input=false -refresh -out "$PLANFILE" `,
	"apply": `terraform apply -input=false "$PLANFILE" `,
}

// run runs the steps of a stage, plan or apply, with the server's keys for this stage.
func (a *atlantisFile) run(job *pipelineJob, stage string) {
	a.p.t.Helper()
	steps := a.Workflows[a.Projects[0].Workflow][stage].Steps
	if len(steps) == 0 {
		a.p.t.Fatalf("there are no steps for %s", stage)
	}
	prefix := strings.ToUpper(stage)
	server := []string{"HW_REGION_NAME=" + emulator.DefaultRegion,
		"AWS_REQUEST_CHECKSUM_CALCULATION=when_required", "AWS_RESPONSE_CHECKSUM_VALIDATION=when_required",
		"PLANFILE=" + filepath.Join(job.dir, "functions-default.tfplan"),
		prefix + "_ACCESS_KEY=" + emulator.DefaultAccessKey, prefix + "_SECRET_KEY=" + emulator.DefaultSecretKey}
	for _, step := range steps {
		for name, value := range asMap(step) {
			switch options, _ := value.(map[string]any); {
			case name == "run":
				job.out += a.p.shell(job.dir, 0, value.(string), server)
			case name == "env":
				set := a.p.shell(job.dir, 0, options["command"].(string), server)
				server = append(server, options["name"].(string)+"="+strings.TrimSpace(set))
			case builtIn[name] != "":
				job.out += a.p.shell(job.dir, 0, atlantisCommand(name, options), server)
			default:
				a.p.t.Fatalf("the step %s is not known here", name)
			}
		}
	}
}

// atlantisCommand puts the extra arguments before the plan's file, where Atlantis puts them, too.
func atlantisCommand(name string, options map[string]any) string {
	command := strings.TrimSpace(builtIn[name])
	extra, _ := options["extra_args"].([]any)
	for _, argument := range extra {
		subcommand := "terraform " + name
		command = strings.Replace(command, subcommand, subcommand+" "+argument.(string), 1)
	}
	return command
}

func asMap(step any) map[string]any {
	if name, ok := step.(string); ok {
		return map[string]any{name: nil}
	}
	m, _ := step.(map[string]any)
	return maps.Clone(m)
}
