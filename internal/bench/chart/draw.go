// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

const (
	width, height = 16 * vg.Centimeter, 9 * vg.Centimeter
	inline        = "inline"    // only these functions come in several numbers
	alone         = "CLI alone" // makes no calls: its numbers without latency hold for all
)

// draw gives the charts by file name, as SVG: one for each command and latency. The same lines give the same bytes.
func draw(all []line) (map[string][]byte, error) {
	charts := map[string][]byte{}
	for _, l := range all {
		name := fmt.Sprintf("%s-%dms.svg", l.Command, l.LatencyMS)
		if l.Code != inline || charts[name] != nil {
			continue
		}
		svg, err := drawOne(all, l.Command, l.LatencyMS)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		charts[name] = svg
	}
	return charts, nil
}

// drawOne draws the time of every provider as a line, and its processor time as a dashed one of the same colour.
func drawOne(all []line, command string, latencyMS int) ([]byte, error) {
	p := plot.New()
	sans := font.Font{Typeface: "Liberation", Variant: "Sans", Size: 10}
	for _, f := range []*font.Font{&p.Title.TextStyle.Font, &p.X.Label.TextStyle.Font, &p.Y.Label.TextStyle.Font,
		&p.X.Tick.Label.Font, &p.Y.Tick.Label.Font, &p.Legend.TextStyle.Font} {
		*f = sans
	}
	p.Title.Text = fmt.Sprintf("%s, %d ms a call", command, latencyMS)
	p.X.Label.Text, p.Y.Label.Text = "functions", "seconds"
	p.X.Min, p.Y.Min = 0, 0
	p.Legend.Top, p.Legend.Left, p.Legend.Padding = true, true, vg.Points(2)
	p.Title.Padding = vg.Points(6)
	p.X.Tick.Marker = hundreds(all)
	p.Add(plotter.NewGrid())
	for i, name := range providers(all) {
		own := pick(all, name, command, latencyMS)
		if err := add(p, i, name, own, false, func(l line) float64 { return l.Wall }); err != nil {
			return nil, err
		}
		if name == alone {
			continue
		}
		if err := add(p, i, name+": the provider's CPU", own, true, func(l line) float64 { return l.CPU }); err != nil {
			return nil, err
		}
	}
	p.X.Max *= 1.03 // the last number stands in the middle below its tick
	writer, err := p.WriterTo(width, height, "svg")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = writer.WriteTo(&out)
	return out.Bytes(), err
}

// hundreds marks the numbers of functions: about five of them, as whole hundreds.
func hundreds(all []line) plot.ConstantTicks {
	most := 0
	for _, l := range all {
		most = max(most, l.Functions)
	}
	step := 100 * max((most+499)/500, 1)
	ticks := plot.ConstantTicks{}
	for n := 0; n <= most; n += step {
		ticks = append(ticks, plot.Tick{Value: float64(n), Label: strconv.Itoa(n)})
	}
	return ticks
}

// providers names them in the order of the report.
func providers(all []line) (names []string) {
	for _, l := range all {
		if !slices.Contains(names, l.Provider) {
			names = append(names, l.Provider)
		}
	}
	return names
}

// pick gives the points of one line of a chart, from left to right.
func pick(all []line, provider, command string, latencyMS int) (own []line) {
	if provider == alone {
		latencyMS = 0
	}
	for _, l := range all {
		if l.Provider == provider && l.Code == inline && l.Command == command && l.LatencyMS == latencyMS {
			own = append(own, l)
		}
	}
	slices.SortFunc(own, func(a, b line) int { return cmp.Compare(a.Functions, b.Functions) })
	return own
}

// add puts a line with its points and its name into a chart.
func add(p *plot.Plot, colour int, name string, own []line, dashed bool, seconds func(line) float64) error {
	if len(own) == 0 {
		return nil
	}
	var points plotter.XYs
	for _, l := range own {
		points = append(points, plotter.XY{X: float64(l.Functions), Y: seconds(l)})
	}
	path, marks, err := plotter.NewLinePoints(points)
	if err != nil {
		return err
	}
	path.Color, marks.Color = plotutil.Color(colour), plotutil.Color(colour)
	marks.Radius = vg.Points(2)
	if dashed {
		path.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
	}
	p.Add(path, marks)
	p.Legend.Add(name, path)
	return nil
}
