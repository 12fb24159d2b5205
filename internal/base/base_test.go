// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

const functionURN = "urn:fss:my-region:0123456789abcdef0123456789abcdef:function:default:orders"

// thing is a resource whose provider is configured.
func thing(t *testing.T) *Resource {
	t.Helper()
	client, err := functiongraph.New(functiongraph.Config{Region: "my-region", ProjectID: "p",
		Credentials: functiongraph.Credentials{Token: "t"}})
	if err != nil {
		t.Fatal(err)
	}
	return &Resource{
		Noun:       Noun{Type: "thing", Title: "Big Thing", Text: "a big thing"},
		Connection: &connection.Connection{Client: client},
	}
}

// texts are the summaries and details, errors marked.
func texts(diags diag.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&b, "%s: %s: %s\n", d.Severity(), d.Summary(), d.Detail())
	}
	return b.String()
}

// TestEnd: a panic is an error of the operation, and what was said before stays.
func TestEnd(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	func() {
		op := thing(t).Begin(Reading, &diags)
		defer op.End(t.Context())
		op.Diags.AddWarning("before", "")
		panic(errors.New("a defect"))
	}()
	if diags.WarningsCount() != 1 || diags.ErrorsCount() != 1 || !strings.Contains(texts(diags), "reading a big thing") {
		t.Error(texts(diags))
	}
	var none diag.Diagnostics
	func() { defer thing(t).Begin(Reading, &none).End(t.Context()) }()
	if len(none) != 0 {
		t.Errorf("without a panic: %s", texts(none))
	}
}

// TestOperation_notConfigured: a provider that is not configured yet fails what needs it; a refresh leaves the state.
func TestOperation_notConfigured(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*connection.Connection{"never": nil, "not known yet": {Unknown: []string{"token"}}} {
		r := &Resource{Noun: Noun{Text: "a big thing"}, Connection: c}
		for step, passes := range map[string]func(*Operation) bool{
			"ready":   (*Operation).Ready,
			"within":  func(op *Operation) bool { _, _, ok := op.Within(t.Context(), nil); return ok },
			"in turn": func(op *Operation) bool { _, _, ok := op.InTurn(t.Context(), functiongraph.URN{}, nil); return ok },
		} {
			var diags diag.Diagnostics
			if passes(r.Begin(Deleting, &diags)) || !strings.Contains(texts(diags), "Error: ") ||
				!strings.Contains(texts(diags), "Deleting a big thing needs") {
				t.Errorf("%s, %s: %s", name, step, texts(diags))
			}
		}
		var diags diag.Diagnostics
		if _, _, ok := r.Begin(Reading, &diags).Refresh(t.Context()); ok || diags.HasError() || len(diags) != 1 {
			t.Errorf("%s: a refresh says: %s", name, texts(diags))
		}
	}
}

// TestOperation_wrong: all that is wrong with what came in is said at once, and nothing begins.
func TestOperation_wrong(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	op := thing(t).Begin(Updating, &diags)
	op.Add(diag.Diagnostics{diag.NewErrorDiagnostic("a model", "")})
	ParseID(op, types.StringValue("no urn"), functiongraph.ParseURN)
	op.FunctionURN(types.StringValue("none either"))
	_, _, ok := op.InTurn(t.Context(), functiongraph.URN{},
		func(context.Context, time.Duration) (time.Duration, diag.Diagnostics) {
			return 0, diag.Diagnostics{diag.NewErrorDiagnostic("a timeout", "")}
		})
	if got := texts(diags); ok || diags.ErrorsCount() != 4 ||
		!strings.Contains(got, "Unable to Update Big Thing: Updating no urn failed.") {
		t.Error(got)
	}
	if _, _, ok := op.Refresh(t.Context()); ok || diags.ErrorsCount() != 4 {
		t.Error("a refresh begins after an error")
	}
}

