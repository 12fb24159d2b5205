// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "strconv"

// objectMembers leaves out the objects that are not set, or shows them with zero values (switch unset-objects).
func (s *Server) objectMembers(all map[string]any, st *Settings, in answers) {
	all["func_vpc_id"], all["log_group_id"], all["log_stream_id"] = "", "", ""
	if st.FuncVPC != nil {
		all["func_vpc_id"] = st.FuncVPC.VPCID
	}
	if st.LogConfig != nil {
		all["log_group_id"], all["log_stream_id"] = st.LogConfig.GroupID, st.LogConfig.StreamID
	}
	if vpc := shown(s, st.FuncVPC); vpc != nil {
		all["func_vpc"] = s.filledVPC(*vpc)
	}
	if controller := shown(s, st.NetworkController); controller != nil {
		all["network_controller"] = s.filledController(*controller)
	}
	if mounts := shown(s, st.MountConfig); mounts != nil {
		all["mount_config"] = map[string]any{
			"mount_user": s.mountUser(mounts.MountUser), "func_mounts": arranged(s, mounts.FuncMounts),
		}
	}
	if image := shown(s, st.CustomImage); image != nil {
		all["custom_image"] = imageBody(*image, in)
	}
}

// shown is an object of an answer: what is set, else a zero one or none.
func shown[T any](s *Server, object *T) *T {
	if object == nil && s.opts.Switches.ZeroObjects {
		return new(T)
	}
	return object
}

// filledVPC adds what the service knows about the network.
func (s *Server) filledVPC(vpc FuncVPC) FuncVPC {
	vpc.SecurityGroups = arranged(s, vpc.SecurityGroups)
	if vpc.VPCID == "" {
		return vpc
	}
	setDefault(&vpc.VPCName, "vpc-"+vpc.VPCID)
	setDefault(&vpc.SubnetName, "subnet-"+vpc.SubnetID)
	setDefault(&vpc.CIDR, "192.168.0.0/24")
	setDefault(&vpc.Gateway, "192.168.0.1")
	setDefault(&vpc.DomainID, s.opts.DomainID)
	setDefault(&vpc.Namespace, s.opts.ProjectID)
	return vpc
}

// filledController: clients send the VPC's id and read its name back (contract 2.4).
func (s *Server) filledController(controller NetworkController) NetworkController {
	controller.TriggerAccessVPCs = arranged(s, controller.TriggerAccessVPCs)
	for i := range controller.TriggerAccessVPCs {
		setDefault(&controller.TriggerAccessVPCs[i].VPCName, "vpc-"+controller.TriggerAccessVPCs[i].VPCID)
	}
	return controller
}

// mountUser has numbers, as the samples, or texts, as the tables (X3, switch mount-ids). An id that is not set is -1.
func (s *Server) mountUser(user *MountUser) map[string]any {
	if user == nil {
		user = &MountUser{}
	}
	out := map[string]any{}
	for name, id := range map[string]*int{"user_id": user.UserID, "user_group_id": user.UserGroupID} {
		number := -1
		if id != nil {
			number = *id
		}
		out[name] = number
		if s.opts.Switches.TextMountIDs {
			out[name] = strconv.Itoa(number)
		}
	}
	return out
}

// imageBody: list versions has one member more (contract 2.4).
func imageBody(image CustomImage, in answers) any {
	if in != inListVersions {
		return image
	}
	return struct {
		CustomImage
		IsPublic bool `json:"is_public"`
	}{CustomImage: image}
}
