// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// mountsFacet holds the file systems that the function mounts.
type mountsFacet struct {
	MountConfig types.Object `tfsdk:"mount_config"` // mountConfigModel
}

type mountConfigModel struct {
	UserID  types.Int64 `tfsdk:"user_id"`
	GroupID types.Int64 `tfsdk:"group_id"`
	Mounts  types.List  `tfsdk:"mounts"` // mountModel
}

type mountModel struct {
	Type      types.String `tfsdk:"mount_type"`
	Resource  types.String `tfsdk:"mount_resource"`
	SharePath types.String `tfsdk:"mount_share_path"`
	LocalPath types.String `tfsdk:"local_mount_path"`
}

const (
	maxMounts    = 5     // contract F27
	maxMountUser = 65534 // contract F26
	noMountUser  = -1    // the service's own user
	mountECS     = "ecs"
)

func mountsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{"mount_config": mountConfigAttribute()}
}

func mountConfigAttribute() schema.SingleNestedAttribute {
	user := func(what string) schema.Int64Attribute {
		return schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Id of the %s that owns what the function writes: `1` to `%d`, but not `1000` or "+
				"`1002`, which the service uses itself. Default: `-1`, no %[1]s of your own.", what, maxMountUser),
			Validators: []validator.Int64{int64validator.Between(noMountUser, maxMountUser),
				int64validator.NoneOf(0, 1000, 1002)},
		}
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "File systems that the function mounts. They lie in a network, so that `vpc` and `agency` are " +
			"usually needed too. Removing it unmounts them.",
		Attributes: map[string]schema.Attribute{
			"user_id":  user("user"),
			"group_id": user("group"),
			"mounts": schema.ListNestedAttribute{
				Optional:            true,
				MarkdownDescription: fmt.Sprintf("Required. The file systems, 1 to %d. Their order has no meaning.", maxMounts),
				Validators:          []validator.List{listvalidator.SizeAtMost(maxMounts)},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"mount_type": schema.StringAttribute{
						Optional: true,
						MarkdownDescription: "Required. Kind of file system: `sfs` (Scalable File Service), `sfsTurbo` (SFS Turbo), or " +
							"`ecs` (a directory that a server shares by NFS).",
						Validators: base.UnlessBlank(stringvalidator.OneOf("sfs", "sfsTurbo", mountECS)),
					},
					"mount_resource": part("Id of the file system, or of the server."),
					"mount_share_path": schema.StringAttribute{
						Optional: true,
						MarkdownDescription: "What is mounted of it, for example `192.168.0.12:/data`. Required for `ecs`; optional " +
							"for the others.",
					},
					"local_mount_path": schema.StringAttribute{
						Optional: true,
						MarkdownDescription: "Required. Where the code finds it, for example `/mnt/data`: an absolute path, usually of " +
							"two levels. Each may occur once.",
						Validators: base.UnlessBlank(absolutePath{}),
					},
				}},
			},
		},
	}
}

var (
	mountConfigType = mountConfigAttribute().GetType()
	mountsType      = mountConfigAttribute().Attributes["mounts"].GetType()
)

func (m mountsFacet) toAPI(prior mountsFacet, out *functiongraph.FunctionSettings) {
	out.MountConfig = mountConfigToAPI(m.MountConfig)
	if out.MountConfig == nil && mountConfigToAPI(prior.MountConfig) != nil {
		// Only for Q3 (put-config): what leaving it out means is open, while a sent list replaces the old one (contract 3.4).
		out.MountConfig = &functiongraph.MountConfig{
			User:   functiongraph.MountUser{UserID: noMountUser, UserGroupID: noMountUser},
			Mounts: []functiongraph.FunctionMount{},
		}
	}
}

func (m *mountsFacet) fromAPI(in *functiongraph.Function) {
	m.MountConfig = shown(m.MountConfig, mountConfigToAPI, m.plainMounts(in.MountConfig), mountConfigFromAPI)
}

func mountConfigToAPI(o types.Object) *functiongraph.MountConfig {
	m, ok := tfconv.Object[mountConfigModel](o)
	if !ok || tfconv.Blank(o) {
		return nil
	}
	out := &functiongraph.MountConfig{
		User: functiongraph.MountUser{UserID: mountUser(m.UserID.ValueInt64()),
			UserGroupID: mountUser(m.GroupID.ValueInt64())},
		Mounts: []functiongraph.FunctionMount{},
	}
	for _, mount := range m.mounts() {
		out.Mounts = append(out.Mounts, functiongraph.FunctionMount{
			MountType: mount.Type.ValueString(), MountResource: mount.Resource.ValueString(),
			MountSharePath: mount.SharePath.ValueString(), LocalMountPath: mount.LocalPath.ValueString(),
		})
	}
	return out
}