// TestInTurn: one operation on a function waits for the other, and its own time begins behind that.
func TestInTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := thing(t)
		urn, err := functiongraph.ParseURN(functionURN)
		if err != nil {
			t.Fatal(err)
		}
		minute := func(context.Context, time.Duration) (time.Duration, diag.Diagnostics) { return time.Minute, nil }
		var diags diag.Diagnostics
		_, done, ok := r.Begin(Creating, &diags).InTurn(t.Context(), urn, minute)
		if !ok {
			t.Fatal(texts(diags))
		}
		go func() {
			time.Sleep(time.Hour)
			done()
		}()
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, _, ok := r.Begin(Deleting, &diags).InTurn(impatient, urn, minute); ok ||
			!strings.Contains(texts(diags), "Unable to Delete Big Thing: Deleting "+functionURN+" did not begin.") {
			t.Error(texts(diags))
		}
		began := time.Now()
		ctx, done, ok := r.Begin(Updating, new(diag.Diagnostics)).InTurn(t.Context(), urn.WithQualifier("v1"), minute)
		defer done()
		deadline, limited := ctx.Deadline()
		if !ok || time.Since(began) < time.Hour-time.Second || !limited || time.Until(deadline) != time.Minute {
			t.Errorf("%t, after %v, with %v", ok, time.Since(began), time.Until(deadline))
		}
	})
}

// TestWithin: without a timeout of its own, an operation has the default.
func TestWithin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, done, ok := thing(t).Begin(Reading, new(diag.Diagnostics)).Within(t.Context(), nil)
		defer done()
		if deadline, limited := ctx.Deadline(); !ok || !limited || time.Until(deadline) != DefaultTimeout {
			t.Error(ok, limited, deadline)
		}
	})
}

