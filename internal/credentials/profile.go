// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Profile is what a profile of KooCLI's configuration file says, who and where.
type Profile struct {
	Plan

	Region, ProjectID, DomainID string // "": it does not say
}

// kooFile is the file, as far as it matters. KooCLI writes truth values as texts; other hands may write them as such.
type kooFile struct {
	AuthEncrypt any          `json:"authEncrypt"`
	Current     string       `json:"current"`
	Profiles    []kooProfile `json:"profiles"`
}

type kooProfile struct {
	Name             string  `json:"name"`
	Mode             string  `json:"mode"`
	Region           string  `json:"region"`
	ProjectID        string  `json:"projectId"`
	DomainID         string  `json:"domainId"`
	AgencyName       string  `json:"agencyName"`
	AgencyDomainName string  `json:"agencyDomainName"`
	AgencyDomainID   string  `json:"agencyDomainId"`
	SSO              kooAuth `json:"ssoAuth"`
	kooKeys
}

type kooAuth struct {
	Token kooKeys `json:"stsToken"`
}

type kooKeys struct {
	AccessKey     string `json:"accessKeyId"`
	SecretKey     string `json:"secretAccessKey"`
	SecurityToken string `json:"securityToken"`
}

// maxFile bounds the file, in bytes.
const maxFile = 1 << 20

// ReadProfile reads a profile, by its name, or the one that KooCLI uses if name is "". The errors say what to do, and
// hold no secret.
func ReadProfile(path, name string) (Profile, error) {
	file, err := readFile(path)
	if err != nil {
		return Profile{}, err
	}
	if name == "" {
		name = file.Current
	}
	var names []string
	for _, p := range file.Profiles {
		if p.Name == name {
			return p.profile(path, strings.EqualFold(fmt.Sprint(file.AuthEncrypt), "true"))
		}
		names = append(names, p.Name)
	}
	switch {
	case len(names) == 0:
		return Profile{}, fmt.Errorf("%s holds no profile; make one with hcloud configure set", path)
	case name == "":
		return Profile{}, fmt.Errorf("%s names no current profile; it has %s", path, strings.Join(names, ", "))
	}
	return Profile{}, fmt.Errorf("%s holds no profile %q; it has %s", path, name, strings.Join(names, ", "))
}

func readFile(path string) (file kooFile, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return file, fmt.Errorf("cannot read KooCLI's configuration file: %w", err)
	}
	if info.IsDir() || info.Size() > maxFile {
		return file, fmt.Errorf("%s is not KooCLI's configuration file", path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return file, fmt.Errorf("cannot read KooCLI's configuration file: %w", err)
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff")) // as editors on Windows write it
	if err := json.Unmarshal(content, &file); err != nil {
		return file, fmt.Errorf("%s is not KooCLI's configuration file: %s", path, faultOf(err))
	}
	return file, nil
}

// faultOf is what is wrong with JSON, without the value, which the error itself may quote.
func faultOf(err error) string {
	var typed *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &typed) && typed.Field != "":
		return typed.Field + " is of another type there"
	case errors.As(err, &syntax):
		return fmt.Sprintf("it is no JSON (at byte %d)", syntax.Offset)
	}
	return "it is no object in JSON"
}

func (p kooProfile) profile(path string, encrypted bool) (Profile, error) {
	from := fmt.Sprintf("the profile %s of %s", p.Name, path)
	out := Profile{Region: p.Region, ProjectID: p.ProjectID, DomainID: p.DomainID}
	base, err := p.base(from, encrypted)
	if err != nil {
		return out, fmt.Errorf("%s: %w", from, err)
	}
	out.Base = base
	if p.AgencyName == "" {
		return out, nil
	}
	if p.AgencyDomainName == "" && p.AgencyDomainID == "" {
		return out, fmt.Errorf("%s: it names the agency %s, but not its account", from, p.AgencyName)
	}
	out.Agencies = []Agency{{Name: p.AgencyName, DomainName: p.AgencyDomainName, DomainID: p.AgencyDomainID}}
	return out, nil
}

// base is what a profile's mode begins with. An agency that it names comes on top of any of them.
func (p kooProfile) base(from string, encrypted bool) (Base, error) {
	keys, hint := p.kooKeys, "set them with hcloud configure set"
	switch mode := strings.ToLower(p.Mode); mode {
	case "ecsagency":
		return Metadata{}, nil
	case "sso":
		keys, hint = p.SSO.Token, "log in again with hcloud configure sso"
		from += " (an SSO login; if it has ended, log in again with hcloud configure sso)"
	case "", "aksk":
	case "assumerole":
		hint = "this provider does not know how KooCLI names the profile that the agency is assumed with: configure that " +
			"one as profile, and the agency as assume_role"
	default:
		return nil, fmt.Errorf("its mode is %q, which this provider does not know; use HW_ACCESS_KEY and HW_SECRET_KEY",
			p.Mode)
	}
	switch {
	case keys.AccessKey == "" || keys.SecretKey == "":
		return nil, errors.New("it holds no access key with a secret key; " + hint)
	case encrypted:
		return nil, errors.New("its secrets are encrypted, for KooCLI alone; run hcloud configure set " +
			"--cli-auth-encrypt=false, or use HW_ACCESS_KEY and HW_SECRET_KEY")
	}
	k := functiongraph.Credentials{
		AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, SecurityToken: keys.SecurityToken,
	}
	if err := k.Check(); err != nil {
		return nil, err
	}
	return Keys{k, from}, nil
}