func (m mountConfigModel) mounts() (mounts []mountModel) {
	for _, element := range m.Mounts.Elements() {
		if !tfconv.Blank(element) {
			mount, _ := tfconv.Object[mountModel](element.(types.Object)) //nolint:forcetypeassert // the schema says so
			mounts = append(mounts, mount)
		}
	}
	return mounts
}

// mountUser makes the default of null, and of an id that is not reported.
func mountUser(id int64) int64 {
	if id == 0 {
		return noMountUser
	}
	return id
}

// plainMounts brings what is reported into the order of what is there: the order has no meaning. nil for no mounts.
func (m mountsFacet) plainMounts(in *functiongraph.MountConfig) *functiongraph.MountConfig {
	if in == nil || len(in.Mounts) == 0 {
		return nil
	}
	out := &functiongraph.MountConfig{
		User:   functiongraph.MountUser{UserID: mountUser(in.User.UserID), UserGroupID: mountUser(in.User.UserGroupID)},
		Mounts: slices.Clone(in.Mounts),
	}
	var order []string
	if present := mountConfigToAPI(m.MountConfig); present != nil {
		for _, mount := range present.Mounts {
			order = append(order, mount.LocalMountPath)
		}
	}
	place := func(mount functiongraph.FunctionMount) int {
		if i := slices.Index(order, mount.LocalMountPath); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(out.Mounts, func(a, b functiongraph.FunctionMount) int { return place(a) - place(b) })
	return out
}

func mountConfigFromAPI(in *functiongraph.MountConfig) types.Object {
	if in == nil {
		return tfconv.NullObject(mountConfigType)
	}
	user := func(id int64) types.Int64 {
		if id == noMountUser {
			return types.Int64Null()
		}
		return types.Int64Value(id)
	}
	var mounts []mountModel
	for _, mount := range in.Mounts {
		mounts = append(mounts, mountModel{
			Type: types.StringValue(mount.MountType), Resource: types.StringValue(mount.MountResource),
			SharePath: tfconv.Text(&mount.MountSharePath, types.StringNull()),
			LocalPath: types.StringValue(mount.LocalMountPath),
		})
	}
	return tfconv.ObjectOf(mountConfigType, mountConfigModel{
		UserID: user(in.User.UserID), GroupID: user(in.User.UserGroupID), Mounts: tfconv.ListOf(mountsType, mounts),
	})
}

// validateMounts asks for different paths, and for the share of a server.
func (m mountsFacet) validateMounts(diags *diag.Diagnostics) {
	config, ok := tfconv.Object[mountConfigModel](m.MountConfig)
	if !ok {
		return
	}
	seen := map[string]bool{}
	for i, element := range config.Mounts.Elements() {
		mount, ok := tfconv.Object[mountModel](element.(types.Object)) //nolint:forcetypeassert // the schema says so
		if !ok || tfconv.Blank(element) {
			continue
		}
		at := path.Root("mount_config").AtName("mounts").AtListIndex(i)
		local := mount.LocalPath.ValueString()
		if seen[local] {
			diags.AddAttributeError(at.AtName("local_mount_path"), "Path Mounted Twice",
				fmt.Sprintf("%q is the path of another mount, too. Each needs a path of its own.", local))
		}
		seen[local] = tfconv.Known(mount.LocalPath)
		if mount.Type.ValueString() == mountECS && tfconv.Blank(mount.SharePath) {
			diags.AddAttributeError(at.AtName("mount_share_path"), "Missing Share Path",
				"A mount of type ecs needs mount_share_path: what the server shares, for example \"192.168.0.12:/data\".")
		}
	}
}

// absolutePath asks for a path from the root.
type absolutePath struct{}

func (absolutePath) Description(context.Context) string             { return "must be an absolute path below /" }
func (v absolutePath) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (absolutePath) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if text := req.ConfigValue.ValueString(); tfconv.Known(req.ConfigValue) &&
		(!strings.HasPrefix(text, "/") || text == "/") {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Mount Path",
			fmt.Sprintf("%q is no path that can be mounted at. Write an absolute one, for example /mnt/data.", text))
	}
}
