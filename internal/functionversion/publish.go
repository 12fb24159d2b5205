// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// generatedNames is how often another name is tried when somebody published in the same second.
const generatedNames = 3

// release publishes a version and brings the state to it; prior is what the state holds until then, nil for nothing.
// What fails before the service has made the version leaves the state as it is.
func (r *Resource) release(
	ctx context.Context, op *base.Operation, plan model, prior *model, timeout base.Timeout, state *tfsdk.State,
) {
	function := op.FunctionURN(plan.FunctionURN)
	ctx, done, ok := op.InTurn(ctx, function, timeout)
	if !ok {
		return
	}
	defer done()
	p := publication{op: op, client: op.Client, function: function, plan: plan, prior: prior}
	published, err := p.publish(ctx, op.Diags)
	if err != nil {
		p.fail(ctx, err)
		return
	}
	if prior == nil && !p.ours {
		r.Connection.NoteTaken(p.urn.String())
	}
	detached, stop := base.Detach(ctx)
	defer stop()
	if p.settle(detached, published, state) && prior != nil {
		p.retention().prune(detached, op.Diags)
	}
}

// settle reads the version that was published and writes it to the state. It says whether the version is there.
func (p *publication) settle(ctx context.Context, published *functiongraph.Function, state *tfsdk.State) bool {
	before := state.Raw
	answer, next := p.plan, p.plan
	answer.fromAPI(published, p.urn)
	next.fill(answer)
	p.op.Add(record().Set(&state.Raw, &next))
	got, err := p.client.ReadBack(ctx, p.urn)
	switch {
	case functiongraph.IsNotFound(err):
		advice := base.Tainted
		if p.prior != nil {
			state.Raw, advice = before, "The state holds the version before it. Apply again."
		}
		p.op.Lost(p.urn.String(), advice, err)
		return false
	case err != nil:
		p.op.Unread(p.urn.String(), err)
		return false
	case p.foreign(got): // the answer to publish need not tell
		state.Raw = before
		p.fail(ctx, p.withdraw(ctx, got))
		return false
	}
	read := p.plan
	read.fromAPI(got, p.urn)
	next = p.plan
	next.Digest = tfconv.Filled(p.plan.Digest, answer.Digest)
	next.fill(read)
	p.op.Add(record().Set(&state.Raw, &next))
	return true
}

// publication is one version being published.
type publication struct {
	op       *base.Operation
	client   *functiongraph.Client
	function functiongraph.URN
	plan     model
	prior    *model                  // what the state holds until then; nil for nothing
	now      *functiongraph.Function // what the function is
	// of the code that is to be published; not every region has one, nor every container image
	digest  string
	address string            // of the container image or object that is to be published, if it is one
	urn     functiongraph.URN // of the version
	ours    bool              // the service has answered to this run that it published the version
}

// errGuard says that the function runs other code than the one to be published: another digest, or another image.
type errGuard struct {
	want, got string
	remains   error // a version of the other code is there, and why; nil for none
}

func (e errGuard) Error() string {
	text := fmt.Sprintf("the function runs other code than the one to be published.\n\nFound:    %s\nExpected: %s", e.got,
		e.want)
	if e.remains != nil {
		text += "\n\n" + e.remains.Error()
	}
	return text
}

func (e errGuard) Unwrap() error { return e.remains }

// publish checks the guard, publishes and checks the answer.
func (p *publication) publish(ctx context.Context, diags *diag.Diagnostics) (*functiongraph.Function, error) {
	now, err := p.client.Function(ctx, p.function)
	if err != nil {
		return nil, err
	}
	if err := p.guard(now); err != nil {
		return nil, err
	}
	published, err := p.send(ctx)
	if p.makesRoom(ctx, err, diags) {
		published, err = p.send(ctx)
	}
	if p.inTheWay(err) {
		return p.takeOver(ctx, err, diags)
	}
	if err != nil {
		return nil, err
	}
	if p.foreign(published) {
		return nil, p.withdraw(ctx, published)
	}
	return published, nil
}

// guard demands that the function runs the code that is to be published. A digest that is not reported refuses nothing:
// some regions report none.
func (p *publication) guard(now *functiongraph.Function) error {
	want := p.plan.Digest.ValueString()
	p.now, p.digest, p.address = now, cmp.Or(now.Digest, want), addressOf(now)
	if want != "" && want != p.digest {
		return errGuard{want: want, got: now.Digest}
	}
	// The function's source_hash names a container image, unless it is the user's own marker.
	if want, named := strings.CutPrefix(p.plan.SourceHash.ValueString(), "image:"); named {
		if image := imageOf(now); image != "" && want != image {
			return errGuard{want: want, got: image}
		}
	}
	return nil
}

