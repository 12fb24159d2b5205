// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"strings"
	"time"
)

// offsets are the hours by which the wall clocks of regions are before UTC, in winter and in summer, by the beginning
// of the region's name. All others are at +08:00, which is tried for each.
var offsets = map[string][]int{
	"ap-southeast-2": {7}, "ap-southeast-4": {7}, "af-south": {2}, "sa-brazil": {-3, -2}, "la-south": {-4, -3},
	"la-north": {-6, -5}, "na-mexico": {-6, -5}, "eu-": {0, 1, 2}, "tr-west": {3}, "me-east": {3}, "ru-": {3},
	"ae-ad": {4},
}

// wallClocks are the zones that a time without one may be in: the region's own (contract 1.9, Q13).
//
// Only for 1.9 (times): that there are times without a zone.
func wallClocks(region string) []*time.Location {
	zones := []*time.Location{time.UTC, serviceZone}
	for prefix, hours := range offsets {
		if !strings.HasPrefix(region, prefix) {
			continue
		}
		for _, hour := range hours {
			zones = append(zones, time.FixedZone("", hour*60*60))
		}
	}
	return zones
}
