// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestCheckEndpoint(t *testing.T) {
	t.Parallel()
	for endpoint, says := range map[string]string{
		"https://fgs.example.com":          "",
		"https://fgs.example.com:8443/":    "",
		"https://fgs.example.com/prefix":   "",
		"http://127.0.0.1:8787":            "",
		"http://127.8.9.1":                 "",
		"http://localhost:1":               "",
		"http://LOCALHOST":                 "",
		"http://[::1]:8787":                "",
		"http://fgs.example.com":           `"fgs.example.com" is not one; use https`,
		"http://10.0.0.1:8787":             "loopback hosts only",
		"http://127.0.0.1.example.com":     "loopback hosts only",
		"http://localhost.example.com":     "loopback hosts only",
		"ftp://127.0.0.1":                  `the scheme must be https, not "ftp"`,
		"fgs.example.com":                  "not a URL",
		"localhost:8787":                   "not a URL",
		"https://":                         "not a URL",
		"https://:443":                     "not a URL",
		"":                                 "not a URL",
		"https:fgs.example.com":            "not a URL",
		"https://a:s3cret@fgs.example.com": "must not hold a user",
		"https://fgs.example.com?a=b":      "must not hold a user, a query",
		"https://fgs.example.com/#f":       "fragment",
		"https://a:s3cret@[x":              "not a URL",
	} {
		err := CheckEndpoint(endpoint)
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", endpoint, err, says)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the password is in the text: %v", endpoint, err)
		}
	}
}

