// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Summary is that of a failure: "Unable to Read Function Alias".
func (op *Operation) Summary() string { return "Unable to " + op.verb.infinitive + " " + op.noun.Title }

// Fail says that the operation failed, and of what.
func (op *Operation) Fail(what string, err error) {
	op.FailWith(op.Sentence(what), err)
}

// Sentence is that of Fail: "Reading urn:x failed.".
func (op *Operation) Sentence(what string) string { return op.verb.gerund + " " + what + " failed." }

// FailWith says in a sentence of its own that the operation failed; and where its time is over, what gives it more.
func (op *Operation) FailWith(sentence string, err error) {
	if until := op.limit.until; !until.IsZero() && time.Now().After(until) {
		sentence += fmt.Sprintf(" The %v that it may take are over: the block timeouts gives it more.", op.limit.within)
	}
	diagnose.Failure(op.Diags, op.Summary(), sentence, err)
}

// NotReadBack says that what was written could not be read back; gone, that it is not there, for longer than "not yet"
// can mean.
func (op *Operation) NotReadBack(what string, gone bool, err error) {
	switch {
	case !gone:
		op.Unread(what, err)
	case op.verb == Updating:
		op.Lost(what, "The state has it as it was planned. The next plan reads it again.", err)
	default:
		op.Lost(what, Tainted, err)
	}
}

// Unread says that reading back failed. It is a warning: the write was made, and the state has what was planned.
func (op *Operation) Unread(what string, err error) {
	op.Diags.AddWarning(op.afterwards(), diagnose.Detail(
		what+" was "+op.verb.done+" as planned, but could not be read back. The next plan reads it again.", err))
}

// Lost says that what was written is not found. That is an error. advice is about the state, in sentences.
func (op *Operation) Lost(what, advice string, err error) {
	diagnose.Failure(op.Diags, op.afterwards(), what+" was "+op.verb.done+", but is not found. "+advice, err)
}

// Tainted is what Lost advises about something new.
const Tainted = "It is in the state, marked as tainted: run terraform untaint if it shows up."

func (op *Operation) afterwards() string {
	return "Unable to Read " + op.noun.Title + " After " + op.verb.noun
}

// ExistsError is something of the asked name that is not, or not provably, what this apply sent.
type ExistsError struct{ ID string }

func (e ExistsError) Error() string {
	return e.ID + " exists, and is not provably what this apply sent: it differs, or it is older"
}

// IsExists says that an error is, or wraps, an ExistsError.
func IsExists(err error) bool {
	var exists ExistsError
	return errors.As(err, &exists)
}

// Exists says that what was to be made is there already. at is the attribute that names it, label a guess at the name
// of the resource, advice what can be done but to import it, as sentences.
func (op *Operation) Exists(at path.Path, id, label, advice string, err error) {
	op.Diags.AddAttributeError(at, op.ExistsSummary(), diagnose.Detail(fmt.Sprintf(
		"There is %s %s already, and Terraform does not take over what it did not provably make.%s %s\n\nIf it should be "+
			"managed here, import it:\n\n%s",
		op.noun.Text, id, diagnose.Unsure(err), advice, op.ImportBlock(label, id)), err))
}

// ExistsSummary is the summary of Exists.
func (op *Operation) ExistsSummary() string { return op.noun.Title + " Already Exists" }

// ImportBlock is a ready block for the configuration.
func (op *Operation) ImportBlock(label, id string) string {
	return diagnose.ImportBlock("fgs_"+op.noun.Type, label, id)
}

// ReplacedLate ends an apply in which an attribute turns out to be another one, of those that replace the object: what
// was not known was planned in place, and that cannot become a replacement. how goes on after its name: "is a, not b".
func (op *Operation) ReplacedLate(at path.Path, how string) {
	root, _ := at.Steps().NextStep()               // a nested path would be marked at a wrong line
	_, object, _ := strings.Cut(op.noun.Text, " ") // without its article
	op.Diags.AddAttributeError(path.Root(root.String()), op.noun.Title+" Would Be Replaced", fmt.Sprintf(
		"%s was not known when this was planned. Now it %s: that replaces the %s, which a plan has to say before. It was "+
			"not touched. Apply again: the next plan shows the replacement. (A plan with -refresh=false cannot tell this from "+
			"an apply: leave that out.)", at, how, object))
}

// OrWithout is for a write that clears something by an empty value, which a service that resets what is left out may
// refuse as no valid one. Then without writes the same and leaves that out; what was refused first is what is wrong, if
// that fails too.
func OrWithout(refusal error, without func() error) error {
	var refused *functiongraph.Error
	if errors.As(refusal, &refused) && refused.Status == http.StatusBadRequest && without() == nil {
		return nil
	}
	return refusal
}
