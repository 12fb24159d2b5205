// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	functionName = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]{0,58}[A-Za-z0-9])?$`)      // F1
	packageName  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}$`)                            // F2
	versionName  = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$`)  // V1
	aliasName    = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$`)      // A1, X17
	imageAddress = regexp.MustCompile(`^swr\.[A-Za-z0-9._/-]+(:[A-Za-z0-9._-]+)?(@.+)?$`) // F12
)

// runtimes are those of contract 2.5 (F3).
var runtimes = []string{
	"Java8", "Java11", "Java17", "Java21", "Python2.7", "Python3.6", "Python3.9", "Python3.10", "Python3.12",
	"Go1.8", "Go1.x", "Node.js6.10", "Node.js8.10", "Node.js10.16", "Node.js12.13", "Node.js14.18", "Node.js16.17",
	"Node.js18.15", "Node.js20.15", "C#(.NET Core 2.0)", "C#(.NET Core 2.1)", "C#(.NET Core 3.1)",
	"C#(.NET Core 6.0)", "C#(.NET Core 8.0)", "Custom", "PHP7.3", "PHP8.3", "Cangjie1.0", "Cangjie0.52.3", "http",
	imageRuntime,
}

// memorySizes are those of contract 2.3 (F5); extendedMemory is X29.
var (
	memorySizes    = []int{128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096}
	extendedMemory = []int{8192, 10240}
)

const (
	maxEntries     = 20   // F15
	maxUserData    = 4096 // F16, bytes or characters
	maxDescription = 512  // F17, V7, characters
)

func checkRuntime(_ *Server, runtime string) *Error {
	if !slices.Contains(runtimes, runtime) {
		return badRequest("FSS.1005", "The runtime %q is invalid", runtime) // F3
	}
	return nil
}

func checkMemory(s *Server, size int) *Error {
	extended := !s.opts.Switches.EnumeratedMemory && slices.Contains(extendedMemory, size)
	if !extended && !slices.Contains(memorySizes, size) {
		return badRequest("FSS.1007", "The memory size %d is invalid", size) // F5
	}
	return nil
}

// checkGPUMemory is F28. That a sent zero resets is an assumption of 4.3 (switch reset-zeros).
func checkGPUMemory(s *Server, size int) *Error {
	if size == 0 && !s.opts.Switches.RefuseResetZeros {
		return nil
	}
	if size < 1024 || size > 16384 || size%1024 != 0 {
		return invalid("gpu_memory must be 1024 to 16384 in steps of 1024")
	}
	return nil
}

func checkGPUType(s *Server, name string) *Error {
	if name == "" && s.opts.Switches.RefuseResetZeros {
		return invalid("gpu_type is empty")
	}
	return nil
}

// checkUserData applies F14 to F16. An empty text is no environment.
func checkUserData(s *Server, text string) *Error {
	if text == "" {
		return nil
	}
	var entries map[string]string
	if err := json.Unmarshal([]byte(text), &entries); err != nil || entries == nil {
		return badRequest("FSS.1009", "The user data is not a JSON object of strings") // F14
	}
	if len(entries) > maxEntries {
		return badRequest("FSS.1017", "The user data has more than %d entries", maxEntries) // F15
	}
	size := len(text)
	if s.opts.Switches.CountUserDataCharacters {
		size = 0
		for key, value := range entries {
			size += utf8.RuneCountInString(key) + utf8.RuneCountInString(value)
		}
	}
	if size > maxUserData {
		return badRequest("FSS.1018", "The user data is larger than 4 KB") // F16
	}
	return nil
}

func checkDescription(_ *Server, text string) *Error {
	if utf8.RuneCountInString(text) > maxDescription {
		return badRequest("FSS.1019", "The description is longer than %d characters", maxDescription) // F17, V7
	}
	return nil
}

func checkVPC(_ *Server, vpc *FuncVPC) *Error {
	if vpc.VPCID == "" {
		return badRequest("FSS.1036", "The VPC does not exist")
	}
	if vpc.SubnetID == "" {
		return badRequest("FSS.1037", "The subnet does not exist")
	}
	return nil
}

// checkPeering: up to five CIDRs, separated by semicolons (contract 2.3).
func checkPeering(_ *Server, text string) *Error {
	if text == "" {
		return nil
	}
	blocks := strings.Split(text, ";")
	if len(blocks) > 5 {
		return invalid("peering_cidr has more than 5 blocks")
	}
	for _, block := range blocks {
		if _, err := netip.ParsePrefix(block); err != nil {
			return invalid("peering_cidr has no CIDR %q", block)
		}
	}
	return nil
}

func checkDomainNames(_ *Server, text string) *Error {
	if text == "" {
		return nil
	}
	var zones []struct {
		ID         string `json:"id"`
		DomainName string `json:"domain_name"`
	}
	if err := json.Unmarshal([]byte(text), &zones); err != nil || zones == nil {
		return invalid("domain_names is not a JSON list of id and domain_name")
	}
	return nil
}

func checkImage(_ *Server, image *CustomImage) *Error {
	if image.Enabled && !imageAddress.MatchString(image.Image) {
		return badRequest("FSS.1034", "The image address %q is invalid", image.Image) // F12
	}
	return nil
}

func checkEphemeralStorage(_ *Server, size int) *Error {
	if size != 512 && size != 10240 {
		return invalid("ephemeral_storage must be 512 or 10240")
	}
	return nil
}

// checkHook: file.function, as handlers are written; empty is none.
func checkHook(_ *Server, handler string) *Error {
	if handler != "" && !strings.Contains(handler, ".") {
		return invalid("%q is not of the form file.function", handler)
	}
	return nil
}

func checkLogTags(_ *Server, tags map[string]string) *Error {
	if len(tags) > 10 {
		return invalid("lts_custom_tag has more than 10 tags")
	}
	return nil
}

// checkMounts applies F26 and F27.
func checkMounts(_ *Server, mounts *MountConfig) *Error {
	if mounts.MountUser == nil {
		return invalid("mount_config needs mount_user")
	}
	for _, id := range []**int{&mounts.MountUser.UserID, &mounts.MountUser.UserGroupID} {
		if *id == nil {
			*id = new(int)
			**id = -1 // contract 2.4: a member under a wrong name counts as -1
		}
		if **id < -1 || **id > 65534 || slices.Contains([]int{0, 1000, 1002}, **id) {
			return badRequest("FSS.1075", "The mount user id %d is invalid", **id) // F26
		}
	}
	if len(mounts.FuncMounts) > 5 {
		return forbidden("FSS.1049", "More than 5 file systems are mounted") // F27
	}
	return checkMountList(mounts.FuncMounts)
}

func checkMountList(mounts []FuncMount) *Error {
	paths := map[string]bool{}
	for _, mount := range mounts {
		switch {
		case !slices.Contains([]string{"sfs", "sfsTurbo", "ecs"}, mount.MountType):
			return invalid("mount_type %q is unknown", mount.MountType)
		case mount.MountResource == "":
			return invalid("mount_resource is missing")
		case mount.MountType == "ecs" && mount.MountSharePath == "":
			return invalid("mount_share_path is needed for ecs")
		case !strings.HasPrefix(mount.LocalMountPath, "/"):
			return badRequest("FSS.1039", "The mount path %q is invalid", mount.LocalMountPath)
		case paths[mount.LocalMountPath]:
			return badRequest("FSS.1038", "The path %s is mounted twice", mount.LocalMountPath) // F27
		}
		paths[mount.LocalMountPath] = true
	}
	return nil
}

// between bounds a number.
func between(low, high int, code, name string) func(*Server, int) *Error {
	return func(_ *Server, value int) *Error {
		if value < low || value > high {
			return badRequest(code, "%s %d is not between %d and %d", name, value, low, high)
		}
		return nil
	}
}

// atMost bounds a text in characters.
func atMost(limit int, code, name string) func(*Server, string) *Error {
	return func(_ *Server, text string) *Error {
		if utf8.RuneCountInString(text) > limit {
			return badRequest(code, "%s is longer than %d characters", name, limit)
		}
		return nil
	}
}
