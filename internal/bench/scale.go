// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

const (
	zips        = 100 // functions whose code is an archive
	tagged      = 100 // functions whose tags are managed
	ratioSize   = 300 // functions over which the provider's processor time is compared with the CLI's
	fewPeak     = 20  // functions: the peak must be about that of manyPeak
	manyPeak    = 500
	zipSize     = 200 << 10
	latency     = 50 * time.Millisecond
	inlineCode  = "inline"
	zipCode     = "zip"
	taggedCode  = "inline, tags"
	applyStep   = "apply"
	planStep    = "plan"
	destroyStep = "destroy"
	ownName     = "fgs"
	floorName   = "CLI alone"
)

// scaleOptions say how much is measured.
type scaleOptions struct {
	sizes   []int
	runs    int      // of which the median counts
	against *subject // another provider, measured beside this one; may be nil
}

// line is one row of the report: what one command took, the median of several runs.
type line struct {
	Subject   string `json:"provider"`
	Code      string `json:"code"`
	Functions int    `json:"functions"`
	LatencyMS int64  `json:"latency_ms"`
	Command   string `json:"command"`
	cost
	StateBytes float64 `json:"state_bytes_per_function"` // after the command; of a plan, the same
}

// scaleReport is everything that one run of the part "scale" measured.
type scaleReport struct {
	CLI     string `json:"cli"`
	Machine string `json:"machine"`
	Runs    int    `json:"runs"`
	Lines   []line `json:"lines"`
}

// job is a life that is measured for some subjects, in turns, so that what else the machine does hits them alike.
type job struct {
	code     string
	count    int
	delay    time.Duration
	subjects []subject
	steps    []string // apply, and what follows
	runs     int
}

var wholeLife = []string{applyStep, planStep, destroyStep}

// scale measures what hundreds of functions cost.
func scale(cli, binary, dir string, o scaleOptions) (scaleReport, error) {
	own, err := ownProfile("fgs")
	if err != nil {
		return scaleReport{}, err
	}
	floor, err := ownProfile("cli")
	if err != nil {
		return scaleReport{}, err
	}
	archive := filepath.Join(dir, "scale.zip")
	if err := writeZip(archive, zipSize); err != nil {
		return scaleReport{}, err
	}
	machine := fmt.Sprintf("%d cores, %s/%s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	report := scaleReport{Machine: machine, Runs: o.runs}
	if report.CLI, err = cliVersion(cli); err != nil {
		return scaleReport{}, err
	}
	for _, j := range jobs(o, subject{own, binary}, subject{floor, ""}) {
		began := time.Now()
		lines, err := j.measure(cli, dir, archive)
		if err != nil {
			return scaleReport{}, err
		}
		log.Printf("scale: %d functions (%s), %v a call: %.0f s", j.count, j.code, j.delay, time.Since(began).Seconds())
		report.Lines = append(report.Lines, lines...)
	}
	return report, nil
}

// jobs are all lives to measure. The CLI alone makes no calls, so their delay does not matter to it.
func jobs(o scaleOptions, own, floor subject) []job {
	providers := []subject{own}
	if o.against != nil {
		providers = append(providers, *o.against)
	}
	with := slices.Concat(providers, []subject{floor})
	var all []job
	for _, size := range o.sizes {
		all = append(all,
			job{inlineCode, size, 0, with, wholeLife, o.runs},
			job{inlineCode, size, latency, providers, wholeLife, o.runs})
	}
	zipped := slices.DeleteFunc(slices.Clone(providers), func(s subject) bool { return s.Zip == "" })
	all = append(all,
		job{zipCode, zips, 0, zipped, wholeLife, o.runs},
		job{zipCode, zips, latency, zipped, wholeLife, o.runs})
	if !slices.Contains(o.sizes, ratioSize) {
		all = append(all, job{inlineCode, ratioSize, 0, providers, []string{applyStep, planStep}, o.runs})
	}
	if !slices.Contains(o.sizes, fewPeak) {
		all = append(all, job{inlineCode, fewPeak, 0, []subject{own}, wholeLife, o.runs})
	}
	return append(all, job{taggedCode, tagged, 0, []subject{own}, []string{applyStep, planStep}, 1}) // only counted
}

// measure runs the job's lives and gives a line for each subject and step.
func (j job) measure(cli, dir, archive string) ([]line, error) {
	runs := make([][]line, len(j.subjects)*len(j.steps))
	for range j.runs {
		for i, s := range j.subjects {
			lines, err := j.once(cli, dir, archive, s)
			if err != nil {
				return nil, err
			}
			for k, l := range lines {
				runs[i*len(j.steps)+k] = append(runs[i*len(j.steps)+k], l)
			}
		}
	}
	var lines []line
	for _, same := range runs {
		lines = append(lines, medianLine(same))
	}
	return lines, nil
}

// once lives one life of one subject.
func (j job) once(cli, dir, archive string, s subject) ([]line, error) {
	l, err := newLife(cli, dir, s, j.count, archive, j.delay)
	if err != nil {
		return nil, err
	}
	defer l.close()
	if err := l.write(map[string]string{inlineCode: s.Inline, zipCode: s.Zip, taggedCode: s.Tagged}[j.code]); err != nil {
		return nil, err
	}
	commands := map[string]func() (cost, error){applyStep: l.apply, planStep: l.plan, destroyStep: l.destroy}
	var lines []line
	for _, step := range j.steps {
		took, err := commands[step]()
		if err != nil {
			return nil, err
		}
		size, err := l.stateSize()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line{s.Name, j.code, j.count, j.delay.Milliseconds(), step, took,
			float64(size) / float64(j.count)})
	}
	return lines, nil
}

// round rounds to parts of one. Digits that tell nothing would be in every difference between two reports.
func round(number, parts float64) float64 { return math.Round(number*parts) / parts }

// medianLine is the median of each number of several runs of the same.
func medianLine(runs []line) line {
	of := func(number func(line) float64) float64 {
		var numbers []float64
		for _, run := range runs {
			numbers = append(numbers, number(run))
		}
		return median(numbers)
	}
	middle := runs[0]
	middle.Wall = round(of(func(l line) float64 { return l.Wall }), 1000)
	middle.Provider = round(of(func(l line) float64 { return l.Provider }), 1000)
	middle.CLI = round(of(func(l line) float64 { return l.CLI }), 1000)
	middle.Peak = round(of(func(l line) float64 { return l.Peak }), 10)
	middle.Requests = of(func(l line) float64 { return l.Requests })
	middle.StateBytes = round(of(func(l line) float64 { return l.StateBytes }), 1)
	return middle
}

// median of at least one number. Of an even number of them it is the mean of the two in the middle.
func median(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// cliVersion is the first line of what the CLI says of itself.
func cliVersion(cli string) (string, error) {
	command := exec.Command(cli, "version")
	command.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s version: %w", cli, err)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first, nil
}
