// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functioncode_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	name        = "fgs_function_code"
	functionURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
)

// TestOpen: the link of a version is to the code of that version, whatever the function runs now; what the service does
// not say is null; what has no link, or is not there, is an error.
func TestOpen(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{Name: "orders", CodeState: emulator.CodeState{
		CodeType: "inline", CodeFilename: "index.py", Code: []byte("first"),
	}})
	if err := e.Emulator.Publish("default", "orders", "v1", ""); err != nil {
		t.Fatal(err)
	}
	if err := e.Emulator.SetCode("default", "orders", "inline", "index.py", []byte("second")); err != nil {
		t.Fatal(err)
	}
	if err := e.Emulator.PutAlias("default", "orders", "live", "v1", nil); err != nil {
		t.Fatal(err)
	}
	p := e.Protocol(t)
	if _, diags := p.Open(name, map[string]any{"function_urn": functionURN}); !diags.Has("needs a configured provider") {
		t.Errorf("not configured: %s", diags)
	}
	p.Configure(map[string]any{})
	f, _ := e.Emulator.Function("default", "orders")
	for qualifier, want := range map[string]string{
		"": "second", ":latest": "second", ":v1": "first", ":!live": "first",
	} {
		got, diags := p.Open(name, map[string]any{"function_urn": functionURN + qualifier})
		digest := f.Digest
		if want == "first" {
			digest = f.Versions[0].Digest
		}
		if diags.Failed() || download(t, got["link"]) != want || got["type"] != "inline" || got["filename"] != "index.py" ||
			got["digest"] != digest && got["digest"] != "" {
			t.Errorf("%q: %v %s", qualifier, got, diags)
		}
	}
	image := `{"func_urn":"` + functionURN + `","func_name":"orders","package":"default"}`
	less := strings.TrimSuffix(image, "}") + `,"func_code":{"link":"https://x.example/y"}}`
	e.Emulator.Inject(emulator.Fault{Op: "GetCode", Status: 200, RawBody: []byte(less)},
		emulator.Fault{Op: "GetCode", Status: 200, RawBody: []byte(image), Times: 4})
	if got, diags := p.Open(name, map[string]any{"function_urn": functionURN}); diags.Failed() ||
		fmt.Sprint(got) != fmt.Sprint(map[string]string{"function_urn": functionURN, "link": "https://x.example/y",
			"type": "", "filename": "", "digest": "", "size": ""}) {
		t.Errorf("an answer with less: %v %s", got, diags)
	}
	if _, diags := p.Open(name, map[string]any{"function_urn": functionURN}); !diags.Has("no link to the code") {
		t.Errorf("an image: %s", diags)
	}
	e.Emulator.ClearFaults()
	for urn, says := range map[string]string{
		functionURN + ":v9": "Function Not Found",

		strings.Replace(functionURN, "cn-north-4", "eu-west-101", 1): "eu-west-101",
	} {
		if _, diags := p.Open(name, map[string]any{"function_urn": urn}); !diags.Failed() || !diags.Has(says) {
			t.Errorf("%s: %s", urn, diags)
		}
	}
}

func download(t *testing.T, link string) string {
	t.Helper()
	resp, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text(t, content))
}

// text is a source file, which may come as an archive of it.
func text(t *testing.T, content []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return content
	}
	content, err = fs.ReadFile(archive, "index.py")
	if err != nil {
		t.Fatal(err)
	}
	return content
}
