// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

func TestDetail(t *testing.T) {
	t.Parallel()
	api := &functiongraph.Error{
		Status: 401, Code: "APIGW.0301", Message: "Incorrect IAM authentication information", RequestID: "r-1",
		Method: "GET", Route: "/v2/{project_id}/fgs/functions/{urn}/config",
	}
	vague := &functiongraph.Error{
		Status: 400, Code: "FSS.1011", Message: "zip: not a valid zip file", Details: "Invalid function code.",
	}
	tooLarge := &functiongraph.Error{Status: 413, Code: "APIGW.0201", Message: "too large"}
	for name, test := range map[string]struct {
		err  error
		want []string
	}{
		"of the service": {api, []string{
			"Reading x failed.", "Incorrect IAM authentication information", "Error code: APIGW.0301", "HTTP status: 401",
			"Request ID: r-1", "Call: GET /v2/{project_id}", "access_key",
		}},
		"with what the client adds": {fmt.Errorf("%w (attempt 6, the last one)", api), []string{"attempt 6, the last one"}},
		"with details, said once": {fmt.Errorf("%w (attempt 6, the last one)", vague), []string{
			"failed.\n\nzip: not a valid zip file\nInvalid function code.\n\nError code: FSS.1011",
			"400\n\n(attempt 6, the last one)",
		}},
		"code missing":   {&functiongraph.Error{Status: 400, Code: "FSS.1012", Message: "m"}, []string{"Make the source"}},
		"VPC":            {&functiongraph.Error{Status: 400, Code: "FSS.1020", Message: "m"}, []string{"set agency"}},
		"path in a name": {&functiongraph.Error{Status: 400, Code: "FSS.1078", Message: "m"}, []string{"without / and \\"}},
		"too large":      {tooLarge, []string{"12 MB", "HW_AUTH_TOKEN"}},
		"other project": {
			&functiongraph.MismatchError{Part: "project", URN: "urn:x", Got: "a", Want: "b"},
			[]string{"urn:x", `"a"`, `"b"`, "provider configuration", "Nothing was requested"},
		},
		"of the network": {errors.New("dial tcp: refused"), []string{"Reading x failed.", "refused"}},
		"nothing listens": {
			fmt.Errorf("no answer: %w", &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}),
			[]string{"Nothing listens there", "endpoint (FGS_ENDPOINT)", "fgs-emulator"},
		},
		"no such host": {
			fmt.Errorf("no answer: %w", &net.DNSError{Err: "no such host", Name: "functiongraph.x", IsNotFound: true}),
			[]string{"region (HW_REGION_NAME)", "iam_endpoint"},
		},
		"project": {
			&functiongraph.Error{Status: 403, Code: "FSS.0403", Message: "invalid token"},
			[]string{"project_id (HW_PROJECT_ID)", "not its name"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Detail("Reading x failed.", test.err)
			for _, part := range test.want {
				if !strings.Contains(got, part) {
					t.Errorf("%q is missing in:\n%s", part, got)
				}
			}
			if strings.Count(got, "Incorrect IAM") > 1 {
				t.Errorf("the service's text is there twice:\n%s", got)
			}
		})
	}
}

// TestPanic keeps what was known: diagnostics from before the panic stay, and the operation ends as an error.
func TestPanic(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	diags.AddWarning("before", "")
	Panic(t.Context(), errors.New("a defect"), "creating a function", &diags)
	if diags.WarningsCount() != 1 || diags.ErrorsCount() != 1 ||
		!strings.Contains(diags[1].Detail(), "creating a function") {
		t.Errorf("diagnostics = %v", diags)
	}
}

func TestImportBlock(t *testing.T) {
	t.Parallel()
	want := "  import {\n    to = fgs_function.orders # the address of this resource\n    id = \"urn:x\"\n  }"
	if got := ImportBlock("fgs_function", "orders", "urn:x"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
