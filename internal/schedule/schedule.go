// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package schedule has the rules for the time tables of the service: of timers, and of what keeps instances ready.
package schedule

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// Cron accepts a time table in fields, or @every and a duration (contract 3.21.3).
func Cron() validator.String { return rule{cronFault} }

// Rate accepts a number and its unit (contract 3.21.3).
func Rate() validator.String { return rule{rateFault} }

// rule is one of them. The function says what is wrong, "" for nothing.
type rule struct{ fault func(string) string }

// Description implements validator.String.
func (rule) Description(context.Context) string { return "must be a schedule of the service" }

// MarkdownDescription implements validator.String.
func (v rule) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v rule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	given := req.ConfigValue.ValueString()
	if fault := v.fault(given); fault != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Schedule", fmt.Sprintf("%q is no schedule: %s.", given, fault))
	}
}

var rateForm = regexp.MustCompile(`^([0-9]{1,4})([mhd])$`)

var rateBounds = map[string]int{"m": 60, "h": 24, "d": 30}

func rateFault(text string) string {
	parts := rateForm.FindStringSubmatch(text)
	if parts == nil {
		return "a rate is a number and m, h or d, such as 3m"
	}
	n, _ := strconv.Atoi(parts[1]) // the form has digits only
	if most := rateBounds[parts[2]]; n < 1 || n > most || parts[1][0] == '0' {
		return fmt.Sprintf("with %s the number is 1 to %d", parts[2], most)
	}
	return ""
}

// cronField is a field of the time table: what it is called, its bounds, and names for the numbers from the least on.
type cronField struct {
	name        string
	least, most int
	names       string
	question    bool // "?" is any, too
}

var cronFields = []cronField{
	{"seconds", 0, 59, "", false}, {"minutes", 0, 59, "", false}, {"hours", 0, 23, "", false},
	{"day of the month", 1, 31, "", true},
	{"month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec", false},
	{"day of the week", 0, 6, "sun mon tue wed thu fri sat", true},
}

var (
	everyForm = regexp.MustCompile(`^([0-9]+(\.[0-9]*)?(ns|us|ms|s|m|h))+$`)
	zoneForm  = regexp.MustCompile(`^[A-Za-z0-9_+/-]+$`)
)

func cronFault(text string) string {
	if duration, ok := strings.CutPrefix(text, "@every "); ok {
		if d, err := time.ParseDuration(duration); err != nil || d <= 0 || !everyForm.MatchString(duration) {
			return "behind @every stands a duration such as 1h30m"
		}
		return ""
	}
	fields := strings.Fields(text)
	if len(fields) > 0 && strings.HasPrefix(fields[0], "CRON_TZ=") {
		zone := strings.TrimPrefix(fields[0], "CRON_TZ=")
		fields = fields[1:]
		switch {
		case !zoneForm.MatchString(zone):
			return "behind CRON_TZ= stands the name of a zone such as Europe/Berlin"
		case len(fields) > 0 && fields[0] == "@every":
			return "@every has no zone: leave CRON_TZ out"
		}
	}
	if len(fields) != len(cronFields) && len(fields) != len(cronFields)-1 {
		return fmt.Sprintf("it has %s, not seconds, minutes, hours, day of the month, month and, if wanted, day of "+
			"the week", diagnose.Count(len(fields), "field"))
	}
	for i, field := range fields {
		if !cronFields[i].takes(field) {
			return fmt.Sprintf("the %s cannot be %q", cronFields[i].name, field)
		}
	}
	return ""
}

func (c cronField) takes(text string) bool {
	for item := range strings.SplitSeq(text, ",") {
		item, step, stepped := strings.Cut(item, "/")
		if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1) {
			return false
		}
		if item == "*" || item == "?" && c.question {
			continue
		}
		from, to, isRange := strings.Cut(item, "-")
		first, last := c.number(from), c.number(to)
		if first < 0 || isRange && last < first {
			return false
		}
	}
	return true
}

// number is that of a number or a name; -1 for neither.
func (c cronField) number(text string) int {
	if i := slices.Index(strings.Fields(c.names), strings.ToLower(text)); i >= 0 {
		return c.least + i
	}
	n, err := strconv.Atoi(text)
	if err != nil || text[0] == '+' || n < c.least || n > c.most {
		return -1
	}
	return n
}
