// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errTaken = &Error{Status: 409, Code: CodeFunctionExists, Message: "The function has existed"}
	errQuota = &Error{Status: 403, Code: CodeFunctionQuota, Message: "too many functions"}
	errLost  = &AmbiguousError{Err: errReset}
	errOther = errors.New("exists, and is not ours")
)

// outcome is what one call of send or lookup returns.
type outcome struct {
	v   string
	err error
}

func play(outcomes []outcome, calls *int) (*string, error) {
	o := outcomes[min(*calls, len(outcomes)-1)]
	*calls++
	if o.v == "" {
		return nil, o.err
	}
	return &o.v, o.err
}

func TestSendOnce(t *testing.T) {
	t.Parallel()
	lost, taken, nothing, found := outcome{err: errLost}, outcome{err: errTaken}, outcome{}, outcome{v: "found"}
	other := outcome{err: errOther}
	for name, v := range map[string]struct {
		sends, lookups []outcome
		want           string
		wantErr        error
		sent, looked   int
	}{
		"done":                           {sends: []outcome{{v: "sent"}}, want: "sent", sent: 1},
		"refused":                        {sends: []outcome{taken}, wantErr: errTaken, sent: 1},
		"lost and there":                 {[]outcome{lost}, []outcome{found}, "found", nil, 1, 1},
		"lost and not there, then done":  {[]outcome{lost, {v: "sent"}}, []outcome{nothing}, "sent", nil, 2, 1},
		"lost and not ours":              {[]outcome{lost}, []outcome{other}, "", errOther, 1, 1},
		"lost, late success, then taken": {[]outcome{lost, taken}, []outcome{nothing, found}, "found", nil, 2, 2},
		"lost, then taken by somebody":   {[]outcome{lost, taken}, []outcome{nothing, other}, "", errOther, 2, 2},
		"lost, then refused":             {[]outcome{lost, {err: errQuota}}, []outcome{nothing}, "", errQuota, 2, 2},
		// "Nothing" right after "it is there" is "not yet": asked again for 30 seconds.
		"lost, then taken, visible later": {[]outcome{lost, taken}, []outcome{nothing, nothing, nothing, found}, "found", nil, 2, 4},
		"lost, then taken, never visible": {[]outcome{lost, taken}, []outcome{nothing}, "", errTaken, 2, 32},
		"lost, then not sent, but late": {
			[]outcome{lost, {err: errReset}}, []outcome{nothing, found}, "found", nil, 2, 2,
		},
		"lost again and again":              {[]outcome{lost}, []outcome{nothing}, "", errLost, 4, 4},
		"lost twice, there the second time": {[]outcome{lost}, []outcome{nothing, found}, "found", nil, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, _ := scripted(t, step{})
				var sent, looked int
				got, err := SendOnce(t.Context(), c,
					func(context.Context) (*string, error) { return play(v.sends, &sent) },
					func(context.Context, time.Time) (*string, error) { return play(v.lookups, &looked) })
				if !errors.Is(err, v.wantErr) || v.wantErr == nil && (err != nil || *got != v.want) {
					t.Errorf("got %v, %v", got, err)
				}
				if sent != v.sent || looked != v.looked {
					t.Errorf("sent %d times, looked up %d times", sent, looked)
				}
				var lost *AmbiguousError
				if len(v.sends) > 1 && errors.Is(v.wantErr, errTaken) && !errors.As(err, &lost) {
					t.Errorf("that an earlier attempt had no answer is not said: %v", err)
				}
			})
		})
	}
}

func TestSendOnce_failedLookupKeepsTheReason(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{})
	down := &Error{Status: 503, Message: "down"}
	_, err := SendOnce(t.Context(), c,
		func(context.Context) (*string, error) { return nil, errLost },
		func(context.Context, time.Time) (*string, error) { return nil, down })
	if !errors.Is(err, down) || !errors.Is(err, errReset) {
		t.Errorf("got %v", err)
	}
}

// The lookup outlives a cancel and a deadline of the caller; nothing is sent again after one.
func TestSendOnce_lookupAfterTheEnd(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		"cancel": context.WithCancel,
		"deadline": func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Second)
		},
	} {
		for _, found := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				c, _ := scripted(t, step{})
				ctx, cancel := end(t.Context())
				defer cancel()
				sent, value := 0, "found"
				_, err := SendOnce(ctx, c,
					func(ctx context.Context) (*string, error) {
						sent++
						if name == "cancel" {
							cancel()
						}
						<-ctx.Done()
						return nil, errLost
					},
					func(ctx context.Context, _ time.Time) (*string, error) {
						deadline, ok := ctx.Deadline()
						if ctx.Err() != nil || !ok || time.Until(deadline) != defaultLookupWithin {
							t.Errorf("%s: lookup with %v, deadline in %v", name, ctx.Err(), time.Until(deadline))
						}
						if found {
							return &value, nil
						}
						return nil, nil
					})
				if found != (err == nil) || !found && !errors.Is(err, errReset) || sent != 1 {
					t.Errorf("%s, found %v: %v after %d sends", name, found, err, sent)
				}
			})
		}
	}
}

// since is the start of the first attempt by the service's clock, which the lookup's own answer may be first to tell.
func TestSendOnce_since(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ahead := 3 * time.Hour
		s := &script{}
		c := newClient(t, testConfig(s))
		now := func() map[string]string {
			return map[string]string{"Date": time.Now().Add(ahead).UTC().Format(http.TimeFormat)}
		}
		began := time.Now()
		var all []time.Time
		_, err := SendOnce(t.Context(), c,
			func(context.Context) (*string, error) {
				time.Sleep(time.Minute)
				return nil, errLost
			},
			func(ctx context.Context, since time.Time) (*string, error) {
				all = append(all, since)
				s.steps = []step{{status: 200, body: functionDoc, header: now()}}
				if _, err := c.Function(ctx, testURN); err != nil {
					return nil, err
				}
				return nil, errOther
			})
		if !errors.Is(err, errOther) || len(all) != 2 {
			t.Fatalf("%v after %d lookups, want a second one by the service's clock", err, len(all))
		}
		for i, want := range []time.Time{began.Add(-dateSlack), began.Add(ahead - dateSlack)} {
			if off := all[i].Sub(want); off < -time.Second || off > time.Second {
				t.Errorf("lookup %d: since is off by %v", i+1, off)
			}
		}
	})
}

// The whole way, over a socket: the service does the work, and the answer is lost.
func TestSendOnce_answerLost(t *testing.T) {
	t.Parallel()
	var posts, gets int
	c := served(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			posts++
			drain(r)
			cut(w)
			return
		}
		gets++
		answer(w, functionDoc)
	})
	f, err := SendOnce(t.Context(), c,
		func(ctx context.Context) (*Function, error) {
			return c.CreateFunction(ctx, CreateFunctionRequest{Name: "demo", Code: &Code{Type: "zip", Blob: blobOf("code")}})
		},
		func(ctx context.Context, _ time.Time) (*Function, error) { return c.Function(ctx, testURN) })
	if err != nil || f.Name != "demo" || posts != 1 || gets != 2 { // the second GET knows the service's clock
		t.Errorf("%+v, %v after %d POST and %d GET", f, err, posts, gets)
	}
}

func TestAmbiguousError(t *testing.T) {
	t.Parallel()
	if !strings.Contains(errLost.Error(), "not known whether") || !strings.Contains(errLost.Error(), errReset.Error()) ||
		!errors.Is(errLost, errReset) {
		t.Errorf("got %v", errLost)
	}
}
