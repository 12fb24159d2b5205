// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"maps"
	"net/http"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// wireFaults are the faults of the matrix, by name.
func wireFaults() map[string]wireFault {
	out := map[string]wireFault{}
	for says, kinds := range networkFaults() {
		for name, f := range kinds {
			f.says = says
			out[name] = f
		}
	}
	for _, more := range []map[string]wireFault{bends(), notYets(), deletions(), stalls(), lists()} {
		maps.Copy(out, more)
	}
	return out
}

// networkFaults are what a network, a gateway or a busy service does, by what the guide says of them.
func networkFaults() map[string]map[string]wireFault {
	const past = "Mon, 02 Jan 1995 15:04:05 GMT" // the clock of a bubble begins in 2000
	stays, breaks := []mode{once, always}, []mode{once, always, down}
	window := "throttled: limit:5,time:6 second"
	return map[string]map[string]wireFault{
		"The service cannot be reached": {
			"connection refused": {refused: true, passes: true, modes: breaks},
		},
		"The connection is lost, before or behind the request": {
			"connection lost before": {Fault: emulator.Fault{Kind: emulator.DropBefore}, passes: true},
			"answer lost":            {Fault: emulator.Fault{Kind: emulator.DropAfter}, passes: true, modes: stays},
			"answer cut":             {Fault: emulator.Fault{Kind: emulator.TruncateAfter}, passes: true},
			"gateway timeout after":  {hidden: true, passes: true},
		},
		"The answer takes 20 seconds": {
			"slow": {Fault: emulator.Fault{Delay: 20 * time.Second}, passes: true, wait: 20 * time.Second},
		},
		"Too many requests": {
			"429 Retry-After": {Fault: later(429, "FSS.0429", "7"), passes: true, wait: 7 * time.Second},
			"429 window":      {Fault: says(429, "APIGW.0308", window), passes: true, wait: 6 * time.Second, modes: stays},
		},
		"The service asks to come again at once": {
			"429 Retry-After 0":    {Fault: later(429, "FSS.0429", "0"), passes: true, modes: stays},
			"429 Retry-After past": {Fault: later(429, "FSS.0429", past), passes: true, modes: stays},
			"503 Retry-After 0":    {Fault: later(503, "FSS.0503", "0"), passes: true, modes: stays},
			"503 Retry-After past": {Fault: later(503, "FSS.0503", past), passes: true},
		},
		"The service is busy": {
			"503 Retry-After": {Fault: later(503, "FSS.0503", "7"), passes: true, wait: 7 * time.Second},
			"503":             {Fault: says(503, "FSS.0503", "busy"), passes: true, modes: breaks},
			"500":             {Fault: says(500, "FSS.0500", "internal error"), passes: true},
			"502 page":        {Fault: emulator.Fault{Kind: emulator.HTML}, passes: true},
			"408":             {Fault: says(408, "FSS.0408", "timed out"), passes: true},
			"200 error":       {Fault: page(200, `{"error_code":"FSS.0500","error_msg":"internal error"}`), passes: true},
		},
		"A page of a proxy comes in place of the answer": {
			"200 page": {Fault: page(200, "<html>log in</html>"), passes: true, modes: stays},
		},
		"The credentials are refused": {
			"401": {Fault: says(401, "APIGW.0301", "verify aksk signature fail")},
		},
		"The call is forbidden": {
			"403": {Fault: says(403, "FSS.0403", "forbidden"), modes: stays},
		},
		"A proxy or the gateway says 404": {
			"404 page":           {Fault: page(404, "<html>not found</html>"), modes: stays},
			"404 of the gateway": {Fault: says(404, "APIGW.0101", "The API does not exist")},
		},
	}
}

func says(status int, code, message string) emulator.Fault {
	return emulator.Fault{Kind: emulator.Answer, Status: status, Code: code, Message: message}
}

// later says when to come again.
func later(status int, code, retryAfter string) emulator.Fault {
	f := says(status, code, "come again")
	f.Header = http.Header{"Retry-After": {retryAfter}}
	return f
}

func page(status int, text string) emulator.Fault {
	return emulator.Fault{
		Kind: emulator.Answer, Status: status, RawBody: []byte(text), Header: http.Header{"Content-Type": {"text/html"}},
	}
}
