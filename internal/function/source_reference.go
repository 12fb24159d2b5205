// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Code that lies elsewhere: an object in OBS, a container image. The provider knows its address and never its content,
// so that the address, or the user's own marker, is what tells one source from another.

// referenceHash stands for the content hash of code that lies elsewhere: the kind of the address, and the address. A
// version of a container image, which has no digest, is checked against it.
func referenceHash(codeType, address string) string {
	if codeType == typeImage {
		return "image:" + address
	}
	return codeType + ":" + address
}

// obsHost is a bucket's host. The part after the region is the partner's or the vendor's own domain.
var obsHost = regexp.MustCompile(`^(?:[a-z0-9][a-z0-9.-]*\.)?obs[a-z0-9]*\.([a-z0-9-]+)\.[a-z0-9-]+(?:\.[a-z0-9-]+)+$`)

// obsRegion is the region that an OBS address names; "" for an address of another form.
func obsRegion(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	match := obsHost.FindStringSubmatch(strings.ToLower(u.Hostname()))
	if match == nil {
		return ""
	}
	return match[1]
}

// warnRegion says that bucket and function are in different regions. The documents do not say that this fails.
func warnRegion(address, region string, diags *diag.Diagnostics) {
	if bucket := obsRegion(address); bucket != "" && region != "" && bucket != region {
		diags.AddAttributeWarning(path.Root("code").AtName("obs_url"), "Bucket in Another Region",
			fmt.Sprintf("The bucket of %s is in region %q, the function in %q. The service may not be able to read it there: "+
				"use a bucket of the function's region.", address, bucket, region))
	}
}

// objectURL checks the form of an OBS address (contract F8).
type objectURL struct{}

func (objectURL) Description(context.Context) string {
	return "must be the address of an object in OBS"
}
func (v objectURL) MarkdownDescription(c context.Context) string { return v.Description(c) }

const objectForm = "Write https://BUCKET.obs.REGION.myhuaweicloud.com/KEY."

func (objectURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	given := req.ConfigValue.ValueString()
	if given == "" { // or null, or not known
		return
	}
	refuse := func(why string) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid OBS Address", strconv.Quote(given)+" "+why+" "+objectForm)
	}
	u, err := url.Parse(given)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		refuse("is no address.")
	case u.User != nil || u.Fragment != "":
		refuse("has a user or a fragment, which an object does not have.")
	case strings.Trim(u.Path, "/") == "":
		refuse("names no object.")
	case u.RawQuery != "":
		// A temporary address carries a signature, which does not belong into a state, and stops working.
		resp.Diagnostics.AddAttributeWarning(req.Path, "OBS Address With a Query",
			"The address of an object has no query. A temporary, signed address would be stored in the state and would stop "+
				"working; let agency read the bucket instead. "+objectForm)
	case obsRegion(given) == "":
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unusual OBS Address",
			fmt.Sprintf("%q does not look like the address of an object in OBS. If the service can read it, all is well. %s",
				given, objectForm))
	}
}

// imageAddress warns about an address that is not SWR's: the service takes images from there (contract 2.4).
type imageAddress struct{}

func (imageAddress) Description(context.Context) string             { return "should be an image in SWR" }
func (v imageAddress) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (imageAddress) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	given := req.ConfigValue.ValueString()
	switch {
	case given == "":
	case strings.Contains(given, "://") || strings.ContainsAny(given, " \t\r\n"):
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Image",
			strconv.Quote(given)+" is no image address. Write it without scheme and blanks: "+
				"swr.REGION.myhuaweicloud.com/ORGANISATION/NAME:TAG.")
	case !strings.HasPrefix(given, "swr.") && !strings.HasPrefix(given, "swr-"):
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unusual Image",
			strconv.Quote(given)+" does not begin with \"swr.\". FunctionGraph runs images of the Software Repository for "+
				"Container, for example swr.cn-north-4.myhuaweicloud.com/shop/orders:1.2.")
	}
}
