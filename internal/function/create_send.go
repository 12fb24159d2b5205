// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// creation is one function being made.
type creation struct {
	op      *base.Operation
	client  *functiongraph.Client
	plan    *model
	src     source
	project string                // the provider's enterprise project; "" for none
	created func(urn string) bool // whether this run has created it
	diags   *diag.Diagnostics
}

// packageName is the planned package, or the service's default.
func (m coreFacet) packageName() string {
	if name := m.Package.ValueString(); name != "" {
		return name
	}
	return defaultPackage
}

// send makes the call that creates. It is repeated only when the service provably did nothing; after a lost answer
// what is there decides.
func (c creation) send(ctx context.Context) (*functiongraph.Function, error) {
	return functiongraph.SendOnce(ctx, c.client, c.post, c.lookup)
}

func (c creation) post(ctx context.Context) (*functiongraph.Function, error) {
	name, pkg := c.plan.Name.ValueString(), c.plan.packageName()
	if c.src.pkg != nil {
		return c.client.ImportFunction(ctx, functiongraph.ImportFunctionRequest{
			Name: name, Package: pkg,
			FileName: filepath.Base(c.src.value.ValueString()),
			File:     c.src.blob(c.src.pkg.Archive),
		})
	}
	request := functiongraph.CreateFunctionRequest{Name: name, Package: pkg, Type: c.plan.Type.ValueString()}
	settings := c.plan.settingsFacets
	if tfconv.Blank(settings.EnterpriseProjectID) && c.project != "" {
		settings.EnterpriseProjectID = types.StringValue(c.project)
	}
	request.FunctionSettings = settings.settingsToAPI(settingsFacets{}, functiongraph.FunctionSettings{})
	code := c.src.toAPI(name, "", "")
	code.DependVersionIDs = c.plan.dependenciesFacet.toAPI(dependenciesFacet{})
	request.Code = &code
	return c.client.CreateFunction(ctx, request)
}

// lookup says, after a lost answer, whether the function is there and is the one that was sent.
func (c creation) lookup(ctx context.Context, since time.Time) (*functiongraph.Function, error) {
	urn, err := c.client.FunctionURN(ctx, c.plan.packageName(), c.plan.Name.ValueString())
	if err == nil {
		var got *functiongraph.Function
		if got, err = c.client.Function(ctx, urn); err == nil && c.ours(got, since) && c.runsOurs(ctx, urn, got) {
			return got, nil
		}
	}
	switch {
	case functiongraph.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return nil, base.ExistsError{ID: urn.String()}
}

// runsOurs compares the code that is there with what was sent: by the digest, or by the address of code that lies
// elsewhere. Of inline code the digest may be that of an archive which the service makes of the text: then the code
// itself is read back, and what cannot be read proves nothing.
//
// Only for 2.7 (inline-digest): the reading back.
func (c creation) runsOurs(ctx context.Context, urn functiongraph.URN, got *functiongraph.Function) bool {
	if c.src.runs(got) || c.src.kind() != typeInline || got.CodeType != typeInline || c.src.scan.Size > maxInline {
		return c.src.runs(got)
	}
	text, err := c.src.scan.Open()
	if err != nil {
		return false
	}
	defer text.Close()
	sent, err := io.ReadAll(text)
	if err != nil {
		return false
	}
	stored, err := c.client.RunningCode(ctx, urn, 2*maxInline) // an archive of little text is longer than the text
	return err == nil && codepack.HoldsText(stored, string(sent))
}

// ours compares what is there with what was sent, but for the code: the settings, and that it was made since the
// request.
func (c creation) ours(got *functiongraph.Function, since time.Time) bool {
	if !c.client.MadeSince(got.LastModified, since) {
		return false
	}
	if c.src.pkg != nil { // settings come from the package
		return c.src.pkg.Runtime == "" || got.Runtime == c.src.pkg.Runtime
	}
	current, filled := *c.plan, *c.plan
	current.writtenNames = current.encryptedFacet.names()
	if filled.Log.IsNull() {
		ownLogOf(got).hide(got)
	}
	current.fromAPI(got, functiongraph.URN{})
	filled.settingsFacets.fill(current.settingsFacets)
	none := functiongraph.FunctionSettings{}
	sent := members(filled.settingsToAPI(settingsFacets{}, none).Creatable())
	for name, value := range members(current.settingsToAPI(settingsFacets{}, none).Creatable()) {
		// Only for Q10 (create-members): what is not there was not taken at create.
		if name != "log_config" && string(sent[name]) != string(value) {
			return false
		}
	}
	return len(got.DependVersionList) == 0 || !c.plan.dependenciesFacet.differs(current.dependenciesFacet)
}

// fail explains why nothing was created.
func (c creation) fail(ctx context.Context, err error) {
	if id, exists := c.exists(ctx, err); exists {
		if c.created(id) {
			c.diags.Append(errTwice(c.plan.fullName()))
			return
		}
		c.op.Exists(path.Root("name"), id, c.plan.Name.ValueString(), "Import it, or choose another name.\n\n"+
			"If this resource is being replaced or is tainted: something that depends on it has create_before_destroy, so that "+
			"Terraform creates the new function first. Remove create_before_destroy there, or run terraform untaint. If the "+
			"function was at another address of this configuration, which this apply deletes: apply again, or keep it by a "+
			"moved block.", err)
		return
	}
	what := c.plan.packageName() + "/" + c.plan.Name.ValueString()
	if !c.plan.failMissing(ctx, c.op, c.op.Sentence(what), err) {
		c.op.Fail(what, err)
	}
}

// exists says that the name is taken, and gives the URN, or what else an import takes.
func (c creation) exists(ctx context.Context, err error) (id string, exists bool) {
	var e base.ExistsError
	if errors.As(err, &e) {
		return e.ID, true
	}
	if !functiongraph.HasCode(err, functiongraph.CodeFunctionExists) {
		return "", false
	}
	pkg, name := c.plan.packageName(), c.plan.Name.ValueString()
	urn, err := c.client.FunctionURN(ctx, pkg, name)
	if err != nil {
		return pkg + "/" + name, true
	}
	return urn.String(), true
}
