// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// document is the YAML of an export package, with lines in place of the property of the same name.
func document(name string, lines ...string) string {
	properties := []string{
		"Handler: index.handler", "Runtime: Python3.9", "CodeType: inline", "CodeFileName: index.py",
		"Description: from elsewhere", "MemorySize: 256", "Timeout: 30",
	}
	for _, line := range lines {
		key, _, _ := strings.Cut(line, ":")
		for i, property := range properties {
			if strings.HasPrefix(property, key+":") {
				properties[i] = line
				line = ""
			}
		}
		if line != "" {
			properties = append(properties, line)
		}
	}
	return "HcCrmTemplateVersion: v1\nResources:\n  " + name + ":\n    Type: HC::Serverless::Function\n" +
		"    Properties:\n      " + strings.Join(properties, "\n      ") + "\n"
}

func importBody(archive string, change object) object {
	return changed(object{
		"func_name": "demo", "file_name": "demo.zip", "file_type": "zip", "file_code": b64(archive),
	}, change)
}

func TestImport(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	archive := zipText(t, "orders.yaml", document("orders", "Environment: {Variables: {host: h, port: 8080}}"),
		"index.py", "print(1)\n")
	got := b.want(200, "", "POST", functions+"/import", importBody(archive, object{"package": "shop"}))
	for name, want := range map[string]any{
		"func_name": "demo", "package": "shop", "runtime": "Python3.9", "timeout": 30.0, "memory_size": 256.0,
		"handler": "index.handler", "description": "from elsewhere", "digest": sha("print(1)\n"), "version": "latest",
		"user_data": `{"host":"h","port":"8080"}`, "code_type": "inline", "code_filename": "index.py", "status": 0.0,
		"func_urn": urnPrefix + "shop:demo",
	} {
		if got.body[name] != want {
			t.Errorf("%s = %v, want %v", name, got.body[name], want)
		}
	}
	for _, name := range []string{"type", "encrypted_user_data", "mount_config", "log_group_id"} {
		if _, ok := got.body[name]; ok {
			t.Errorf("contract 3.15: import does not return %s", name)
		}
	}
	if f, ok := b.server.Function("shop", "demo"); !ok || string(f.Code) != "print(1)\n" || len(f.Versions) != 0 {
		t.Fatalf("imported: %t, %q", ok, f.Code)
	}
}

func TestImportZipCode(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	code := zipText(t, "index.py", "x")
	archive := zipText(t, "f.yml", document("f", "CodeType: zip", "CodeFileName: code.zip"), "code.zip", code)
	got := b.want(200, "", "POST", functions+"/import", importBody(archive, object{}))
	if got.text("digest") != sha(code) || got.text("code_filename") != "code.zip" {
		t.Fatalf("digest %s, file name %s", got.text("digest"), got.text("code_filename"))
	}
}

// TestImportOfCode_large: the bound of F13 is for code in a request; a package has its own (3.15, switch import-size).
func TestImportOfCode_large(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	code := strings.Repeat("\x00", 50<<20) + zipText(t, "index.py", "x")
	archive := zipText(t, "f.yaml", document("f", "CodeType: zip", "CodeFileName: code.zip"), "code.zip", code)
	got := b.want(200, "", "POST", functions+"/import", importBody(archive, object{}))
	if got.body["code_size"] != float64(len(code)) || got.text("digest") != sha(code) {
		t.Fatalf("code_size = %v", got.body["code_size"])
	}
}

