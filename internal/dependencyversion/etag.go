// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"crypto/md5"
	"encoding/hex"
	"io"
	"regexp"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// md5Mark is an etag that is the MD5 of the bytes; another form is the object store's own (contract Q41).
var md5Mark = regexp.MustCompile(`^[0-9A-Fa-f]{32}$`)

// differs says that content is provably not what the service has, by its size and, where it tells, by its MD5.
func differs(c function.Content, size int64, etag string) (bool, error) {
	scan := c.Scan()
	switch {
	case scan == nil: // an object in OBS: nothing is known of it
		return false, nil
	case scan.Size != size:
		return true, nil
	case !md5Mark.MatchString(etag):
		return false, nil
	}
	sum, err := md5Of(c)
	return !strings.EqualFold(sum, etag), err
}

// isSame says that content is provably what the service has.
func isSame(c function.Content, size int64, etag string) (bool, error) {
	if c.Scan() == nil || !md5Mark.MatchString(etag) {
		return false, nil
	}
	other, err := differs(c, size, etag)
	return !other && err == nil, err
}

func md5Of(c function.Content) (string, error) {
	reader, err := c.Scan().Open()
	if err != nil {
		return "", err
	}
	defer reader.Close()
	sum := md5.New()
	if _, err := io.Copy(sum, reader); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
