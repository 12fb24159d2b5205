// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// qualifierPattern is a version, or "!" and an alias (contract 2.1).
var qualifierPattern = regexp.MustCompile(`^!?[A-Za-z0-9_.-]+$`)

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"urn": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "URN of the function, without a version. Either this or `name`.",
			Validators:          base.UnlessBlank(functionref.URN{Advice: "Write what follows it as qualifier."}),
		},
		"name": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Name of the function. Either this or `urn`.",
			Validators: base.UnlessBlank(stringvalidator.LengthAtMost(60), stringvalidator.RegexMatches(namePattern,
				"must consist of letters, digits, '_' and '-', begin with a letter and end with a letter or digit")),
		},
		"package": packageAttribute("Package of the function that `name` names. Default: `default`."),
		"qualifier": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "What of the function to read: the name of a published version, or `!` and the name of an " +
				"alias, which stands for its version. Default: `latest`, the function itself.",
			Validators: base.UnlessBlank(stringvalidator.RegexMatches(qualifierPattern,
				"must be the name of a version, or '!' and the name of an alias")),
		},
		"include_tags": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether to read `tags`, which takes a request of its own and a permission for tags. " +
				"Default: `false`.",
		},
	}
	maps.Copy(attributes, factAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A function that something else manages, or one of its versions: what is needed to refer to " +
			"it, and what runs. A function that does not exist is an error.",
		Attributes: attributes,
	}
}

func packageAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: description,
		Validators: []validator.String{
			stringvalidator.LengthAtMost(60),
			stringvalidator.RegexMatches(packageOrNone, "must consist of letters, digits, '_' and '-'"),
		},
	}
}

// factAttributes are what a read tells. Names and types are those of the resource, so that what is read can be written.
func factAttributes() map[string]schema.Attribute {
	text, number, set := types.StringType, types.Int64Type, types.SetType{ElemType: types.StringType}
	texts := types.MapType{ElemType: types.StringType}
	hook := func(name, when string) schema.Attribute {
		return fact(hookType, "`handler` and `timeout` of what runs "+when+"; null if there is none. "+
			"As `"+name+"` of the resource.")
	}
	return map[string]schema.Attribute{
		"id":         fact(text, "The same as `urn`."),
		"project_id": fact(text, "Id of the project that the function is in."),
		"region":     fact(text, "Region that the function is in."),
		"version":    fact(text, "Name of the version that was read: `latest`, or the one that `qualifier` means."),
		"qualified_urn": fact(text, "URN of what was read, with the version or alias at its end: what a trigger or a call "+
			"names."),
		"type":          fact(text, "Generation of the function: `v2`, or the deprecated `v1`."),
		"runtime":       fact(text, "Runtime."),
		"handler":       fact(text, "What the service calls; `-` for container images."),
		"timeout":       fact(number, "Seconds that one invocation may take."),
		"memory_size":   fact(number, "Memory of an instance in MB."),
		"cpu":           fact(number, "CPU of an instance in millicores."),
		"description":   fact(text, "Description of the function; null if there is none."),
		"digest":        fact(text, "SHA-512 of the code that runs, as the service reports it: 128 hexadecimal digits."),
		"code_size":     fact(number, "Size of the code in bytes."),
		"code_filename": fact(text, "Name of the code file."),
		"code_type":     fact(text, "Kind of code: `inline`, `zip`, `jar`, `obs` or `Custom-Image-Swr`."),
		"code_kms_key_id": fact(text, "Id of the KMS key that encrypts the code; null if there is none, or where the "+
			"region does not report it."),
		"obs_url": fact(text, "Address of the code in OBS; null for other code."),
		"image":   fact(text, "Address of the container image; null for other code."),
		"image_config": fact(imageConfigType,
			"How the container starts, as `image_config` of the resource; null for the image's own."),
		"user_data": fact(texts, "Environment variables; null if there are none. Those that are encrypted are not among "+
			"them: the service never shows their values."),
		"encrypted_user_data_names": fact(set, "Names of the encrypted environment variables; null if there are none."),
		"user_data_kms_key_id": fact(text,
			"Id of the KMS key that encrypts the environment variables; null if there is none."),
		"agency":     fact(text, "Agency with which the service acts for the function; null if there is none."),
		"app_agency": fact(text, "Agency whose credentials the code gets; null if there is none of its own."),
		"vpc": fact(vpcType, "VPC that the function reaches: `vpc_id`, `subnet_id`, `security_group_ids`; null if there is "+
			"none."),
		"network_controller": fact(controllerType, "Restrictions of the network, as `network_controller` of the resource; "+
			"null if there are none."),
		"domain_names": fact(domainNamesType,
			"Private DNS zones, each with `id` and `domain_name`; null if there are none."),
		"peering_cidrs": fact(set, "Address ranges that are reached through a VPC; null if there are none."),
		"mount_config":  fact(mountConfigType, "File systems, as `mount_config` of the resource; null if there are none."),
		"initializer":   hook("initializer", "when an instance starts"),
		"pre_stop":      hook("pre_stop", "before an instance stops"),
		"restore_hook":  hook("restore_hook", "when an instance is made from a snapshot"),
		"heartbeat_handler": fact(text, "What the service calls to see whether an instance is well (Java only); null if "+
			"there is none."),
		"gpu":                    fact(gpuType, "GPU of an instance: `type`, and `memory` in MB; null if there is none."),
		"ephemeral_storage":      fact(number, "Temporary storage of an instance in MB; null where it is not reported."),
		"concurrency_num":        fact(number, "Requests that an instance takes at a time; null where it is not reported."),
		"max_instance_num":       fact(number, "How many instances may run: `-1` for no limit, `0` is disabled."),
		"enabled":                fact(types.BoolType, "Whether the function can be invoked."),
		"enable_dynamic_memory":  fact(types.BoolType, "Whether an invocation may ask for another amount of memory."),
		"is_stateful_function":   fact(types.BoolType, "Whether requests of one session go to the same instance."),
		"enable_auth_in_header":  fact(types.BoolType, "Whether requests to a container carry authentication data."),
		"enable_class_isolation": fact(types.BoolType, "Whether Java classes are loaded apart from the service's."),
		"dependency_version_ids": fact(types.ListType{ElemType: text},
			"Ids of the versions of dependency packages, in the order in which they are unpacked; null if there are none."),
		"log": fact(logPlaceType, "Where logs go in LTS: `group_id`, `stream_id`, and the `custom_tags` on them; null if "+
			"nowhere. The names of group and stream are not read."),
		"enterprise_project_id": fact(text, "Id of the enterprise project; null where it is not reported."),
		"last_modified":         fact(text, "When the function or version was last changed, as the service writes it."),
		"tags": fact(texts, "Tags of the function, without those of the system, if `include_tags` is set; else null. Tags "+
			"belong to the function: they are the same whatever `qualifier` is."),
	}
}

// fact is a computed attribute of the type.
func fact(typ attr.Type, description string) schema.Attribute {
	switch typ := typ.(type) {
	case types.ObjectType:
		return schema.ObjectAttribute{Computed: true, AttributeTypes: typ.AttrTypes, MarkdownDescription: description}
	case types.MapType:
		return schema.MapAttribute{Computed: true, ElementType: typ.ElemType, MarkdownDescription: description}
	case types.ListType:
		return schema.ListAttribute{Computed: true, ElementType: typ.ElemType, MarkdownDescription: description}
	case types.SetType:
		return schema.SetAttribute{Computed: true, ElementType: typ.ElemType, MarkdownDescription: description}
	}
	switch typ {
	case types.Int64Type:
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	case types.BoolType:
		return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
	}
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}
