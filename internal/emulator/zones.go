// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strings"
	"time"
)

// wallClock is the zone of most regions, and that of those which are not known here (contract 1.9).
var wallClock = time.FixedZone("UTC+8", 8*60*60)

// zones are the others, by the beginning of the region's name.
var zones = map[string]string{
	"ap-southeast-2": "Asia/Bangkok", "ap-southeast-4": "Asia/Jakarta", "af-south": "Africa/Johannesburg",
	"sa-brazil": "America/Sao_Paulo", "la-south": "America/Santiago", "la-north": "America/Mexico_City",
	"na-mexico": "America/Mexico_City", "eu-west-101": "Europe/Dublin", "eu-de": "Europe/Berlin",
	"eu-nl":   "Europe/Amsterdam",
	"tr-west": "Europe/Istanbul", "me-east": "Asia/Riyadh", "ru-": "Europe/Moscow", "ae-ad": "Asia/Dubai",
}

// zoneOf is the zone in which a region writes its times, summer time included (contract 1.9). Where this machine does
// not know it, it is that of most.
func zoneOf(region string) *time.Location {
	for prefix, name := range zones {
		if !strings.HasPrefix(region, prefix) {
			continue
		}
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return wallClock
}
