// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// timerDoc is a trigger as the service answers it (contract 9).
const timerDoc = `{"trigger_id":"t-1","trigger_type_code":"TIMER","trigger_status":"ACTIVE",` +
	`"event_data":{"name":"nightly","schedule_type":"Cron","schedule":"0 0 3 * * *","sync_execution":false},` +
	`"created_time":"2026-01-02T11:04:05+08:00","last_updated_time":"2026-01-02T11:04:05+08:00"}`

const goneDoc = `{"error_code":"FSS.0500","error_msg":"Error getting associated function"}`

func readTimer(ctx context.Context, c *Client) error {
	_, err := c.Trigger(ctx, testURN, "TIMER", "t-1")
	return err
}

func createTimer(ctx context.Context, c *Client) error {
	_, err := c.CreateTrigger(ctx, testURN, CreateTriggerRequest{Type: "TIMER", EventData: struct{}{}})
	return err
}

func updateTimer(ctx context.Context, c *Client) error {
	return c.UpdateTrigger(ctx, testURN, "TIMER", "t-1", UpdateTriggerRequest{Status: TriggerActive})
}

func deleteTimer(ctx context.Context, c *Client) error {
	return c.DeleteTrigger(ctx, testURN, "TIMER", "t-1")
}

func isAmbiguous(err error) bool {
	var lost *AmbiguousError
	return errors.As(err, &lost)
}

func TestTrigger_decoding(t *testing.T) {
	t.Parallel()
	want := &Trigger{
		ID: "t-1", Type: "TIMER", Status: TriggerActive, CreatedTime: "2026-01-02T11:04:05+08:00",
		LastUpdated: "2026-01-02T11:04:05+08:00",
		EventData: EventData{
			"name": json.RawMessage(`"nightly"`), "schedule_type": json.RawMessage(`"Cron"`),
			"schedule":       json.RawMessage(`"0 0 3 * * *"`),
			"sync_execution": json.RawMessage(`false`),
		},
	}
	for name, v := range map[string]struct {
		doc  string
		want func(*Trigger)
	}{
		"as documented":       {timerDoc, func(*Trigger) {}},
		"data in a list":      {strings.NewReplacer(`"event_data":{`, `"event_data":[{`, `false}`, `false}]`).Replace(timerDoc), func(*Trigger) {}},
		"unknown members":     {strings.Replace(timerDoc, `{"`, `{"last_error":{"x":[1]},"event_type_code":7,"`, 1), func(*Trigger) {}},
		"no time, as of SMN":  {bend(t, timerDoc, map[string]any{"created_time": nil}), func(w *Trigger) { w.CreatedTime = "" }},
		"a time in numbers":   {bend(t, timerDoc, map[string]any{"last_updated_time": 1767323045}), func(w *Trigger) { w.LastUpdated = "1767323045" }},
		"a time without form": {bend(t, timerDoc, map[string]any{"created_time": "2019-10-29171553"}), func(w *Trigger) { w.CreatedTime = "2019-10-29171553" }},
		"a time of a bool":    {bend(t, timerDoc, map[string]any{"created_time": true}), func(w *Trigger) { w.CreatedTime = "" }},
	} {
		c, s := scripted(t, step{status: 200, body: v.doc})
		got, err := c.Trigger(t.Context(), testURN, "TIMER", "t-1")
		expected := *want
		v.want(&expected)
		if diff := cmp.Diff(&expected, got, cmpopts.IgnoreUnexported(Trigger{})); err != nil || diff != "" ||
			len(s.requests()) != 1 {
			t.Errorf("%s: %v after %d requests %s", name, err, len(s.requests()), diff)
		}
	}
}

