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
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// source is the configured code after a look at it: what is known of it, and its bytes if they are at hand.
type source struct {
	sourceAttribute
	config    codeModel
	reference string            // address of code that lies elsewhere; "" for other code, and while it is not known
	scan      *codepack.Scan    // nil when the bytes are not at hand
	pkg       *codepack.Package // only for package_file
	stamp     stamp             // what the settings add to it
	err       error             // why the bytes are not at hand; nil for a source that is not known yet
}

// inspect reads the source: the text, or the file or folder from disk, with the stamp of the settings. It never fails:
// what went wrong is kept, since only some situations need the bytes.
func (c codeModel) inspect(settings stamp) source {
	s := source{sourceAttribute: c.chosen(), config: c, stamp: settings}
	if s.value.IsUnknown() {
		return s
	}
	given := s.value.ValueString()
	switch s.attribute {
	case "inline":
		scan := codepack.Inline(given)
		s.scan = &scan
	case "obs_url", "image":
		s.reference = given
	case "package_file":
		s.pkg, s.err = codepack.ScanPackage(given)
		if s.err == nil {
			s.scan = &s.pkg.Code
		}
	case "source_dir":
		if patterns, known := c.patterns(); known {
			s.scan, s.err = codepack.ScanStampedFolder(given, patterns, settings.text)
		}
	default:
		s.scan, s.err = codepack.ScanStampedArchive(given, s.codeType, settings.text)
	}
	return s
}

// hash is H: the user's own marker, or the content hash, and the stamp; "" while it cannot be known.
func (s source) hash() string {
	if hash := s.unstampedHash(); hash != "" && !s.stamp.open {
		return s.stamp.mark(hash)
	}
	return ""
}

func (s source) unstampedHash() string {
	switch {
	case s.config.SourceHash.IsUnknown():
		return ""
	case !s.config.SourceHash.IsNull():
		return s.config.SourceHash.ValueString()
	case s.scan != nil:
		return s.scan.Hash
	case s.reference != "":
		return referenceHash(s.codeType, s.reference)
	}
	return ""
}

// content is what hash would be without the user's own marker; "" while it cannot be known.
func (s source) content() string {
	s.config.SourceHash = types.StringNull()
	return s.hash()
}

// kind is the code type on the wire; "" while it cannot be known.
func (s source) kind() string {
	if s.pkg != nil {
		return s.pkg.Code.Type
	}
	return s.codeType
}

// refers says that the code lies elsewhere: there are no bytes to look at.
func (s source) refers() bool {
	return s.codeType == typeOBS || s.codeType == typeImage
}

// asUpload is what to remember of an upload after which the service reports digest.
func (s source) asUpload(digest string) upload {
	return upload{
		Digest: digest, SourceHash: s.hash(), Content: s.content(), Type: s.kind(), Reference: s.reference,
		KMSKeyID: s.config.KMSKeyID.ValueString(),
	}
}

// runs says that the service runs this code. Of an object it knows the address only.
func (s source) runs(got *functiongraph.Function) bool {
	switch s.kind() {
	case typeImage:
		return runningImage(got.CustomImage) == s.reference
	case typeOBS:
		return got.CodeType == typeOBS && got.CodeURL == s.reference
	}
	return got.Digest == s.scan.Digest
}

// known says that all is at hand that an upload needs.
func (s source) known() bool {
	return s.scan != nil || s.reference != ""
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
	if s.attribute == "inline" {
		return "the inline code"
	}
	return s.value.ValueString()
}

// toAPI is what an upload carries; present is the name that the code file has now, if it is to keep it, and was is the
// key that encrypts it now.
func (s source) toAPI(function, present, was string) functiongraph.Code {
	code := functiongraph.Code{Type: s.kind(), Filename: s.filename(function, present), KMSKeyID: s.kmsKey(was)}
	switch {
	case s.kind() == typeOBS:
		code.URL = s.reference
	case s.scan != nil:
		code.Blob = s.blob(*s.scan)
	}
	return code
}

