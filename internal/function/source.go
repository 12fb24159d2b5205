// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// source is the configured code after a look at it: what is known of it, and its bytes if they are at hand.
type source struct {
	config    codeModel
	attribute string            // the source's attribute within code
	scan      *codepack.Scan    // nil when the bytes are not at hand
	pkg       *codepack.Package // only for package_file
	err       error             // why the bytes are not at hand; nil for a source that is not known yet
}

// open reads the source: the text, or the file from disk. It never fails: what went wrong is kept, since only some
// situations need the bytes.
func (c codeModel) open() source {
	attribute, file := c.path()
	s := source{config: c, attribute: attribute}
	switch {
	case attribute == "inline" && !c.Inline.IsUnknown():
		scan := codepack.Inline(c.Inline.ValueString())
		s.scan = &scan
	case file.IsUnknown() || attribute == "inline":
	case attribute == "package_file":
		s.pkg, s.err = codepack.ScanPackage(file.ValueString())
		if s.err == nil {
			s.scan = &s.pkg.Code
		}
	default:
		s.scan, s.err = codepack.ScanArchive(file.ValueString(), c.kind())
	}
	return s
}

// hash is H: the user's own marker, or the content hash; "" while it cannot be known.
func (s source) hash() string {
	switch {
	case s.config.SourceHash.IsUnknown():
		return ""
	case !s.config.SourceHash.IsNull():
		return s.config.SourceHash.ValueString()
	case s.scan != nil:
		return s.scan.Hash
	}
	return ""
}

// kind is the code type on the wire; "" while it cannot be known.
func (s source) kind() string {
	if s.pkg != nil {
		return s.pkg.Code.Type
	}
	return s.config.kind()
}

// missing says that there is no such file.
func (s source) missing() bool {
	return errors.Is(s.err, fs.ErrNotExist)
}

// at is the path of the attribute that the source stands in.
func (s source) at() path.Path {
	return path.Root("code").AtName(s.attribute)
}

// name is how messages call the source.
func (s source) name() string {
	if _, file := s.config.path(); s.attribute != "inline" {
		return file.ValueString()
	}
	return "the inline code"
}

// code is what an upload carries; present is the name that the code file has now, if it is to keep it.
func (s source) code(function, present string) functiongraph.Code {
	return functiongraph.Code{Type: s.kind(), Filename: s.filename(function, present), Blob: s.blob(*s.scan)}
}

// filename is the name of the code file that an upload carries. Zip and jar always get one, since the documents differ
// on whether the service does without (contract X21): the configured one, else the package's, else the present one,
// else the one that the service would give itself (contract 2.8).
func (s source) filename(function, present string) string {
	configured := s.config.Filename.ValueString()
	switch {
	case configured != "":
		return configured
	case s.pkg != nil:
		return s.pkg.Filename
	case s.kind() != typeZip && s.kind() != typeJar:
		return ""
	case present != "":
		return present
	}
	return function + "." + s.kind()
}

func (s source) blob(scan codepack.Scan) *functiongraph.Blob {
	return &functiongraph.Blob{Name: s.name(), Open: scan.Open, Size: scan.Size, SHA512: scan.Digest}
}

// The summaries of diagnostics about a source.
const (
	summaryMissing = "Code File Not Found"
	summaryInvalid = "Invalid Code File"
)

// explain says why the source cannot be used: which file was looked for and what is wrong with it.
func (s source) explain() (summary, detail string) {
	_, file := s.config.path()
	given := file.ValueString()
	absolute, err := filepath.Abs(given)
	if err != nil {
		absolute = given
	}
	if !s.missing() {
		return summaryInvalid, fmt.Sprintf("%s = %q (%s): %s.", s.attribute, given, absolute, strings.TrimSuffix(s.err.Error(), "."))
	}
	detail = fmt.Sprintf("%s = %q: there is no file %s.", s.attribute, given, absolute)
	if strings.HasPrefix(given, "~") {
		detail += " Terraform does not expand \"~\": use pathexpand()."
	}
	return summaryMissing, detail
}

// warnSigned says that the gateway will refuse an upload of so many bytes: in Base64, code grows by a third.
func (s source) warnSigned(client *functiongraph.Client, size int64, diags *diag.Diagnostics) {
	body := base64.StdEncoding.EncodedLen(int(size))
	if client == nil || !client.Signs() || body <= functiongraph.MaxSignedBody {
		return
	}
	const mb = 1 << 20
	diags.AddAttributeWarning(s.at(), "Code Too Large for a Signed Request",
		fmt.Sprintf("%s has %d MB, which makes a request of %d MB. The gateway takes %d MB of a request that is signed with an "+
			"access key: about 9 MB of code. Configure the provider with a token (HW_AUTH_TOKEN) instead; then code may have "+
			"50 MB.", s.name(), size/mb, body/mb, functiongraph.MaxSignedBody/mb))
}

// fail appends what is wrong with the source as an error.
func (s source) fail(diags *diag.Diagnostics) {
	summary, detail := s.explain()
	diags.AddAttributeError(s.at(), summary, detail)
}