// bomb is a package whose directory says that it has code of such a length, so often.
func bomb(t *testing.T, length uint64, times int) string {
	t.Helper()
	var buf bytes.Buffer
	archive := zip.NewWriter(&buf)
	file, err := archive.Create("a.yaml")
	if err == nil {
		_, err = io.WriteString(file, document("f", "CodeType: zip"))
	}
	for range times {
		if err == nil {
			_, err = archive.CreateRaw(&zip.FileHeader{Name: "index.py", Method: zip.Deflate, UncompressedSize64: length})
		}
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestImportRules(t *testing.T) {
	t.Parallel()
	good := zipText(t, "f.yaml", document("orders"), "index.py", "x")
	archived := func(pairs ...string) object { return object{"file_code": b64(zipText(t, pairs...))} }
	for _, rule := range []rulePair{
		{"F1_name", 400, "FSS.1002", object{"func_name": "1"}, object{}},
		{"F1_name_missing", 400, "FSS.1002", object{"func_name": absent{}}, object{}},
		{"F2_package", 400, "FSS.1004", object{"package": "a.b"}, object{"package": "a_b"}},
		{"file_name_missing", 400, "FSS.0400", object{"file_name": absent{}}, object{"file_name": "x.zip"}},
		{"O5_file_type", 400, "FSS.1013", object{"file_type": "tar"}, object{"file_type": "zip"}},
		{"O5_file_type_missing", 400, "FSS.1013", object{"file_type": absent{}}, object{}},
		{"file_code_not_base64", 400, "FSS.1011", object{"file_code": "%"}, object{}},
		{"file_code_not_zip", 400, "FSS.1011", object{"file_code": b64("x")}, object{}},
		{"O2_two_yaml", 400, "FSS.1022", archived("a.yaml", document("f"), "b.yml", "", "index.py", "x"), object{}},
		{"O2_no_yaml", 400, "FSS.1025", archived("index.py", "x"), object{}},
		{"O2_bad_yaml", 400, "FSS.1025", archived("a.yaml", "a: [", "index.py", "x"), object{}},
		{"O2_wrong_type_in_yaml", 400, "FSS.1025",
			archived("a.yaml", document("f", "Timeout: soon"), "index.py", "x"), object{}},
		{"O3_name_of_application", 400, "FSS.1058", object{"package": "orders"}, object{"package": "shop"}},
		{"O3_name_of_default", 400, "FSS.1058", archived("a.yaml", document("default"), "index.py", "x"), object{}},
		{"O4_no_function", 404, "FSS.1057", archived("a.yaml", "Resources: {}", "index.py", "x"), object{}},
		{"O4_other_type", 404, "FSS.1057",
			archived("a.yaml", strings.Replace(document("f"), "::Function", "::Trigger", 1), "index.py", "x"), object{}},
		{"F3_runtime", 400, "FSS.1005", archived("a.yaml", document("f", "Runtime: Perl"), "index.py", "x"), object{}},
		{"F5_memory", 400, "FSS.1007", archived("a.yaml", document("f", "MemorySize: 100"), "index.py", "x"), object{}},
		{"F6_handler", 400, "FSS.1003", archived("a.yaml", document("f", "Handler: index"), "index.py", "x"), object{}},
		{"F7_code_type", 400, "FSS.1006", archived("a.yaml", document("f", "CodeType: tar"), "index.py", "x"), object{}},
		{"yaml_too_long", 400, "FSS.1023", archived("a.yaml", strings.Repeat("#", 1<<20+1), "index.py", "x"), object{}},
		{"bomb_of_code", 400, "FSS.1023", object{"file_code": b64(bomb(t, 300<<20+1, 1))}, object{}},
		{"bomb_in_all", 400, "FSS.1023", object{"file_code": b64(bomb(t, 256<<20, 7))}, object{}},
		{"code_of_another_length", 400, "FSS.1011", object{"file_code": b64(bomb(t, 300<<20, 1))}, object{}},
		{"no_code", 400, "FSS.1012", archived("a.yaml", document("f")), object{}},
		{"other_code_file", 400, "FSS.1012", archived("a.yaml", document("f"), "main.py", "x"), object{}},
		{"two_code_files", 400, "FSS.1012", archived("a.yaml", document("f"), "index.py", "x", "b.py", "y"), object{}},
		{"empty_code", 400, "FSS.1011", archived("a.yaml", document("f"), "index.py", ""), object{}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.want(rule.status, rule.code, "POST", functions+"/import", importBody(good, rule.rejected))
			if got := len(b.server.Functions()); got != 0 {
				t.Fatalf("a refused import left %d functions", got)
			}
			b.want(200, "", "POST", functions+"/import", importBody(good, rule.accepted))
		})
	}
}

func TestImportO1ExistingName(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	archive := zipText(t, "f.yaml", document("f"), "index.py", "x")
	got := b.want(409, "FSS.1061", "POST", functions+"/import", importBody(archive, object{}))
	if got.text("error_msg") != "The function has existed" {
		t.Fatal(got.text("error_msg"))
	}
	b.want(200, "", "POST", functions+"/import", importBody(archive, object{"func_name": "demo2"}))
}

func TestImportLargePackage(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	code := fmt.Sprintf("%s%s", strings.Repeat("\x00", 300_000), zipText(t, "a", "b"))
	archive := strings.Repeat("\x00", 100_000) +
		zipText(t, "f.yaml", document("f", "CodeType: zip", "CodeFileName: c.zip"), "c.zip", code)
	got := b.want(200, "", "POST", functions+"/import", importBody(archive, object{}))
	if got.text("digest") != sha(code) {
		t.Fatal("another code was stored")
	}
}
