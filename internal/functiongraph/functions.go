// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// Function is what the service says about a function or one of its versions (contract section 5, the answers of
// create, config, publish, import, max instances, and the rows of the two lists). Members that a call does not return
// are empty or nil.
type Function struct {
	FunctionSettings

	URN                string   `json:"func_urn"` // 7 or 8 fields, whatever the call likes (contract 2.1)
	Name               string   `json:"func_name"`
	Package            string   `json:"package"`
	Version            string   `json:"version"` // "latest" or a published name
	VersionDescription string   `json:"version_description"`
	Type               string   `json:"type"` // v1 or v2
	CodeType           string   `json:"code_type"`
	CodeURL            string   `json:"code_url"`
	CodeKMSKeyID       *string  `json:"code_encrypt_kms_key_id"` // nil: not every region reports it
	CodeFilename       string   `json:"code_filename"`
	CodeSize           int64    `json:"code_size"` // bytes
	Digest             string   `json:"digest"`    // SHA-512 of the code, hex
	CPU                int64    `json:"cpu"`       // millicores
	LastModified       string   `json:"last_modified"`
	ProjectID          string   `json:"namespace"`
	ProjectName        string   `json:"project_name"`
	Status             *int64   `json:"status"` // 0 enabled, 1 disabled
	LogGroupID         string   `json:"log_group_id"`
	LogStreamID        string   `json:"log_stream_id"`
	DependVersionList  []string `json:"depend_version_list"`

	odd oddMembers
}

func (f *Function) keep(odd oddMembers) { f.odd = odd }

// UnmarshalJSON also takes a number for the time of the last change (contract 1.9: a client must parse a plain
// integer).
func (f *Function) UnmarshalJSON(data []byte) error {
	type members Function // without this method
	wire := struct {
		*members
		LastModified scalarText `json:"last_modified"`
	}{members: (*members)(f)}
	err := json.Unmarshal(data, &wire)
	f.LastModified = string(wire.LastModified)
	return err
}

// scalarText is a text, or a number as it is written.
type scalarText string

// UnmarshalJSON implements json.Unmarshaler.
func (t *scalarText) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err == nil {
		*t = scalarText(s)
		return nil
	}
	var n json.Number
	err := json.Unmarshal(data, &n)
	*t = scalarText(n)
	return err
}

// CreateFunctionRequest is the body of create (contract 3.1). Members that only PUT config takes are not sent.
type CreateFunctionRequest struct {
	FunctionSettings
	Name    string
	Package string // "" is the service's default package
	Type    string // "" is the service's default
	Code    *Code  // nil: the service stores a template
}

// CreateFunction creates a function: POST /v2/{project_id}/fgs/functions (contract 3.1). It sends once, apart from
// tries that provably did nothing; a lost answer is an *AmbiguousError (see SendOnce), and so is one that is not whole.
// The answer's digest is that of the code that was sent.
func (c *Client) CreateFunction(ctx context.Context, in CreateFunctionRequest) (*Function, error) {
	urn, err := c.newFunction(ctx, in.Package, in.Name)
	if err != nil {
		return nil, err
	}
	wire := struct {
		FunctionSettings
		Name    string `json:"func_name"`
		Package string `json:"package,omitempty"`
		Type    string `json:"type,omitempty"`
		codeWire
	}{FunctionSettings: in.Creatable(), Name: in.Name, Package: in.Package, Type: in.Type}
	body, err := in.Code.body(&wire, &wire.codeWire)
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{
		method: http.MethodPost, route: routeFunctions, body: body, once: true, secrets: in.secrets(), makes: urn,
	}, needs(urn))
}

// newFunction is what is known of the URN of a function before it is made: no region, if none is configured.
func (c *Client) newFunction(ctx context.Context, pkg, name string) (URN, error) {
	project, err := c.ProjectID(ctx)
	return URN{Region: c.region, ProjectID: project, Package: firstOf(pkg, "default"), Name: name}, err
}

// Function reads the configuration of a function, a version or an alias's version: GET .../{urn}/config (contract
// 3.3). Errors for which IsNotFound is true: the function, the version or the alias does not exist. An answer that does
// not have what the caller needs, and what every such answer has, counts as a lost one.
func (c *Client) Function(ctx context.Context, urn URN, more ...Need) (*Function, error) {
	return c.readFunction(ctx, urn, false, more...)
}

func (c *Client) readFunction(ctx context.Context, urn URN, written bool, more ...Need) (*Function, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	got, err := fetch(ctx, c, request{
		method: http.MethodGet, route: routeConfig, urn: urn, absent: goneCodes(urn), written: written,
	}, needs(urn, more...))
	if err == nil {
		c.Hide(got.secrets()...)
	}
	return got, err
}

