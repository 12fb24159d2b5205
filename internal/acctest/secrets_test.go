// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccSecrets: one life of a function and a version under TF_LOG=TRACE, with failures in it. No credential is in the
// log, the state, the plan file, or in anything that the CLI says.
func TestAccSecrets(t *testing.T) {
	for name, options := range map[string]emulator.Options{
		"keys": {
			AccessKey: "CANARYACCESSKEY00001", SecretKey: "canary/secret+key=and more00000000000002",
			SecurityToken: "canary-security-token-3",
		},
		"token": {Token: "canary-auth-token/4+5=="},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, options)
			secrets := s.credentials(options)
			log := s.dir.Path("trace.log")
			s.env["TF_LOG"], s.env["TF_LOG_PATH"] = "TRACE", log
			first, second := s.dir.Code("v1.zip", "v1"), s.dir.Code("v2.zip", "v2")

			var said strings.Builder
			apply := func(path string) {
				s.config(orders(path, `user_data = { STAGE = "test" }`), version1)
				said.WriteString(s.run(0, "plan", "-no-color", "-input=false", "-out=plan.bin"))
				said.WriteString(s.run(0, "apply", "-no-color", "-input=false", "plan.bin"))
			}
			s.api.Inject(emulator.Fault{Op: "CreateFunction", Kind: emulator.DropAfter}, emulator.Fault{Op: "GetConfig", Status: 503})
			apply(first)
			s.config(orders(second, ""), version1)
			s.api.Inject(emulator.Fault{Op: "UpdateCode", Status: 403, Code: "FSS.0403", Message: "forbidden"})
			said.WriteString(s.applyFails())
			said.WriteString(s.run(0, "show", "-json"))
			s.noSecrets(secrets)
			said.WriteString(s.run(0, "destroy", "-auto-approve", "-no-color", "-input=false"))
			s.noSecrets(secrets)
			for _, secret := range secrets {
				if strings.Contains(said.String(), secret) {
					t.Errorf("the CLI says %q", secret)
				}
			}
			if trace, err := os.ReadFile(log); err != nil || !bytes.Contains(trace, []byte("FunctionGraph request")) {
				t.Errorf("the log has no line of a request: %v", err)
			}
		})
	}
}

// credentials sets those of the emulator, and returns them in every form in which they could be written.
func (s *shell) credentials(options emulator.Options) []string {
	s.env["HW_ACCESS_KEY"], s.env["HW_SECRET_KEY"] = options.AccessKey, options.SecretKey
	s.env["HW_SECURITY_TOKEN"], s.env["HW_AUTH_TOKEN"] = options.SecurityToken, options.Token
	var out []string
	for _, secret := range []string{options.AccessKey, options.SecretKey, options.SecurityToken, options.Token} {
		if secret != "" {
			out = append(out, secret, url.QueryEscape(secret), url.PathEscape(secret), hex.EncodeToString([]byte(secret)),
				base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)))
		}
	}
	return out
}

// noSecrets searches every file of the working directory, those within archives such as a plan file too.
func (s *shell) noSecrets(secrets []string) {
	s.t.Helper()
	searched := map[string]bool{}
	err := filepath.WalkDir(s.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		searched[filepath.Base(path)] = true
		for _, text := range append(unpacked(content), content) {
			for _, secret := range secrets {
				if bytes.Contains(text, []byte(secret)) {
					s.t.Errorf("%s holds %q", filepath.Base(path), secret)
				}
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range []string{"trace.log", "terraform.tfstate", "plan.bin"} {
		if !searched[name] {
			s.t.Errorf("%s was not searched", name)
		}
	}
}

// unpacked returns the entries of an archive; none if it is not one.
func unpacked(content []byte) [][]byte {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil
	}
	var out [][]byte
	for _, file := range archive.File {
		entry, err := file.Open()
		if err != nil {
			continue
		}
		text, err := io.ReadAll(entry)
		if err == nil {
			out = append(out, text)
		}
		entry.Close()
	}
	return out
}
