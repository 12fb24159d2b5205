// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package provider wires the provider together: its configuration, its client and its lists of resources.
package provider

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	fwfunction "github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/functiongraph/terraform-provider-fgs/internal/asyncconfig"
	"github.com/functiongraph/terraform-provider-fgs/internal/catalogue"
	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/credentials"
	"github.com/functiongraph/terraform-provider-fgs/internal/dependencyversion"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionalias"
	"github.com/functiongraph/terraform-provider-fgs/internal/functioncode"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionevent"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiontrigger"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionversion"
	"github.com/functiongraph/terraform-provider-fgs/internal/invocation"
	"github.com/functiongraph/terraform-provider-fgs/internal/providerfunction"
	"github.com/functiongraph/terraform-provider-fgs/internal/reservedinstances"
)

var (
	_ provider.Provider                   = (*fgsProvider)(nil)
	_ provider.ProviderWithFunctions      = (*fgsProvider)(nil)
	_ provider.ProviderWithListResources  = (*fgsProvider)(nil)
	_ provider.ProviderWithValidateConfig = (*fgsProvider)(nil)
	_ provider.ProviderWithActions        = (*fgsProvider)(nil)

	_ provider.ProviderWithEphemeralResources = (*fgsProvider)(nil)
)

type fgsProvider struct {
	version string
	getenv  func(string) string
	tune    func(*functiongraph.Config)
	slow    bool

	// configured is what Configure made last, for the operations that go past the framework.
	configured atomic.Pointer[connection.Connection]
}

// Option changes how a provider is made; only tests need any.
type Option func(*fgsProvider)

// WithEnvironment replaces os.Getenv, so that tests with different environments can run in parallel.
func WithEnvironment(getenv func(string) string) Option {
	return func(p *fgsProvider) { p.getenv = getenv }
}

// WithClient changes the client's configuration before the client is made, for shorter waits or another transport.
func WithClient(tune func(*functiongraph.Config)) Option {
	return func(p *fgsProvider) { p.tune = tune }
}

// WithoutFastWay lets the framework answer everything, for tests that compare both ways. Without it, see fast.
func WithoutFastWay() Option {
	return func(p *fgsProvider) { p.slow = true }
}

// New returns the provider. version appears in User-Agent.
func New(version string, options ...Option) provider.Provider {
	return newProvider(version, options...)
}

func newProvider(version string, options ...Option) *fgsProvider {
	p := &fgsProvider{version: version, getenv: os.Getenv, tune: func(*functiongraph.Config) {}}
	for _, option := range options {
		option(p)
	}
	return p
}

// Resources is the table of contents of what can be managed.
func (p *fgsProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		function.NewResource,
		functionversion.NewResource,
		functionalias.NewResource,
		dependencyversion.NewResource,
		functiontrigger.NewResource,
		invocation.NewResource,
		reservedinstances.NewResource,
		asyncconfig.NewResource,
		functionevent.NewResource,
	}
}

// DataSources is the table of contents of what can be looked up.
func (p *fgsProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		function.NewDataSource,
		function.NewListDataSource,
		functionversion.NewDataSource,
		functionalias.NewDataSource,
		dependencyversion.NewDataSource,
		dependencyversion.NewListDataSource,
		functiontrigger.NewDataSource,
		catalogue.NewRuntimes,
		catalogue.NewTriggerTypes,
		catalogue.NewQuotas,
		reservedinstances.NewDataSource,
	}
}

// EphemeralResources is the table of contents of what can be looked up and is kept nowhere.
func (p *fgsProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{functioncode.NewResource}
}

// Actions is the table of contents of what can be done and leaves nothing in the state.
func (p *fgsProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{invocation.NewAction}
}

// ListResources is the table of contents of what list blocks find.
func (p *fgsProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		function.NewListResource,
		functionversion.NewListResource,
		functionalias.NewListResource,
		dependencyversion.NewListResource,
		functiontrigger.NewListResource,
	}
}

// Functions is the table of contents of what can be computed.
func (p *fgsProvider) Functions(context.Context) []func() fwfunction.Function {
	return []func() fwfunction.Function{
		providerfunction.NewParseURN,
		providerfunction.NewCodeDigest,
		providerfunction.NewSourceHash,
	}
}

func (p *fgsProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "fgs"
	resp.Version = p.version
}

func (p *fgsProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerSchema()
}

// ValidateConfig finds contradictions in what is written down; the environment is only looked at by Configure.
func (p *fgsProvider) ValidateConfig(
	ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse,
) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		m.validate(&resp.Diagnostics)
	}
}

// Configure makes the client. It makes no request: project lookup and authentication happen when one is needed.
func (p *fgsProvider) Configure(
	ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse,
) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c := m.connection(p.getenv)
	resp.ResourceData, resp.DataSourceData, resp.ListResourceData = c, c, c
	resp.EphemeralResourceData, resp.ActionData = c, c
	p.configured.Store(c)
	if len(c.Unknown) > 0 {
		return
	}
	config, who := m.resolve(p.getenv, &resp.Diagnostics)
	if c.Missing = takeMissing(&resp.Diagnostics); c.Missing.HasError() || resp.Diagnostics.HasError() {
		return
	}
	config.UserAgent = p.userAgent(req.TerraformVersion)
	config.Log = func(ctx context.Context, message string, fields map[string]any) {
		tflog.Debug(ctx, message, fields)
	}
	p.tune(&config)
	client, err := p.client(ctx, config, who)
	if err != nil {
		resp.Diagnostics.AddError("Unable to Configure Provider", err.Error())
		return
	}
	c.Client = client
}

// client makes the client, and the source of its credentials, which shares its network and what it must not show. One
// log line says who the provider is.
func (p *fgsProvider) client(
	ctx context.Context, config functiongraph.Config, who credentials.Plan,
) (*functiongraph.Client, error) {
	if config.Transport == nil {
		transport, err := functiongraph.NewTransport(config.Insecure, config.CACertFile, config.Proxy)
		if err != nil {
			return nil, err
		}
		config.Transport = transport
	}
	metadata := p.getenv("FGS_METADATA_ENDPOINT") // of the emulator
	if metadata != "" {
		if err := functiongraph.CheckEndpoint(metadata); err != nil {
			return nil, fmt.Errorf("FGS_METADATA_ENDPOINT: %w", err)
		}
	}
	config.Vault = functiongraph.NewVault()
	config.Source = credentials.New(who, &credentials.Network{
		Transport: config.Transport, IAM: config.IAM(), STS: config.STS(), Metadata: metadata,
		UserAgent: config.UserAgent, Retries: config.MaxRetries, Wait: config.RetryWait, Vault: config.Vault, Log: config.Log,
	})
	tflog.Debug(ctx, "Credentials", map[string]any{"source": config.Source.String()})
	return functiongraph.New(config)
}

// userAgent names provider and CLI; TF_APPEND_USER_AGENT is the CLIs' own convention.
func (p *fgsProvider) userAgent(terraformVersion string) string {
	agent := fmt.Sprintf("terraform-provider-fgs/%s Terraform/%s", p.version, terraformVersion)
	if more := strings.TrimSpace(p.getenv("TF_APPEND_USER_AGENT")); more != "" {
		agent += " " + more
	}
	return agent
}