// UpdateSettingsRequest is the body of PUT config (contract 3.4). It must hold the complete desired settings: the
// service may reset what is left out.
type UpdateSettingsRequest struct {
	FunctionSettings
	Name string // the present name; a function cannot be renamed
}

// UpdateSettings replaces the configuration of a function: PUT .../{urn}/config (contract 3.4). The five mandatory
// members are always sent, empty ones too. Of the answer only that it is about the function counts: what the service
// made of the settings, a read tells.
func (c *Client) UpdateSettings(ctx context.Context, urn URN, in UpdateSettingsRequest) error {
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	body, err := jsonBody(struct {
		FunctionSettings
		Name       string `json:"func_name"`
		Runtime    string `json:"runtime"`
		Timeout    int64  `json:"timeout"`
		Handler    string `json:"handler"`
		MemorySize int64  `json:"memory_size"`
	}{in.FunctionSettings, in.Name, in.Runtime, in.Timeout, in.Handler, in.MemorySize})
	if err != nil {
		return err
	}
	_, err = fetch(ctx, c, request{
		method: http.MethodPut, route: routeConfig, urn: urn, body: body, absent: goneCodes(urn), secrets: in.secrets(),
	}, ofFunction(urn))
	return err
}

// SetMaxInstances limits the instances of a function: PUT .../{urn}/config-max-instance (contract 3.8). -1 is
// unlimited, 0 disables the function, at most 1000. An answer that is not about the function is not believed: a read
// decides.
func (c *Client) SetMaxInstances(ctx context.Context, urn URN, n int64) error {
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	// No omitempty: the service refuses a body that lost its zero.
	body, err := jsonBody(struct {
		Number int64 `json:"max_instance_num"`
	}{n})
	if err != nil {
		return err
	}
	return c.assured(ctx, request{
		method: http.MethodPut, route: routeMaxInstances, urn: urn, body: body, absent: goneCodes(urn),
	}, passes(ofFunction(urn)), func(ctx context.Context) (bool, error) {
		got, err := c.Function(ctx, urn)
		if err != nil {
			return false, unconfirmed(err)
		}
		is := got.StrategyConfig
		return is != nil && is.Concurrency != nil && *is.Concurrency == n, nil
	})
}

// FunctionFilter selects functions in Functions; empty members select all.
type FunctionFilter struct {
	Package string // the exact package
	Name    string // a part of the name: the service matches substrings (contract 3.2)
}

// Functions lists the functions of the project, each once, with all pages read: GET /v2/{project_id}/fgs/functions
// (contract 3.2).
func (c *Client) Functions(ctx context.Context, filter FunctionFilter) ([]Function, error) {
	return c.functions(filter).all(ctx)
}

// EachFunction is Functions page by page: it holds no more than one, and reads the next when its functions are wanted.
// An error ends it.
func (c *Client) EachFunction(ctx context.Context, filter FunctionFilter) iter.Seq2[Function, error] {
	return c.functions(filter).each(ctx)
}

func (c *Client) functions(filter FunctionFilter) listing[Function] {
	query := url.Values{"maxitems": {strconv.Itoa(maxPageSize)}}
	if filter.Package != "" {
		query.Set("package_name", filter.Package)
	}
	if filter.Name != "" {
		query.Set("func_name", filter.Name)
	}
	return listing[Function]{
		client: c, request: request{method: http.MethodGet, route: routeFunctions}, member: "functions", query: query,
		counts: true,
		key:    functionKey,
		check:  func(Function) error { return nil },
	}
}

// functionKey tells the rows of functions apart, "" for one that does not say what it is about.
func functionKey(f Function) string {
	if f.Name == "" {
		return ""
	}
	return f.Package + ":" + f.Name
}

// FunctionURN makes the URN of a function of the client's project. Without a configured region the function is looked
// up in the list, by exact package and name; then IsNotFound is true for the error if there is none.
func (c *Client) FunctionURN(ctx context.Context, pkg, name string) (URN, error) {
	project, err := c.ProjectID(ctx)
	if err != nil {
		return URN{}, err
	}
	if c.region != "" {
		return ParseURN(URN{Region: c.region, ProjectID: project, Package: pkg, Name: name}.String())
	}
	rows, err := c.Functions(ctx, FunctionFilter{Package: pkg, Name: name})
	if err != nil {
		return URN{}, err
	}
	for _, row := range rows {
		if row.Package == pkg && row.Name == name {
			urn, err := ParseURN(row.URN)
			return urn.Function(), err
		}
	}
	return URN{}, &Error{
		absent: true, Status: http.StatusNotFound, Code: CodeFunctionNotFound, Method: http.MethodGet,
		Route:   routeFunctions.template,
		Message: "no function " + strconv.Quote(name) + " in package " + strconv.Quote(pkg) + " is in the list of functions",
	}
}
