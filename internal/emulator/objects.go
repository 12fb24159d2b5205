// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "strconv"

// shownVPC adds what the service knows about the network.
func (s *Server) shownVPC(vpc FuncVPC, _ answers) any {
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

// shownController: clients send the VPC's id and read its name back (contract 2.4).
func (s *Server) shownController(controller NetworkController, _ answers) any {
	controller.TriggerAccessVPCs = arranged(s, controller.TriggerAccessVPCs)
	for i := range controller.TriggerAccessVPCs {
		setDefault(&controller.TriggerAccessVPCs[i].VPCName, "vpc-"+controller.TriggerAccessVPCs[i].VPCID)
	}
	return controller
}

func (s *Server) shownMounts(mounts MountConfig, _ answers) any {
	return map[string]any{
		"mount_user": s.mountUser(mounts.MountUser), "func_mounts": arranged(s, mounts.FuncMounts),
	}
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

// shownImage: list versions has one member more (contract 2.4).
func (s *Server) shownImage(image CustomImage, in answers) any {
	if in != inListVersions {
		return image
	}
	return struct {
		CustomImage
		IsPublic bool `json:"is_public"`
	}{CustomImage: image}
}