// TestReports: the words of what goes wrong.
func TestReports(t *testing.T) {
	t.Parallel()
	cause := errors.New("the cause")
	for want, report := range map[string]func(*Operation){
		"Error: Unable to Create Big Thing: Creating x failed.\n\nthe cause": func(op *Operation) { op.Fail("x", cause) },
		"Error: Unable to Create Big Thing: It is so.\n\nthe cause": func(op *Operation) {
			op.FailWith("It is so.",
				cause)
		},
		"Warning: Unable to Read Big Thing After Creation: x was created as planned, but": func(op *Operation) {
			op.NotReadBack("x", false, cause)
		},
		"Error: Unable to Read Big Thing After Creation: x was created, but is not found. " + Tainted: func(op *Operation) {
			op.NotReadBack("x", true, cause)
		},
		"Error: Unable to Read Big Thing After Update: x was updated, but is not found. The state has": func(op *Operation) {
			op.As(Updating).NotReadBack("x", true, cause)
		},
		"Error: Unable to Read Big Thing After Publication: x was published, but is not found. Wait.": func(op *Operation) {
			op.As(Publishing).Lost("x", "Wait.", cause)
		},
		"Error: Big Thing Already Exists: There is a big thing urn:x already, and Terraform does not take over what it did " +
			"not provably make. Choose.\n\nIf it should be managed here, import it:\n\n  import {\n    to = fgs_thing.x # the " +
			"address of this resource\n    id = \"urn:x\"\n  }": func(op *Operation) {
			op.Exists(path.Root("name"), "urn:x", "x", "Choose.", ExistsError{"urn:x"})
		},
	} {
		var diags diag.Diagnostics
		report(thing(t).Begin(Creating, &diags))
		if got := texts(diags); len(diags) != 1 || !strings.HasPrefix(got, want) {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
	if err := fmt.Errorf("sent: %w", ExistsError{"urn:x"}); !IsExists(err) || IsExists(cause) ||
		!strings.Contains(err.Error(), "urn:x") {
		t.Error(err)
	}
}

// TestOrWithout: a refusal of what is sent empty is answered by leaving that out, and stays what it was where that
// fails.
func TestOrWithout(t *testing.T) {
	t.Parallel()
	refused := &functiongraph.Error{Status: 400, Code: "FSS.0400"}
	other := &functiongraph.Error{Status: 500, Code: "FSS.0500"}
	for name, v := range map[string]struct {
		refusal, second, want error
		calls                 int
	}{
		"taken":         {nil, nil, nil, 0},
		"another error": {other, nil, other, 0},
		"left out":      {fmt.Errorf("put: %w", refused), nil, nil, 1},
		"both refused":  {refused, other, refused, 1},
	} {
		calls := 0
		err := OrWithout(v.refusal, func() error { calls++; return v.second })
		if !errors.Is(err, v.want) || calls != v.calls {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
}

// keys is a private state.
type keys map[string][]byte

func (k keys) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return k[key], nil }

func (k keys) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	k[key] = value
	return nil
}

// TestPrivateState: what is remembered is recalled, what is empty or forgotten is not there.
func TestPrivateState(t *testing.T) {
	t.Parallel()
	type note struct {
		Text string `json:"text,omitempty"`
	}
	k, diags := keys{"bad": []byte("{")}, diag.Diagnostics{}
	ctx := t.Context()
	Remember(ctx, k, "a", note{"x"}, &diags)
	Remember(ctx, k, "flag", true, &diags)
	Remember(ctx, k, "empty", note{}, &diags)
	Remember(ctx, k, "gone", note{"y"}, &diags)
	Forget(ctx, k, "gone", &diags)
	var a note
	var flag bool
	if !Recall(ctx, k, "a", &a, &diags) || a.Text != "x" || !Recall(ctx, k, "flag", &flag, &diags) || !flag {
		t.Errorf("%v, %v, in %s", a, flag, k)
	}
	for _, key := range []string{"empty", "gone", "bad", "never"} {
		if Recall(ctx, k, key, &a, &diags) || key != "bad" && len(k[key]) > 0 {
			t.Errorf("%s is there: %s", key, k[key])
		}
	}
	if len(diags) > 0 {
		t.Error(texts(diags))
	}
	Remember(ctx, k, "a", func() {}, &diags)
	if !diags.HasError() {
		t.Error("what has no JSON form is no error")
	}
}

// TestTimeouts: an operation without a word has no timeout.
func TestTimeouts(t *testing.T) {
	t.Parallel()
	nested := Timeouts(t.Context(), "making", "", "deleting")["timeouts"].GetNestedObject().GetAttributes()
	if len(nested) != 2 || nested["create"].GetDescription() != "How long making may take, for example `5m`. Default: "+
		"`10m`." ||
		nested["delete"].GetDescription() != "How long deleting may take. Default: `10m`." {
		t.Errorf("%v", nested)
	}
}

// TestNames: types have the provider's name, and a connection that is none of this provider's is an error.
func TestNames(t *testing.T) {
	t.Parallel()
	r, d := thing(t), &DataSource{Noun: Noun{Type: "things", Title: "Big Things"}}
	var named resource.MetadataResponse
	r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "fgs"}, &named)
	var alsoNamed datasource.MetadataResponse
	d.Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "fgs"}, &alsoNamed)
	if named.TypeName != "fgs_thing" || alsoNamed.TypeName != "fgs_things" {
		t.Error(named.TypeName, alsoNamed.TypeName)
	}
	var given datasource.ConfigureResponse
	d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: r.Connection}, &given)
	var wrong resource.ConfigureResponse
	r.Configure(t.Context(), resource.ConfigureRequest{ProviderData: 1}, &wrong)
	if given.Diagnostics.HasError() || d.Connection == nil || !wrong.Diagnostics.HasError() || r.Connection != nil {
		t.Error(texts(given.Diagnostics), texts(wrong.Diagnostics))
	}
	var diags diag.Diagnostics
	if (&DataSource{Noun: d.Noun}).Begin(&diags).Ready() ||
		!strings.Contains(texts(diags), "Reading the data source fgs_things needs") {
		t.Error(texts(diags))
	}
}
