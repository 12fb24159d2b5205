// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package providerfunction

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
)

var _ function.Function = (*sourceHash)(nil)

type sourceHash struct{}

// NewSourceHash returns source_hash: which source this is.
func NewSourceHash() function.Function { return sourceHash{} }

func (sourceHash) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "source_hash"
}

func (sourceHash) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The content hash of a source of code",
		MarkdownDescription: "The hash that `fgs_function` computes of its source and shows as `source_hash`, in 64 " +
			"lower-case hexadecimal digits. What the path is decides how it is read: a folder as `source_dir` does; a zip " +
			"archive, which its bytes tell and not its name, as `zip_file` and `jar_file` do; any other file as text for " +
			"`inline`, of at most 10 KB. For folders and archives it is a hash of names, contents and executable bits, so " +
			"that an archive which is built again from the same files has the same hash. A `package_file` is an archive here " +
			"too, so that the hash is not the one that `fgs_function` shows, which is of the code in it; code in OBS and " +
			"images have no path. With `stamp_settings`, what `fgs_function` shows is this hash, `+settings.` and a hash of " +
			"the settings: compare with `startswith`. Nothing is requested." + cliDescription,
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "path",
			MarkdownDescription: "Path of the folder, archive or text file. " + pathDescription,
		}},
		VariadicParameter: function.StringParameter{Name: "exclude", MarkdownDescription: excludeDescription},
		Return:            function.StringReturn{},
	}
}

func (sourceHash) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	run(ctx, req, resp, func(s source) (string, error) {
		if s.folder {
			return hashOf(codepack.ScanFolder(s.path, s.exclude))
		}
		hash, err := hashOf(codepack.ScanArchive(s.path, codepack.TypeZip))
		if err == nil {
			return hash, nil
		}
		if text, ok := plainText(s.path); ok {
			return codepack.Inline(text).Hash, nil
		}
		if errors.Is(err, codepack.ErrNotZip) {
			err = fmt.Errorf("%w; and it is no text of at most %d bytes, which inline takes", err, codepack.MaxInlineSize)
		}
		return "", err
	})
}

func hashOf(scan *codepack.Scan, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return scan.Hash, nil
}

// plainText is the text of a file that inline takes: short, of characters, and not the beginning of a zip archive that
// cannot be read.
func plainText(path string) (string, bool) {
	file, err := openRegular(path)
	if err != nil {
		return "", false
	}
	defer func() { _ = file.Close() }() // only read
	content, err := io.ReadAll(io.LimitReader(file, codepack.MaxInlineSize+1))
	if err != nil || len(content) == 0 || len(content) > codepack.MaxInlineSize || !utf8.Valid(content) {
		return "", false
	}
	for _, magic := range []string{"PK\x03\x04", "PK\x05\x06", "PK\x07\x08"} {
		if bytes.HasPrefix(content, []byte(magic)) {
			return "", false
		}
	}
	return string(content), true
}
