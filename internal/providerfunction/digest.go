// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package providerfunction

import (
	"context"
	"crypto/sha512"
	"encoding/hex"
	"io"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
)

var _ function.Function = (*codeDigest)(nil)

type codeDigest struct{}

// NewCodeDigest returns code_digest: which bytes would be uploaded.
func NewCodeDigest() function.Function { return codeDigest{} }

func (codeDigest) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "code_digest"
}

func (codeDigest) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The digest that the service reports for code",
		MarkdownDescription: "The SHA-512 that the service reports as `digest` once it runs this code, in 128 lower-case " +
			"hexadecimal digits: of the bytes of a file, whatever they are, or of the archive that `source_dir` of " +
			"`fgs_function` makes of a folder. With `stamp_settings` the service gets other bytes, which depend on the " +
			"settings: then its `digest` is another one. Nothing is requested." + cliDescription,
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "path",
			MarkdownDescription: "Path of the file or folder. " + pathDescription,
		}},
		VariadicParameter: function.StringParameter{Name: "exclude", MarkdownDescription: excludeDescription},
		Return:            function.StringReturn{},
	}
}

func (codeDigest) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	run(ctx, req, resp, func(s source) (string, error) {
		if s.folder {
			scan, err := codepack.ScanFolder(s.path, s.exclude)
			if err != nil {
				return "", err
			}
			return scan.Digest, nil
		}
		return fileDigest(s.path)
	})
}

// fileDigest reads the file as a stream: one for OBS may have 300 MB.
func fileDigest(path string) (string, error) {
	file, err := openRegular(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // only read
	hash := sha512.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
