// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"
)

// runWithFault processes a request that was read completely. An answer of status 0 means that none is sent.
func (s *Server) runWithFault(c *call, fault *Fault) answer {
	if fault == nil {
		return s.run(c)
	}
	s.wait(fault.Delay)
	if fault.Before != nil {
		fault.Before()
	}
	a := s.runKind(c, fault)
	if fault.After != nil {
		fault.After()
	}
	return a
}

// wait is a fault's delay; Release ends it. A request that has arrived is processed even if its client leaves
// meanwhile, so the client is not watched.
func (s *Server) wait(delay time.Duration) {
	if delay <= 0 {
		return
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.released():
	}
}

func (s *Server) runKind(c *call, fault *Fault) answer {
	switch fault.Kind {
	case DropBefore:
		return answer{}
	case HTML:
		page := []byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>\r\n")
		return s.faultAnswer(c, fault, answer{status: http.StatusBadGateway, body: page}, "text/html")
	case Hang:
		return s.runHanging(c, fault)
	case Answer:
		if fault.Status != 0 {
			return s.cannedAnswer(c, fault)
		}
		return s.run(c)
	default:
		return s.run(c)
	}
}

func (s *Server) runHanging(c *call, fault *Fault) answer {
	if fault.HangAfter {
		a := s.run(c)
		if !s.hold(c.http) {
			a.status = 0
		}
		return a
	}
	if !s.hold(c.http) {
		return answer{}
	}
	return s.run(c)
}

func (s *Server) cannedAnswer(c *call, fault *Fault) answer {
	if fault.RawBody != nil {
		return s.faultAnswer(c, fault, answer{status: fault.Status, body: fault.RawBody, code: fault.Code}, "")
	}
	code := cmp.Or(fault.Code, fmt.Sprintf("FSS.%04d", fault.Status))
	message := cmp.Or(fault.Message, "injected fault")
	detail := fault.Detail
	if fault.EchoRequest {
		detail = cmp.Or(detail, message) + ", in detail" + c.echo()
		message += c.echo()
	}
	a := s.errorAnswer(c, &Error{Status: fault.Status, Code: code, Message: message, Detail: detail})
	return s.faultAnswer(c, fault, a, "")
}

// maxEcho bounds what an error quotes of a body.
const maxEcho = 64 << 10

// echo quotes what a request has that is secret: credentials, and the body as it came.
func (c *call) echo() string {
	var out strings.Builder
	for _, name := range []string{"X-Auth-Token", "X-Security-Token", "Authorization"} {
		if values := c.http.Header.Values(name); len(values) > 0 {
			fmt.Fprintf(&out, "; %s: %s", name, strings.Join(values, ", "))
		}
	}
	if len(c.body.text) > 0 {
		fmt.Fprintf(&out, "; body: %s", c.body.text[:min(len(c.body.text), maxEcho)])
	}
	return out.String()
}

func (s *Server) faultAnswer(c *call, fault *Fault, a answer, contentType string) answer {
	a.header = s.header(c)
	if contentType != "" {
		a.header.Set("Content-Type", contentType)
	}
	maps.Copy(a.header, fault.Header)
	return a
}
