// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// next counts up; every id comes from here, so that runs repeat.
func (s *Server) next() int {
	s.counter++
	return s.counter
}

// newID returns so many hex digits (at most 64) that look random and are not.
func (s *Server) newID(digits int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", s.opts.ProjectID, s.next()))
	return hex.EncodeToString(sum[:])[:digits]
}

// newUUID has the form of the ids of triggers and dependencies.
func (s *Server) newUUID() string {
	id := s.newID(32)
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}

// newImageName follows the samples: latest-260102110405@ab1cd (contract 2.2).
func (s *Server) newImageName(version string) string {
	return version + "-" + s.opts.Now().In(s.zone).Format("060102150405") + "@" + s.newID(5)
}

// timeText writes a time as answers have it (contract 1.9, switch times).
func (s *Server) timeText(t time.Time) string {
	if s.opts.Switches.PlainTimes {
		return t.In(s.zone).Format(time.DateTime)
	}
	return t.In(s.zone).Format("2006-01-02T15:04:05-07:00")
}