func TestNew_refused(t *testing.T) {
	t.Parallel()
	noPEM := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(noPEM, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for says, change := range map[string]func(*Config){
		"a region is needed":              func(c *Config) { c.Region = "" },
		"or both an endpoint":             func(c *Config) { c.Region, c.Endpoint, c.ProjectID = "", "https://x", "" },
		"invalid region":                  func(c *Config) { c.Region = "evil.example.com/" },
		"invalid project id":              func(c *Config) { c.ProjectID = "../x" },
		"credentials are needed":          func(c *Config) { c.SecretKey = "" },
		"credentials are needed: ":        func(c *Config) { c.AccessKey = "" },
		"the token contains a line break": func(c *Config) { c.Token = "s3cret\n" },
		"the secret key contains":         func(c *Config) { c.SecretKey = "s3cret\r" },
		"invalid endpoint: plain http":    func(c *Config) { c.Endpoint = "http://example.com" },
		"invalid IAM endpoint: it is":     func(c *Config) { c.IAMEndpoint = "example.com" },
		"cannot read the CA":              func(c *Config) { c.CACertFile = noPEM + ".missing" },
		"holds no PEM certificate":        func(c *Config) { c.CACertFile = noPEM },
	} {
		cfg := testConfig(nil)
		change(&cfg)
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

func TestNew_endpoints(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		change        func(*Config)
		endpoint, iam string
	}{
		"by region": {
			func(*Config) {},
			"https://functiongraph.cn-north-4.myhuaweicloud.com", "https://iam.cn-north-4.myhuaweicloud.com",
		},
		"Europe": {
			func(c *Config) { c.Region = "eu-west-101" },
			"https://functiongraph.eu-west-101.myhuaweicloud.com", "https://iam.eu-west-101.myhuaweicloud.eu",
		},
		"another cloud": {
			func(c *Config) { c.Cloud = "cloud.example" },
			"https://functiongraph.cn-north-4.cloud.example", "https://iam.cn-north-4.cloud.example",
		},
		"Europe, by its cloud": {
			func(c *Config) { c.Region, c.Cloud = "eu-west-101", "myhuaweicloud.eu" },
			"https://functiongraph.eu-west-101.myhuaweicloud.eu", "https://iam.eu-west-101.myhuaweicloud.eu",
		},
		"another cloud, one address": {
			func(c *Config) { c.Cloud, c.IAMEndpoint = "cloud.example", "https://iam.example" },
			"https://functiongraph.cn-north-4.cloud.example", "https://iam.example",
		},
		"no region": {
			func(c *Config) { c.Region, c.Endpoint = "", "https://fgs.example.com/base/" },
			"https://fgs.example.com/base", "https://iam.myhuaweicloud.com",
		},
		"HW_AUTH_URL with its version": {
			func(c *Config) { c.IAMEndpoint = "https://iam.example.com:443/v3" },
			"https://functiongraph.cn-north-4.myhuaweicloud.com", "https://iam.example.com:443",
		},
		"an empty port": {
			func(c *Config) { c.Endpoint = "https://fgs.example.com:" },
			"https://fgs.example.com", "https://iam.cn-north-4.myhuaweicloud.com",
		},
	} {
		cfg := testConfig(nil)
		v.change(&cfg)
		c := newClient(t, cfg)
		if c.endpoint.String() != v.endpoint || c.iamEndpoint.String() != v.iam || c.Region() != cfg.Region {
			t.Errorf("%s: %s, %s", name, c.endpoint, c.iamEndpoint)
		}
	}
}

func TestSTS(t *testing.T) {
	t.Parallel()
	for want, cfg := range map[string]Config{
		"https://sts.cn-north-4.myhuaweicloud.com": {Region: testRegion},
		"https://sts.cn-north-4.cloud.example":     {Region: testRegion, Cloud: "cloud.example"},
		"https://sts.example":                      {Region: testRegion, Cloud: "cloud.example", STSEndpoint: "https://sts.example"},
		"":                                         {},
	} {
		if got := cfg.STS(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestBasePath(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{{status: 200, body: functionDoc}}}
	cfg := testConfig(s)
	cfg.Endpoint = "https://fgs.example.com/base/"
	if _, err := newClient(t, cfg).Function(t.Context(), testURN.WithQualifier("!a")); err != nil {
		t.Fatal(err)
	}
	if got := s.requests()[0].rawPath; got != "/base"+urnPath+":%21a/config" {
		t.Errorf("path %s", got)
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, functionDoc)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // one client refuses the certificate on purpose
	server.StartTLS()
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(ca, block, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]struct {
		change func(*Config)
		ok     bool
	}{
		"unknown authority": {func(*Config) {}, false},
		"CA file":           {func(c *Config) { c.CACertFile = ca }, true},
		"insecure":          {func(c *Config) { c.Insecure = true }, true},
	} {
		cfg := testConfig(nil)
		cfg.Endpoint = server.URL
		v.change(&cfg)
		attempts := 0
		cfg.Log = func(context.Context, string, map[string]any) { attempts++ }
		if _, err := newClient(t, cfg).Function(t.Context(), testURN); (err == nil) != v.ok || attempts != 1 {
			t.Errorf("%s: %v after %d attempts", name, err, attempts)
		}
	}
}

// logLines collects what Config.Log gets.
type logLines struct {
	mu   sync.Mutex
	text []string
}

func (l *logLines) add(_ context.Context, message string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ms, ok := fields["ms"].(int64)
	if !ok || ms < 0 {
		message = "no milliseconds"
	}
	delete(fields, "ms")
	l.text = append(l.text, fmt.Sprint(message, " ", fields))
}

func TestLog(t *testing.T) {
	t.Parallel()
	var lines logLines
	s := &script{steps: []step{
		{err: errReset}, {status: 500, header: map[string]string{"X-Request-Id": "r1"}}, {status: 204},
	}}
	cfg := testConfig(s)
	cfg.Log = lines.add
	if err := newClient(t, cfg).DeleteFunction(t.Context(), testURN); err != nil {
		t.Fatal(err)
	}
	const line = "FunctionGraph request map[attempt:%d method:DELETE request_id:%s " +
		"route:/v2/{project_id}/fgs/functions/{urn} status:%d]"
	want := []string{fmt.Sprintf(line, 1, "", 0), fmt.Sprintf(line, 2, "r1", 500), fmt.Sprintf(line, 3, "", 204)}
	if strings.Join(lines.text, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines.text, "\n"), strings.Join(want, "\n"))
	}
}

// Neither logs nor error texts hold a credential, an encrypted value or a query, whatever goes wrong.
func TestSecrets(t *testing.T) {
	t.Parallel()
	for name, st := range map[string]step{
		"reset": {err: errReset}, "500": {status: 500},
		"400":  {status: 400, body: `{"error_code":"FSS.1009","error_msg":"m"}`},
		"junk": {status: 200, body: "<html>"}, "429": {status: 429, header: map[string]string{"Retry-After": "99"}},
		"good": {status: 200, body: functionDoc},
	} {
		for _, token := range []string{"", "s3cret-token"} {
			var lines logLines
			cfg := testConfig(&script{steps: []step{st}})
			cfg.AccessKey, cfg.SecretKey, cfg.SecurityToken, cfg.Token = "s3cret-ak", "s3cret-sk", "s3cret-st", token
			cfg.Log, cfg.MaxRetries = lines.add, 1
			c := newClient(t, cfg)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Second)
			defer cancel()
			_, createErr := c.CreateFunction(ctx, CreateFunctionRequest{
				Name: "demo", FunctionSettings: FunctionSettings{EncryptedUserData: ptr(`{"p":"s3cret-value"}`)},
			})
			_, listErr := c.Functions(ctx, FunctionFilter{Name: "s3cret-query"})
			all := fmt.Sprint(strings.Join(lines.text, "\n"), errors.Join(createErr, listErr))
			if strings.Contains(all, "s3cret") || strings.Contains(all, "myhuaweicloud") {
				t.Errorf("%s: %s", name, all)
			}
		}
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{})
	lock := func(urn URN) func() {
		unlock, err := c.Lock(t.Context(), urn)
		if err != nil {
			t.Error(err)
		}
		return unlock
	}
	other := testURN
	other.Name = "other"
	unlock := lock(testURN.WithQualifier("v1"))
	lock(other)() // does not wait for the first

	order := make(chan string, 2)
	waiting := make(chan struct{})
	go func() {
		close(waiting)
		again := lock(testURN.WithQualifier("!prod"))
		order <- "second"
		again()
	}()
	<-waiting
	order <- "first"
	unlock()
	unlock() // once is enough, twice does no harm
	if a, b := <-order, <-order; a != "first" || b != "second" {
		t.Errorf("%s before %s", a, b)
	}

	counter := 0
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			defer lock(testURN)()
			counter++ // the race detector watches
		})
	}
	group.Wait()
	c.locks.mu.Lock()
	defer c.locks.mu.Unlock()
	if counter != 50 || len(c.locks.held) != 0 {
		t.Errorf("%d turns, %d locks left", counter, len(c.locks.held))
	}
}

// Who waits for its turn can give up, at once and without a trace.
func TestLock_cancel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := scripted(t, step{})
		unlock, err := c.Lock(t.Context(), testURN)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		unlockNothing, err := c.Lock(ctx, testURN)
		if !errors.Is(err, context.Canceled) || time.Since(began) != time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		unlockNothing()
		unlock()
		again, err := c.Lock(t.Context(), testURN)
		if err != nil {
			t.Error(err)
		}
		again()
		if len(c.locks.held) != 0 {
			t.Errorf("%d locks left", len(c.locks.held))
		}
	})
}

// A panic below comes up where the caller can guard against it, and the client goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	var panics roundTripper = func(*http.Request) (*http.Response, error) { panic("transport") }
	cfg := testConfig(panics)
	cfg.ProjectID = ""
	c := newClient(t, cfg)
	for range 2 {
		func() {
			defer func() {
				if recover() != "transport" {
					t.Error("the panic did not come up")
				}
			}()
			_, _ = c.Function(t.Context(), testURN)
		}()
	}
}