// TestTriggers: a row that lacks something, or has something odd, is there all the same; an id alone tells no two
// apart.
func TestTriggers(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200,
		body: `[{"trigger_id":"a","trigger_type_code":"SMN"},{"trigger_id":"a","trigger_type_code":"OBS",` +
			`"event_data":"odd","trigger_status":7},{"trigger_id":"a","trigger_type_code":"SMN"}]`})
	got, err := c.Triggers(t.Context(), testURN)
	if err != nil || len(got) != 2 || got[0].Type != "SMN" || got[1].Type != "OBS" || got[1].EventData != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestTrigger_whole: an answer that is about another trigger, or lacks what every one has, is not believed.
func TestTrigger_whole(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		changes map[string]any
		update  bool // the answer of an update is believed all the same
		create  bool // and so is that of a creation
	}{
		"no id":         {map[string]any{"trigger_id": nil}, false, false},
		"another id":    {map[string]any{"trigger_id": "t-2"}, false, true}, // nobody knows it before
		"an odd id":     {map[string]any{"trigger_id": 7}, false, false},
		"no type":       {map[string]any{"trigger_type_code": nil}, false, false},
		"another type":  {map[string]any{"trigger_type_code": "OBS"}, false, false},
		"no status":     {map[string]any{"trigger_status": nil}, true, false},
		"an odd status": {map[string]any{"trigger_status": true}, true, false},
		"no data":       {map[string]any{"event_data": nil}, true, true},
		"null data":     {map[string]any{"event_data": json.RawMessage("null")}, true, true},
		"odd data":      {map[string]any{"event_data": "text"}, true, true},
		"two data":      {map[string]any{"event_data": []any{struct{}{}, struct{}{}}}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			odd, good := step{status: 200, body: bend(t, timerDoc, v.changes)}, step{status: 200, body: timerDoc}
			c, _ := scripted(t, odd)
			if err := readTimer(t.Context(), c); err == nil || IsNotFound(err) {
				t.Errorf("read: %v", err)
			}
			c, _ = scripted(t, odd)
			if err := updateTimer(t.Context(), c); (err == nil) != v.update {
				t.Errorf("update: %v", err)
			}
			c, s := scripted(t, odd, good)
			err := createTimer(t.Context(), c)
			if isAmbiguous(err) == v.create || (err == nil) != v.create || len(s.requests()) != 1 {
				t.Errorf("create: %v after %d requests", err, len(s.requests()))
			}
		})
	}
}

// TestCreateTrigger_once: it is sent again only where the service provably did nothing.
func TestCreateTrigger_once(t *testing.T) {
	t.Parallel()
	good := step{status: 201, body: timerDoc}
	for name, v := range map[string]struct {
		first     step
		requests  int
		fails     bool
		ambiguous bool
	}{
		"made":                {good, 1, false, false},
		"throttled":           {step{status: 429, body: throttleDoc}, 2, false, false},
		"lost":                {step{err: errReset}, 1, true, true},
		"a fault":             {step{status: 500, body: goneDoc}, 1, true, true},
		"network unreachable": {step{status: 503, body: `{"error_code":"FSS.1115","error_msg":"m"}`}, 1, true, true},
		"a bad name by 502":   {step{status: 502, body: `{"error_code":"FSS.1319","error_msg":"m"}`}, 1, true, false},
		"taken":               {step{status: 409, body: `{"error_code":"FSS.1148","error_msg":"m"}`}, 1, true, false},
		"a bucket's clash":    {step{status: 403, body: `{"error_code":"FSS.1108","error_msg":"m"}`}, 1, true, false},
		"no answer in it":     {step{status: 204}, 1, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, s := scripted(t, v.first, good)
				err := createTimer(t.Context(), c)
				there := name == "taken" || name == "a bucket's clash"
				if len(s.requests()) != v.requests || (err != nil) != v.fails || isAmbiguous(err) != v.ambiguous ||
					IsTriggerThere(err) != there {
					t.Errorf("%v after %d requests", err, len(s.requests()))
				}
			})
		})
	}
}