// kmsKey is nil, not sent, while there is and was none.
func (s source) kmsKey(was string) *string {
	key := s.config.KMSKeyID.ValueString()
	if key == "" && was == "" {
		return nil
	}
	return &key
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

// adviceMissing is for a file that may be made later.
const adviceMissing = "If another resource makes the file in this apply, let the path refer to that resource; else a " +
	"source_hash of your own in code says whether the source changed where the file is not at hand. (terraform destroy " +
	"plans what is not there yet, too: with -refresh=false it does not.)"

// explain says why the source cannot be used: which file was looked for and what is wrong with it.
func (s source) explain() (summary, detail string) {
	given := s.value.ValueString()
	absolute, err := filepath.Abs(given)
	if err != nil {
		absolute = given
	}
	if !s.missing() {
		detail = fmt.Sprintf("%s = %q (%s): %s", s.attribute, given, absolute, sentence(s.err))
		if errors.Is(s.err, codepack.ErrTooLarge) && s.pkg == nil && s.attribute != "package_file" {
			detail += " Larger code, up to 300 MB, goes through OBS: obs_url."
		}
		return summaryInvalid, detail
	}
	what := "file"
	if s.attribute == "source_dir" {
		what = "folder"
	}
	detail = fmt.Sprintf("%s = %q: there is no %s %s.", s.attribute, given, what, absolute)
	if strings.HasPrefix(given, "~") {
		detail += " Terraform does not expand \"~\": use pathexpand()."
	}
	return summaryMissing, detail
}

// sentence is an error's text with one full stop.
func sentence(err error) string {
	return strings.TrimSuffix(err.Error(), ".") + "."
}

// warnUpload says what may go wrong with an upload, as far as it can be known before. creating is the first one, which
// takes a package as it is.
func (s source) warnUpload(client *functiongraph.Client, region string, creating bool, diags *diag.Diagnostics) {
	switch {
	case s.codeType == typeOBS:
		warnRegion(s.reference, region, diags)
	case s.pkg != nil && creating:
		s.warnSigned(client, s.pkg.Archive.Size, diags)
	case s.scan != nil:
		s.checkUpdate(diags)
		s.warnSigned(client, s.scan.Size, diags)
	}
	s.warnDoubts(diags)
}

// checkUpdate refuses what only the call that creates takes.
func (s source) checkUpdate(diags *diag.Diagnostics) {
	if s.pkg == nil || s.scan.Size <= codepack.MaxArchiveSize {
		return
	}
	diags.AddAttributeError(s.at(), "Code Too Large for an Update",
		fmt.Sprintf("The code in %s has %d bytes. The import call, which only creates, takes that; an update takes at most "+
			"%d (50 MB). Put the code into OBS and use obs_url, or make the function anew: terraform apply -replace with its "+
			"address.",
			s.name(), s.scan.Size, codepack.MaxArchiveSize))
}

// warnDoubts names what is in the code and may not work where the function runs.
func (s source) warnDoubts(diags *diag.Diagnostics) {
	if s.scan == nil {
		return
	}
	warn := func(summary string, names []string, why string) {
		if len(names) > 0 {
			diags.AddAttributeWarning(s.at(), summary, s.name()+" holds "+codepack.Few(names)+". "+why)
		}
	}
	warn("Backslashes in an Archive", s.scan.Doubts.Backslashes, "A backslash separates folders on Windows only: where "+
		"the function runs this is one long name of a file, which nothing finds. Build the archive with slashes.")
	if s.kind() != typeJar { // which is read by the runtime itself, without unpacking
		warn("Unreadable Files in an Archive", s.scan.Doubts.Unreadable, "By their modes only their owner may read them, "+
			"and the function runs as another user. Give them 0644, folders and programs 0755, before they are packed.")
	}
	warn("Terraform Configuration in the Code", s.scan.Doubts.Terraform, "It would go up with the code. Move the code "+
		"into a folder of its own, or leave such files out with exclude.")
}

// warnSigned says that the gateway will refuse an upload of so many bytes: in Base64, code grows by a third.
func (s source) warnSigned(client *functiongraph.Client, size int64, diags *diag.Diagnostics) {
	body := base64.StdEncoding.EncodedLen(int(size))
	if client == nil || !client.Signs() || body <= functiongraph.MaxSignedBody {
		return
	}
	const mb = 1 << 20
	diags.AddAttributeWarning(s.at(), "Code Too Large for a Signed Request",
		fmt.Sprintf("%s has %d MB, which makes a request of %d MB. The gateway takes %d MB of a request that is signed "+
			"with an access key: about 9 MB of code. Put the code into OBS and use obs_url, or configure the provider with a "+
			"token (HW_AUTH_TOKEN); then code may have 50 MB.", s.name(), size/mb, body/mb, functiongraph.MaxSignedBody/mb))
}

// fail appends what is wrong with the source as an error.
func (s source) fail(diags *diag.Diagnostics) {
	summary, detail := s.explain()
	if s.missing() {
		detail += " " + adviceMissing
	}
	diags.AddAttributeError(s.at(), summary, detail)
}
