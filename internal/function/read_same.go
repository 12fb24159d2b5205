// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// otherFunction says that a read shows another value for what cannot change at the service. Taken for a change, it
// would replace the function: a wrong answer must not do that, and where somebody made a new function under the name,
// only a person knows which of the two is wanted. Name and package are part of the URN, which the client compares.
type otherFunction struct {
	attribute, is, was string
	urn                functiongraph.URN
}

// Error says what is odd, and the ways out.
func (o otherFunction) Error() string {
	return fmt.Sprintf("The service reports the %s %q of %s, and the state has %q. The %[1]s of a function cannot "+
		"change. Either the answer is wrong, or somebody deleted the function and made another one of this name. Nothing "+
		"was changed.\n\nIf the answer is wrong, it helps to try again later. If there is a new function that should be "+
		"managed here, take the old one out of the state and import the new one:\n\n  terraform state rm fgs_function.%s\n "+
		" terraform import fgs_function.%[5]s %[3]s\n\n(with the address of this resource).", o.attribute, o.is, o.urn, o.was,
		o.urn.Name)
}

// sameFunction compares what cannot change with the state. After an import nothing is known yet; not every region
// reports the type.
func (m model) sameFunction(got *functiongraph.Function, urn functiongraph.URN) error {
	differs := func(known types.String, reported string) bool {
		return known.ValueString() != "" && reported != "" && known.ValueString() != reported
	}
	switch {
	case differs(m.Runtime, got.Runtime):
		return otherFunction{"runtime", got.Runtime, m.Runtime.ValueString(), urn}
	case differs(m.Type, got.Type):
		return otherFunction{"type", got.Type, m.Type.ValueString(), urn}
	}
	return nil
}

// need asks an answer for what the service has reported of the code before, as long as it is code of the same kind:
// without its digest it would look as if somebody had changed it.
func (m codeFacet) need(got *functiongraph.Function) error {
	switch kind := m.CodeType.ValueString(); {
	case kind == "":
	case got.CodeType == "":
		return errors.New("it has no code_type")
	case got.CodeType == kind && m.Digest.ValueString() != "":
		return functiongraph.NeedDigest(got)
	}
	return nil
}

// hide keeps the variables out of all that is said of the service's answers, also of those to other calls.
func (m model) hide(client *functiongraph.Client) {
	if client == nil {
		return
	}
	for _, variables := range []types.Map{m.UserData, m.EncryptedUserData, m.EncryptedUserDataWO} {
		for _, value := range tfconv.Strings(variables) {
			client.Hide(value)
		}
	}
}
