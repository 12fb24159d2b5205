// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// screen prints the story. Colours are for terminals only.
type screen struct {
	out     io.Writer
	colours bool
}

const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// newScreen writes to f, with colours if it is a terminal that has them (NO_COLOR and TERM=dumb say it has not).
func newScreen(f *os.File) *screen {
	info, err := f.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	return &screen{f, terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func (s *screen) paint(colour, text string) string {
	if !s.colours || colour == "" || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// title begins a step.
func (s *screen) title(text string) {
	fmt.Fprintln(s.out, "\n"+s.paint(bold, text))
}

// say explains, one line each.
func (s *screen) say(lines ...string) {
	for _, line := range lines {
		fmt.Fprintln(s.out, strings.TrimRight("   "+line, " "))
	}
}

// command shows what is run.
func (s *screen) command(text string) {
	fmt.Fprintln(s.out, "\n   "+s.paint(bold, "$ "+text))
}

// show quotes what a file holds or a program says.
func (s *screen) show(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		fmt.Fprintln(s.out, strings.TrimRight("   "+s.paint(faint, "|")+" "+s.paint(colourOf(line), line), " "))
	}
}

// good says what was checked and is as it should be.
func (s *screen) good(text string) {
	fmt.Fprintln(s.out, "   "+s.paint(green, "ok  "+text))
}

// colourOf follows Terraform's own colours: its output is not a terminal here, so it uses none.
func colourOf(line string) string {
	trimmed := strings.TrimLeft(line, " │")
	switch {
	case strings.HasPrefix(trimmed, "Error:"), strings.HasPrefix(trimmed, "- "):
		return red
	case strings.HasPrefix(trimmed, "Warning:"), strings.HasPrefix(trimmed, "~ "):
		return yellow
	case strings.HasPrefix(trimmed, "+ "):
		return green
	case strings.HasPrefix(trimmed, "-/+ "), strings.HasPrefix(trimmed, "Plan:"), strings.HasPrefix(trimmed, "# "):
		return bold
	}
	return ""
}
