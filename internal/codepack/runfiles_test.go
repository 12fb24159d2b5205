// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestScanFolder_runFiles: what a run writes into the folder must not make its apply another source than its plan.
func TestScanFolder_runFiles(t *testing.T) { // not parallel: the environment
	want := scanTree(t, someTree()).Hash
	plan := string(zipOf(t, member{name: "tfplan", content: "x"}, member{name: "tfstate"}))
	root := someTree().with("release.bin", plan).with("p/tfplan", plan).
		with("sealed", `{"meta":{"key_provider.pbkdf2.x":"e30="},"encrypted_data":"","encryption_version":"v0"}`).
		with("run.txt", "[TRACE]").make(t)
	t.Setenv("TF_LOG_PATH", filepath.Join(root, "run.txt"))
	scan, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	if scan.Hash != want {
		t.Errorf("packed: %v", namesIn(t, *scan))
	}
	checkSameAsArchive(t, *scan)

	t.Setenv("PWD", root) // with -chdir, where the CLI was started
	t.Setenv("TF_LOG_PATH", "run.txt")
	if again := scanAgain(t, root); again.Hash != want {
		t.Errorf("with a relative log: %v", namesIn(t, *again))
	}
	t.Setenv("TF_LOG_PATH", "")
	if again := scanAgain(t, root); !slices.Contains(namesIn(t, *again), "run.txt") {
		t.Error("a file of the function is left out")
	}
}

func scanAgain(t *testing.T, root string) *Scan {
	t.Helper()
	scan, err := ScanFolder(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

// TestScanFolder_onlyRunFiles: a folder with a plan and nothing else is as good as empty.
func TestScanFolder_onlyRunFiles(t *testing.T) {
	t.Parallel()
	root := tree{"tfplan": string(zipOf(t, member{name: "tfplan"}))}.make(t)
	_, err := ScanFolder(root, nil)
	checkFolderError(t, root, err, ErrNoFiles, "no file")
}

// TestIsSavedPlan: an archive of the function's own is code.
func TestIsSavedPlan(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"archive": string(zipOf(t, member{name: "a"})), "longer": string(zipOf(t, member{name: "tfplan2"})),
		"not first": string(zipOf(t, member{name: "a"}, member{name: "tfplan"})),
		"state":     `{"meta":{"version":1}}`, "nothing": "", "short": "PK\x03\x04",
	} {
		if isSavedPlan([]byte(content)[:min(len(content), savedPlanHead)]) {
			t.Errorf("%s is taken for a saved plan", name)
		}
	}
}

// TestScanFolder_terraform: a configuration in a function's folder is seldom meant to be there.
func TestScanFolder_terraform(t *testing.T) {
	t.Parallel()
	scan := scanTree(t, tree{"index.py": "x", "main.tf": "", "x.tf.json": "", "b/y.tofu": "", "z.json": "", "tf": ""})
	if want := []string{"b/y.tofu", "main.tf", "x.tf.json"}; !slices.Equal(scan.Doubts.Terraform, want) {
		t.Errorf("found %v, want %v", scan.Doubts.Terraform, want)
	}
}

// TestScanFolder_modeless: where all files are executable, as on drives of Windows, only their content tells.
func TestScanFolder_modeless(t *testing.T) {
	t.Parallel()
	chmod := func(mode os.FileMode) string {
		root := someTree().make(t)
		for name := range someTree() {
			if err := os.Chmod(inRoot(root, name), mode); err != nil {
				t.Fatal(err)
			}
		}
		return root
	}
	want := scanAgain(t, chmod(0o644))
	for _, mode := range []os.FileMode{0o777, 0o755, 0o700, 0o666, 0o600} {
		if got := scanAgain(t, chmod(mode)); got.Hash != want.Hash || got.Digest != want.Digest {
			t.Errorf("mode %o: another source", mode)
		}
	}
	mixed := chmod(0o777)
	if err := os.Chmod(inRoot(mixed, "index.py"), 0o644); err != nil {
		t.Fatal(err)
	}
	if scanAgain(t, mixed).Hash == want.Hash {
		t.Error("modes that say something do not count")
	}
}
