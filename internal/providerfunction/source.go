// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package providerfunction

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
)

// What the documentation of several functions says.
const (
	cliDescription  = " Needs Terraform 1.8 or OpenTofu 1.10."
	pathDescription = "Relative to the working directory of the CLI: write `\"${path.module}/...\"`. It has to be there " +
		"when the configuration is validated, and must not change between plan and apply."
	excludeDescription = "For a folder: patterns of what stays out, as in `exclude` of `fgs_function`. A list is given " +
		"as `[\"tests\", \"**/*.md\"]...`."
)

// source is what the arguments of both functions name.
type source struct {
	path    string
	folder  bool
	exclude []string // patterns, for folders only
}

// run reads the arguments, computes the result of the source and explains what went wrong.
func run(
	ctx context.Context, req function.RunRequest, resp *function.RunResponse, compute func(source) (string, error),
) {
	var s source
	if resp.Error = req.Arguments.Get(ctx, &s.path, &s.exclude); resp.Error != nil {
		return
	}
	if s.path == "" {
		resp.Error = function.NewArgumentFuncError(0, "the path is empty")
		return
	}
	info, err := os.Stat(s.path)
	s.folder = err == nil && info.IsDir()
	if err == nil && !s.folder && len(s.exclude) > 0 {
		resp.Error = function.NewArgumentFuncError(1, fmt.Sprintf("exclude is for folders, and %q is none", s.path))
		return
	}
	if err := codepack.CheckExclude(s.exclude); err != nil {
		resp.Error = function.NewArgumentFuncError(1, phrase(err))
		return
	}
	var result string
	if err == nil {
		result, err = compute(s)
	}
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, explain(s.path, err))
		return
	}
	resp.Error = resp.Result.Set(ctx, result)
}

// explain says which file was looked for and what is wrong with it.
func explain(given string, err error) string {
	absolute, absErr := filepath.Abs(given)
	if absErr != nil {
		absolute = given
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) { // the path is told already
		err = pathError.Err
	}
	switch {
	case errors.Is(err, codepack.ErrEmpty):
		return fmt.Sprintf("%q (%s): the file is empty", given, absolute)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("%q (%s): %s", given, absolute, phrase(err))
	}
	text := fmt.Sprintf("%q: there is no file or folder %s", given, absolute)
	if strings.HasPrefix(given, "~") {
		text += "; \"~\" is not expanded: use pathexpand()"
	}
	return text
}

// phrase is an error's text without a full stop: the CLIs put one behind it.
func phrase(err error) string {
	return strings.TrimSuffix(err.Error(), ".")
}

// openRegular opens a file. It asks what the path is before: opening a named pipe would wait for a writer for ever.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: a file or a folder is needed", codepack.ErrNotRegular)
	}
	return os.Open(path)
}
