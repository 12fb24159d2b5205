// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"reflect"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

const kooConfig = `{ "authEncrypt": "false", "language": "en", "offline": "true", "current": "default",
  "profiles": [
    { "name": "default", "mode": "AKSK", "accessKeyId": "AK1", "secretAccessKey": "SK1", "securityToken": "",
      "region": "cn-north-4", "projectId": "p1", "domainId": "d1", "skipSecureVerify": "false", "readTimeout": 10 },
    { "name": "temporary", "mode": "AKSK", "accessKeyId": "AK2", "secretAccessKey": "SK2", "securityToken": "ST2" },
    { "name": "sso", "mode": "SSO", "ssoParam": { "startUrl": "x" }, "accessKeyId": "not this",
      "ssoAuth": { "accessTokenResult": { "expiresAt": 1760000000 },
        "stsToken": { "accessKeyId": "AK3", "secretAccessKey": "SK3", "securityToken": "ST3" } } },
    { "name": "sso-out", "mode": "SSO" },
    { "name": "ecs", "mode": "ecsAgency", "region": "cn-east-3" },
    { "name": "assume", "mode": "AssumeRole", "accessKeyId": "AK4", "secretAccessKey": "SK4",
      "agencyName": "deployer", "agencyDomainName": "prod", "agencyDomainId": "" },
    { "name": "assume-id", "mode": "AKSK", "accessKeyId": "AK4", "secretAccessKey": "SK4",
      "agencyName": "deployer", "agencyDomainId": "d4" },
    { "name": "assume-nothing", "mode": "AssumeRole", "agencyName": "deployer", "agencyDomainName": "prod" },
    { "name": "assume-nowhere", "mode": "AKSK", "accessKeyId": "AK4", "secretAccessKey": "SK4",
	"agencyName": "deployer" },
    { "name": "token", "mode": "token" },
    { "name": "empty", "mode": "AKSK" },
    { "name": "broken", "mode": "AKSK", "accessKeyId": "AK", "secretAccessKey": "s3cret\n" } ] }`

func keysOf(access, secret, token, from string) Keys {
	return Keys{functiongraph.Credentials{AccessKey: access, SecretKey: secret, SecurityToken: token}, from}
}

func TestReadProfile(t *testing.T) {
	t.Parallel()
	path := written(t, kooConfig)
	from := func(name string) string { return "the profile " + name + " of " + path }
	for name, want := range map[string]Profile{
		"":          {Plan{Base: keysOf("AK1", "SK1", "", from("default"))}, "cn-north-4", "p1", "d1"},
		"default":   {Plan{Base: keysOf("AK1", "SK1", "", from("default"))}, "cn-north-4", "p1", "d1"},
		"temporary": {Plan: Plan{Base: keysOf("AK2", "SK2", "ST2", from("temporary"))}},
		"sso": {Plan: Plan{Base: keysOf("AK3", "SK3", "ST3", from("sso")+
			" (an SSO login; if it has ended, log in again with hcloud configure sso)")}},
		"ecs":       {Plan: Plan{Base: Metadata{}}, Region: "cn-east-3"},
		"assume":    {Plan: Plan{keysOf("AK4", "SK4", "", from("assume")), []Agency{{Name: "deployer", DomainName: "prod"}}}},
		"assume-id": {Plan: Plan{keysOf("AK4", "SK4", "", from("assume-id")), []Agency{{Name: "deployer", DomainID: "d4"}}}},
	} {
		got, err := ReadProfile(path, name)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v, want %+v", name, got, err, want)
		}
	}
}

// TestReadProfile_fails: each error names the file and what to do, and quotes no secret.
func TestReadProfile_fails(t *testing.T) {
	t.Parallel()
	encrypted := strings.Replace(kooConfig, `"authEncrypt": "false"`, `"authEncrypt": "true"`, 1)
	for name, v := range map[string]struct{ content, profile, says string }{
		"no such profile":  {kooConfig, "other", `holds no profile "other"; it has default, temporary, sso`},
		"no keys":          {kooConfig, "empty", "hcloud configure set"},
		"logged out":       {kooConfig, "sso-out", "log in again with hcloud configure sso"},
		"unknown mode":     {kooConfig, "token", `its mode is "token"`},
		"source unknown":   {kooConfig, "assume-nothing", "configure that one as profile, and the agency as assume_role"},
		"account unknown":  {kooConfig, "assume-nowhere", "not its account"},
		"a line break":     {kooConfig, "broken", "line break"},
		"encrypted":        {encrypted, "default", "--cli-auth-encrypt=false"},
		"encrypted, true":  {strings.Replace(encrypted, `"true"`, `true`, 1), "default", "--cli-auth-encrypt=false"},
		"encrypted, login": {encrypted, "sso", "--cli-auth-encrypt=false"},
		"no JSON":          {`s3cret`, "default", "it is no JSON (at byte 1)"},
		"JSON to be ended": {`{"current":"s3cret"`, "default", "it is no JSON (at byte 19)"},
		"other JSON":       {`{"profiles":"s3cret"}`, "default", "profiles is of another type there"},
		"another type":     {`{"profiles":[{"secretAccessKey":[5]}]}`, "default", "secretAccessKey is of another type there"},
		"a list":           {`["s3cret"]`, "default", "it is no object in JSON"},
		"no profiles":      {`{}`, "", "holds no profile; make one"},
		"no current one":   {strings.Replace(kooConfig, `"current"`, `"x"`, 1), "", "names no current profile"},
		"a large file":     {strings.Repeat(" ", maxFile+1), "", "is not KooCLI's"},
	} {
		path := written(t, v.content)
		_, err := ReadProfile(path, v.profile)
		if err == nil || !strings.Contains(err.Error(), v.says) || !strings.Contains(err.Error(), path) ||
			strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v, want %q", name, err, v.says)
		}
	}
	if _, err := ReadProfile(written(t, "\ufeff"+kooConfig), "default"); err != nil {
		t.Errorf("a mark of the byte order: %v", err)
	}
	if _, err := ReadProfile(written(t, encrypted), "ecs"); err != nil {
		t.Errorf("an ECS has no secrets in the file: %v", err)
	}
	for _, path := range []string{"/does/not/exist", t.TempDir()} {
		if _, err := ReadProfile(path, ""); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v", err)
		}
	}
}