// compares says by what a version and the code that is to be published can be told apart: their digests if both are
// known, the addresses of container images or objects in OBS if both are (contract Q12), else nothing.
func (p *publication) compares(version *functiongraph.Function) (want, got string) {
	if p.digest != "" && version.Digest != "" {
		return p.digest, version.Digest
	}
	if address := addressOf(version); address != "" && p.address != "" {
		return p.address, address
	}
	return "", ""
}

// foreign says that a version provably has other code than was to be published: somebody changed it in between.
func (p *publication) foreign(version *functiongraph.Function) bool {
	want, got := p.compares(version)
	return want != got
}

// holds says that a version provably has the code that is to be published.
func (p *publication) holds(version *functiongraph.Function) bool {
	want, got := p.compares(version)
	return want != "" && want == got
}

// addressOf is where the service got code from that it need not have a digest of: a container image, or an object.
//
// Only for Q12 (image-digest) and Q12 (obs-digest): a digest would tell.
func addressOf(f *functiongraph.Function) string {
	if f.CodeType == functiongraph.CodeTypeOBS {
		return f.CodeURL
	}
	return imageOf(f)
}

func imageOf(f *functiongraph.Function) string {
	if f.CustomImage == nil {
		return ""
	}
	return f.CustomImage.Image
}

// send publishes under the asked name, or under one made of the time. The name is always sent, so that a lost answer
// can be looked up.
func (p *publication) send(ctx context.Context) (*functiongraph.Function, error) {
	if tfconv.Known(p.plan.Version) {
		return p.sendAs(ctx, p.plan.Version.ValueString())
	}
	var published *functiongraph.Function
	var err error
	for range generatedNames {
		name := generatedName()
		if p.prior != nil && p.prior.Version.ValueString() == name { // the release before was in this very second
			if err := nextSecond(ctx); err != nil {
				return nil, err
			}
			name = generatedName()
		}
		published, err = p.sendAs(ctx, name)
		var unsure *functiongraph.AmbiguousError // then it may be ours: no second one
		if !functiongraph.HasCode(err, functiongraph.CodeVersionExists) || errors.As(err, &unsure) {
			break
		}
		if late := nextSecond(ctx); late != nil { // somebody else published in this very second
			return nil, errors.Join(err, late)
		}
	}
	return published, err
}

func generatedName() string { return time.Now().UTC().Format("v20060102-150405") }

// nextSecond waits until another name is generated.
func nextSecond(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(time.Second):
		return nil
	}
}

func (p *publication) sendAs(ctx context.Context, name string) (*functiongraph.Function, error) {
	p.urn = p.function.WithQualifier(name)
	request := functiongraph.PublishVersionRequest{Version: name, Description: p.plan.Description.ValueString()}
	send := func(ctx context.Context) (*functiongraph.Function, error) {
		published, err := p.client.PublishVersion(ctx, p.function, request)
		p.ours = err == nil
		return published, err
	}
	return functiongraph.SendOnce(ctx, p.client, send, p.lookup)
}

// lookup says, after a lost answer, whether the version is there and is the one that was asked for.
func (p *publication) lookup(ctx context.Context, since time.Time) (*functiongraph.Function, error) {
	got, err := p.client.Function(ctx, p.urn)
	switch {
	case functiongraph.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, err
	case p.holds(got) && p.client.MadeSince(got.LastModified, since):
		return got, nil
	}
	return nil, base.ExistsError{ID: p.urn.String()}
}

// withdraw takes back a publication that caught somebody else's code, if the service has told this run that it made it.
// Any other version of that name may be somebody else's, and stays.
func (p *publication) withdraw(ctx context.Context, version *functiongraph.Function) error {
	want, got := p.compares(version)
	guard := errGuard{want: want, got: got}
	if !p.ours {
		guard.remains = fmt.Errorf("the version %s holds that code. It stays, since this apply did not provably publish it",
			p.urn)
		return guard
	}
	ctx, cancel := base.Detach(ctx)
	defer cancel()
	if err := p.client.DeleteVersion(ctx, p.urn); err != nil {
		guard.remains = fmt.Errorf("the version %s holds that code and could not be deleted again: %w", p.urn, err)
	}
	return guard
}