// TestCreateTrigger_lostAndThere: a conflict after a lost answer means that the first try did it, though a list does
// not show it yet.
func TestCreateTrigger_lostAndThere(t *testing.T) {
	t.Parallel()
	for _, conflict := range triggerExists {
		synctest.Test(t, func(t *testing.T) {
			c, _ := scripted(t, step{err: errReset},
				step{status: 409, body: fmt.Sprintf(`{"error_code":%q,"error_msg":"m"}`, conflict)})
			lookups := 0
			got, err := SendOnce(t.Context(), c, func(ctx context.Context) (*Trigger, error) {
				return c.CreateTrigger(ctx, testURN, CreateTriggerRequest{Type: "TIMER", EventData: struct{}{}})
			}, func(context.Context, time.Time) (*Trigger, error) {
				if lookups++; lookups < 5 {
					return nil, nil
				}
				return &Trigger{ID: "t-1"}, nil
			})
			if err != nil || got.ID != "t-1" {
				t.Errorf("%s: %v, %v", conflict, got, err)
			}
		})
	}
}

// TestTriggers_functionGone: 500 FSS.0500 and 401 FSS.0401 may say that the function is gone (O14, O15). It is asked
// for once before that is said; what else they mean is told as it is.
func TestTriggers_functionGone(t *testing.T) {
	t.Parallel()
	list := func(ctx context.Context, c *Client) error { _, err := c.Triggers(ctx, testURN); return err }
	gone, denied := step{status: 500, body: goneDoc},
		step{status: 401, body: `{"error_code":"FSS.0401","error_msg":"not permit"}`}
	missing, there, down := step{status: 404, body: notFoundDoc}, step{status: 200, body: functionDoc},
		step{status: 403, body: `{"error_code":"FSS.0403"}`}
	for name, v := range map[string]struct {
		call     callOf
		steps    []step
		requests int
		notFound bool
		code     string // of the error; "" for none
	}{
		"list":               {list, []step{gone, missing}, 2, true, CodeFunctionNotFound},
		"read":               {readTimer, []step{gone, missing}, 2, true, CodeFunctionNotFound},
		"update":             {updateTimer, []step{gone, missing}, 2, true, CodeFunctionNotFound},
		"update, denied":     {updateTimer, []step{denied, missing}, 2, true, CodeFunctionNotFound},
		"delete":             {deleteTimer, []step{denied, missing}, 2, false, ""},
		"delete, a fault":    {deleteTimer, []step{gone, missing}, 2, false, ""},
		"function is there":  {list, []step{gone, there, gone}, 6, false, CodeInternal},
		"a fault that ends":  {list, []step{gone, there, gone, {status: 200, body: "[]"}}, 4, false, ""},
		"denied for good":    {deleteTimer, []step{denied, there}, 2, false, CodeUnauthorized},
		"nobody knows":       {list, []step{gone, down}, 2, false, CodeInternal},
		"denied, in reading": {readTimer, []step{denied, there}, 2, false, CodeUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, v.steps...)
			err := v.call(t.Context(), c)
			if (err == nil) != (v.code == "") || IsNotFound(err) != v.notFound || v.code != "" && !HasCode(err, v.code) ||
				len(s.requests()) != v.requests {
				t.Errorf("%v after %d requests", err, len(s.requests()))
			}
			if at := s.requests()[1]; at.method != "GET" || at.rawPath != urnPath+"/config" {
				t.Errorf("asked %s %s", at.method, at.rawPath)
			}
		})
	}
}

