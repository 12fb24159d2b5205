// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The schedule of a TIMER trigger (contract 3.21.3, "TIMER schedule texts").
var (
	rate     = regexp.MustCompile(`^([1-9][0-9]?)([mhd])$`)
	every    = regexp.MustCompile(`^([0-9]+(\.[0-9]*)?(ns|us|ms|s|m|h))+$`)
	zoneName = regexp.MustCompile(`^[A-Za-z0-9_+/-]+$`) // whether there is such a zone is not looked at
)

// maxRate is the largest number with each unit.
var maxRate = map[string]int{"m": 60, "h": 24, "d": 30}

func checkSchedule(data map[string]any) *Error {
	text, isGood := textOf(data, "schedule"), isCron
	if textOf(data, "schedule_type") == "Rate" {
		isGood = isRate
	}
	if !isGood(text) {
		return badRequest("FSS.1109", "The schedule %q is invalid", text)
	}
	return nil
}

func isRate(text string) bool {
	parts := rate.FindStringSubmatch(text)
	if parts == nil {
		return false
	}
	n, err := strconv.Atoi(parts[1])
	return err == nil && n <= maxRate[parts[2]]
}

// cronField is one field of a cron expression.
type cronField struct {
	least, most int
	names       []string // of the numbers from least on, in small letters
	question    bool     // `?` means any
}

// cronFields in their order; the last may be missing.
var cronFields = []cronField{
	{least: 0, most: 59}, {least: 0, most: 59}, {least: 0, most: 23}, {least: 1, most: 31, question: true},
	{least: 1, most: 12, names: strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")},
	{least: 0, most: 6, names: strings.Fields("sun mon tue wed thu fri sat"), question: true},
}

func isCron(text string) bool {
	if duration, ok := strings.CutPrefix(text, "@every "); ok {
		d, err := time.ParseDuration(duration)
		return every.MatchString(duration) && err == nil && d > 0
	}
	fields := strings.Fields(text)
	if len(fields) > 0 {
		if zone, ok := strings.CutPrefix(fields[0], "CRON_TZ="); ok {
			if fields = fields[1:]; !zoneName.MatchString(zone) {
				return false
			}
		}
	}
	if len(fields) != len(cronFields) && len(fields) != len(cronFields)-1 {
		return false
	}
	for i, field := range fields {
		if !cronFields[i].takes(field) {
			return false
		}
	}
	return true
}

// takes says whether a text is a list of numbers, ranges and steps of the field.
func (c *cronField) takes(text string) bool {
	for _, item := range strings.Split(text, ",") {
		item, step, stepped := strings.Cut(item, "/")
		if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1) {
			return false
		}
		if item == "*" || item == "?" && c.question {
			continue
		}
		from, to, isRange := strings.Cut(item, "-")
		first, ok := c.number(from)
		last, okLast := c.number(to)
		if !ok || isRange && (!okLast || last < first) {
			return false
		}
	}
	return true
}

func (c *cronField) number(text string) (int, bool) {
	if i := slices.Index(c.names, strings.ToLower(text)); i >= 0 {
		return c.least + i, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && text[0] != '+' && text[0] != '-' && n >= c.least && n <= c.most
}
