// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// How much of what a function says is shown, in characters. A log has at most 4 KB (contract 3.25).
const (
	maxShownResult = 2 << 10
	maxShownLog    = 4 << 10
	maxShownID     = 100
)

// lookWithin is how long a look at why a call was refused may take.
const lookWithin = 10 * time.Second

// call is one call of a function.
type call struct {
	functiongraph.Call
	urn   functiongraph.URN
	async bool   // do not wait for what the function answers
	any   bool   // take an answer that is the function's failure
	after string // what becomes of the rest of the apply, and of the call in the next one, when it does not succeed
}

// What follows a call that does not succeed. A resource holds back what depends on it, and is not in the state. An
// action holds back only what it was to run before, and nothing remembers it.
const (
	afterResource = "Nothing that depends on the call is changed; the next apply calls again."
	afterAction   = "An action holds back only a change that it runs before (before_create, before_update). The next " +
		"apply calls again only if something triggers it again; `apply -invoke` with its address calls at any time."
)

// make calls the function, once, and says what went wrong; false if anything did. What is called is looked up before:
// a version that was just published may not have arrived everywhere, and reads can wait for that, a call cannot.
func (c call) make(ctx context.Context, op *base.Operation) (*functiongraph.Answer, bool) {
	target, err := op.Client.Function(ctx, c.urn)
	if err != nil {
		op.FailWith("Reading "+c.urn.String()+" before its call failed. It was not called.", err)
		return nil, false
	}
	began := time.Now()
	answer, err := c.send(ctx, op.Client)
	var lost *functiongraph.AmbiguousError
	switch {
	case errors.As(err, &lost):
		diagnose.Failure(op.Diags, "Function May Have Run",
			fmt.Sprintf("%s was called, and no answer came that says whether it ran: it may have run. It is not called again "+
				"in this apply. %s%s%s",
				c.urn, c.after, waited(err, began, target), c.disabled(ctx, op.Client, target, err)), err)
	case functiongraph.HasCode(err, functiongraph.CodeNoFunctionStatus):
		op.FailWith(c.urn.String()+" ran, and gave an answer that is none to FunctionGraph.", err)
	case err != nil:
		c.refused(ctx, op, target, err)
	case answer.Failed && !c.any:
		op.Diags.AddError("Function Failed", c.failure(op.Client, answer))
	default:
		return answer, true
	}
	return nil, false
}

func (c call) send(ctx context.Context, client *functiongraph.Client) (*functiongraph.Answer, error) {
	if !c.async {
		return client.Invoke(ctx, c.urn, c.Call)
	}
	id, err := client.InvokeAsync(ctx, c.urn, c.Call)
	return &functiongraph.Answer{RequestID: id}, err
}

// waited says that time was too short, where it was.
func waited(err error, began time.Time, target *functiongraph.Function) string {
	if !errors.Is(err, context.DeadlineExceeded) {
		return ""
	}
	return fmt.Sprintf(" It was given %s; the function may take %d s. A longer time is set in timeouts.",
		time.Since(began).Round(time.Second), target.Timeout)
}

// refused says that a call was refused, and of a disabled function that this is why (contract Q18): that is better
// advice than any about the code of the refusal, which it shares with others.
func (c call) refused(ctx context.Context, op *base.Operation, target *functiongraph.Function, err error) {
	sentence := "Calling " + c.urn.String() + " failed: it did not run."
	why := c.disabled(ctx, op.Client, target, err)
	if why == "" {
		op.FailWith(sentence, err)
		return
	}
	op.Diags.AddError(op.Summary(), sentence+why+"\n\n"+err.Error())
}

// disabled says that a function is disabled, where the service may have refused its call for that: now, or when the
// version was published (contract V18).
func (c call) disabled(
	ctx context.Context, client *functiongraph.Client, target *functiongraph.Function, err error,
) string {
	var api *functiongraph.Error
	if !errors.As(err, &api) || api.Status != http.StatusForbidden && api.Status < 500 {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	now, err := client.Function(ctx, c.urn.Function())
	if isDisabled(target) || err == nil && isDisabled(now) {
		return " The function is disabled: its max_instance_num is 0."
	}
	return ""
}

// isDisabled goes by the number of instances, and by the status, which not every answer has (contract 3.8, 5).
func isDisabled(f *functiongraph.Function) bool {
	none := f.StrategyConfig != nil && f.StrategyConfig.Concurrency != nil && *f.StrategyConfig.Concurrency == 0
	return none || f.Status != nil && *f.Status == 1
}

// failure says what a function answered that failed.
func (c call) failure(client *functiongraph.Client, answer *functiongraph.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s was called once, and failed. %s\n\n", c.urn, c.after)
	if answer.Result == "" {
		b.WriteString("It answered nothing.\n")
	} else {
		b.WriteString(client.Show(answer.Result, maxShownResult) + "\n")
	}
	fmt.Fprintf(&b, "\nStatus: %d", answer.Status)
	if answer.ErrorCode != "" {
		b.WriteString("\nError code: " + client.Show(answer.ErrorCode, maxShownID))
	}
	if answer.RequestID != "" {
		b.WriteString("\nRequest ID: " + client.Show(answer.RequestID, maxShownID))
	}
	switch {
	case !c.Log:
		b.WriteString("\n\nIts log is not shown, since it may hold secrets. With show_log = true the end of it is.")
	case answer.Log == "":
		b.WriteString("\n\nIts log is empty.")
	default:
		b.WriteString("\n\nThe end of its log:\n\n" + client.Show(answer.Log, maxShownLog))
	}
	return b.String()
}