// TestDeleteTrigger: gone is gone; a success that the service does not promise is looked at.
func TestDeleteTrigger(t *testing.T) {
	t.Parallel()
	missing := step{status: 404, body: `{"error_code":"FSS.1140","error_msg":"m"}`}
	odd := step{status: 200, body: `{}`}
	for name, v := range map[string]struct {
		steps    []step
		requests int
		fails    bool
	}{
		"done":                {[]step{{status: 204}}, 1, false},
		"gone":                {[]step{missing}, 1, false},
		"lost, then gone":     {[]step{{err: errReset}, missing}, 2, false},
		"odd, and gone":       {[]step{odd, missing}, 2, false},
		"odd, not done, then": {[]step{odd, {status: 200, body: timerDoc}, {status: 204}}, 3, false},
		"another's 404":       {[]step{{status: 404, body: `{"error_code":"APIGW.0101"}`}}, 1, true},
		"refused":             {[]step{{status: 403, body: `{"error_code":"FSS.1126"}`}}, 1, true},
	} {
		c, s := scripted(t, v.steps...)
		if err := deleteTimer(t.Context(), c); (err != nil) != v.fails || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}

// TestUpdateTrigger_form: data is an object; where the service refuses that, it is the list of the SDK, with its
// members alone and a switch for a switch (contract Q24). What was refused first is what is wrong, if that is refused,
// too.
func TestUpdateTrigger_form(t *testing.T) {
	t.Parallel()
	refused := step{status: 400, body: `{"error_code":"FSS.0400","error_msg":"first"}`}
	again := step{status: 400, body: `{"error_code":"FSS.0400","error_msg":"second"}`}
	good := step{status: 200, body: timerDoc}
	polling := map[string]any{"stream_name": "s", "polling_interval": 30, "polling_unit": "s", "is_serial": "false"}
	const object = `{"event_data":{"is_serial":"false","polling_interval":30,"polling_unit":"s","stream_name":"s"}}`
	const list = `{"event_data":[{"is_serial":false,"polling_interval":30,"polling_unit":"s"}]}`
	for name, v := range map[string]struct {
		data  any
		steps []step
		sent  []string
		says  string
	}{
		"an object": {polling, []step{good}, []string{object}, ""},
		"a list":    {polling, []step{refused, good}, []string{object, list}, ""},
		"neither":   {polling, []step{refused, again}, []string{object, list}, "first"},
		"a fault":   {polling, []step{{status: 403, body: `{"error_code":"FSS.0403"}`}}, []string{object}, "FSS.0403"},
		"no such":   {map[string]any{"bucket": "b"}, []step{refused}, []string{`{"event_data":{"bucket":"b"}}`}, "first"},
		"no data":   {nil, []step{refused}, []string{`{}`}, "first"},
	} {
		c, s := scripted(t, v.steps...)
		err := c.UpdateTrigger(t.Context(), testURN, "TIMER", "t-1", UpdateTriggerRequest{EventData: v.data})
		var sent []string
		for _, r := range s.requests() {
			sent = append(sent, r.body)
		}
		if (err != nil) != (v.says != "") || err != nil && !strings.Contains(err.Error(), v.says) ||
			!slices.Equal(sent, v.sent) {
			t.Errorf("%s: %v after %v", name, err, sent)
		}
	}
}

// TestUpdateTrigger_unpromised: a success without the promised answer is looked at, and made again where it has not
// come to pass: in what of the data an answer tells, a switch that is a text is the switch. Of one without a body the
// caller reads what comes of it.
func TestUpdateTrigger_unpromised(t *testing.T) {
	t.Parallel()
	kept := step{status: 200, body: bend(t, timerDoc, map[string]any{"trigger_status": TriggerDisabled})}
	data := func(text string) step {
		return step{status: 200, body: bend(t, timerDoc, map[string]any{"event_data": json.RawMessage(text)})}
	}
	empty := step{status: 200, body: "{}"}
	taken, good := data(`{"n":7,"serial":"true","more":[1]}`), step{status: 200, body: timerDoc}
	polling := func(ctx context.Context, c *Client) error {
		return c.UpdateTrigger(ctx, testURN, "TIMER", "t-1", UpdateTriggerRequest{EventData: map[string]any{
			"n": 7, "serial": true, "secret": "s", "unanswered": "x", "more": []int{1, 2},
		}})
	}
	for name, v := range map[string]struct {
		call     callOf
		steps    []step
		requests int
		fails    bool
	}{
		"nothing":       {updateTimer, []step{{status: 204}, good}, 2, false},
		"late":          {updateTimer, []step{{status: 200}, kept}, 2, false}, // the caller reads on
		"an object":     {updateTimer, []step{empty, good}, 2, false},
		"not done":      {updateTimer, []step{empty, kept, good}, 3, false},
		"never":         {updateTimer, slices.Repeat([]step{empty, kept}, 4), 8, true},
		"unread":        {updateTimer, []step{{status: 204}, {status: 403, body: `{"error_code":"FSS.0403"}`}}, 2, true},
		"gone":          {updateTimer, []step{{status: 204}, {status: 404, body: notFoundDoc}}, 2, true},
		"refused":       {updateTimer, []step{empty, kept, {status: 400, body: `{"error_code":"FSS.0400"}`}}, 3, true},
		"data":          {polling, []step{empty, taken}, 2, false},
		"data, as text": {polling, []step{empty, data(`{"n":"7","serial":true}`)}, 2, false},
		"other data":    {polling, []step{empty, data(`{"n":8}`), good}, 3, false},
	} {
		c, s := scripted(t, v.steps...)
		if err := v.call(t.Context(), c); (err != nil) != v.fails || IsNotFound(err) || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}

// TestReadBackTrigger: "not found" is "not yet" for 30 seconds, by each of its codes, and for nothing but a creation.
func TestReadBackTrigger(t *testing.T) {
	t.Parallel()
	for _, code := range append([]string{CodeNotFound}, triggerAbsent...) {
		missing := step{status: 404, body: fmt.Sprintf(`{"error_code":%q,"error_msg":"m"}`, code)}
		synctest.Test(t, func(t *testing.T) {
			c, _ := scripted(t, missing, missing, step{status: 200, body: timerDoc})
			began := time.Now()
			if _, err := c.ReadBackTrigger(t.Context(), testURN, "TIMER", "t-1"); err != nil ||
				time.Since(began) != 2*time.Second {
				t.Errorf("%s: %v after %v", code, err, time.Since(began))
			}
			c, _ = scripted(t, missing)
			began = time.Now()
			if _, err := c.ReadBackTrigger(t.Context(), testURN, "TIMER", "t-1"); !IsNotFound(err) ||
				time.Since(began) != 30*time.Second {
				t.Errorf("%s, never: %v after %v", code, err, time.Since(began))
			}
			c, _ = scripted(t, missing, step{status: 200, body: timerDoc})
			began = time.Now()
			change := UpdateTriggerRequest{Status: TriggerActive, JustMade: true}
			if err := c.UpdateTrigger(t.Context(), testURN, "TIMER", "t-1", change); err != nil ||
				time.Since(began) != time.Second {
				t.Errorf("%s, an update: %v after %v", code, err, time.Since(began))
			}
			c, _ = scripted(t, missing)
			began = time.Now()
			if err := readTimer(t.Context(), c); !IsNotFound(err) || time.Since(began) != 0 {
				t.Errorf("%s, a read: %v after %v", code, err, time.Since(began))
			}
		})
	}
}

// TestTriggerSecrets: neither what was sent nor what was answered once is in an error, whoever quotes it.
func TestTriggerSecrets(t *testing.T) {
	t.Parallel()
	const sent, told = "Tr0ub4dor&3/sent", "x9-Quite-Unlike-7"
	quoting := func(secret string) step {
		return step{status: 400, body: string(mustMarshal(t,
			map[string]string{"error_code": "FSS.1116", "error_msg": "bad: " + secret}))}
	}
	data := map[string]any{"kafka_password": sent, "odd_member": told}
	create := func(ctx context.Context, c *Client) error {
		_, err := c.CreateTrigger(ctx, testURN, CreateTriggerRequest{Type: "KAFKA", EventData: data, Secrets: []string{told}})
		return err
	}
	update := func(ctx context.Context, c *Client) error {
		return c.UpdateTrigger(ctx, testURN, "KAFKA", "t-1", UpdateTriggerRequest{EventData: data, Secrets: []string{told}})
	}
	for _, call := range []callOf{create, update} {
		c, _ := scripted(t, quoting(sent+" and "+told))
		if err := call(t.Context(), c); err == nil || strings.Contains(err.Error(), sent) ||
			strings.Contains(err.Error(), told) ||
			!strings.Contains(err.Error(), "bad: ") {
			t.Errorf("err = %v", err)
		}
	}
	answer := strings.NewReplacer("TIMER", "KAFKA", `"name":"nightly"`, `"kafka_password":"`+told+`"`).Replace(timerDoc)
	project := `{"triggers":[` + bend(t, answer, map[string]any{"func_urn": testURN.String()}) + `]}`
	for name, call := range map[string]callOf{
		answer: func(ctx context.Context, c *Client) error {
			_, err := c.Trigger(ctx, testURN, "KAFKA", "t-1")
			return err
		},
		"[" + answer + "]": func(ctx context.Context, c *Client) error { _, err := c.Triggers(ctx, testURN); return err },
		project:            func(ctx context.Context, c *Client) error { _, err := c.ProjectTriggers(ctx); return err },
	} {
		steps := []step{{status: 200, body: name}}
		if name == project {
			steps = append(steps, step{status: 200, body: `{"triggers":[]}`})
		}
		c, _ := scripted(t, append(steps, quoting(told))...)
		if err := call(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if err := updateTimer(t.Context(), c); err == nil || strings.Contains(err.Error(), told) {
			t.Errorf("%.20s: err = %v", name, err)
		}
	}
}

func TestEventData(t *testing.T) {
	t.Parallel()
	var data EventData
	if err := json.Unmarshal([]byte(`{"name":"n","db_password":"p","secret_key":"s","access_key":"a","Token":"t","n":7}`),
		&data); err != nil {
		t.Fatal(err)
	}
	if got := string(mustMarshal(t, data.WithoutSecrets())); got != `{"access_key":"a","n":7,"name":"n"}` ||
		len(data) != 6 {
		t.Errorf("without secrets: %s", got)
	}
	var inner EventData
	if err := json.Unmarshal([]byte(`{"a":{"b":[{"password":"p","c":1.50}],"token":7},"d":[1,"x"]}`), &inner); err != nil {
		t.Fatal(err)
	}
	if got := string(mustMarshal(t, inner.WithoutSecrets())); got != `{"a":{"b":[{"c":1.50}]},"d":[1,"x"]}` ||
		!strings.Contains(string(inner["a"]), `"p"`) || !slices.Contains(inner.secrets(), "p") {
		t.Errorf("without inner secrets: %s, %v", got, inner.secrets())
	}
	if data.Text("name") != "n" || data.Text("n") != "" || data.Text("x") != "" || EventData(nil).WithoutSecrets() != nil {
		t.Error("texts")
	}
	c, s := scripted(t, step{status: 500})
	for _, bad := range []any{nil, 7, "x", []int{1}, make(chan int)} {
		if _, err := c.CreateTrigger(t.Context(), testURN, CreateTriggerRequest{Type: "TIMER", EventData: bad}); err == nil {
			t.Errorf("%T was sent", bad)
		}
	}
	for _, id := range []string{"", ".", ".."} {
		for _, err := range []error{c.DeleteTrigger(t.Context(), testURN, "TIMER", id),
			c.DeleteTrigger(t.Context(), testURN, id, "t-1")} {
			if err == nil {
				t.Errorf("%q is in a path", id)
			}
		}
	}
	other := testURN
	other.Region = "other"
	if err := c.DeleteTrigger(t.Context(), other, "TIMER", "t-1"); err == nil || len(s.requests()) != 0 {
		t.Errorf("another region: %v, %d requests", err, len(s.requests()))
	}
}
