// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "strings"

// checkFunction applies the rules that need more than one member, to the function as it would become.
func (s *Server) checkFunction(f *Function) *Error {
	return s.checkTogether(&f.Settings, f.Type, f.CodeType)
}

func (s *Server) checkTogether(st *Settings, functionType, codeType string) *Error {
	for _, rule := range []func(st *Settings, functionType, codeType string) *Error{
		checkHandler, checkImageRule, checkNetwork, s.checkInitializer, checkGPU, checkStrategy, checkRuntimeMembers,
		checkTypeMembers,
	} {
		if err := rule(st, functionType, codeType); err != nil {
			return err
		}
	}
	return nil
}

// checkHandler is F6: a dot where code of a language is called; `-` only for image functions.
func checkHandler(st *Settings, _, codeType string) *Error {
	image := isImageFunction(st, codeType)
	switch {
	case st.Handler == "-" && image:
		return nil
	case st.Handler == "", st.Handler == "-":
		return badRequest("FSS.1003", "The handler %q is invalid", st.Handler)
	case image, calls(st.Runtime, st.Handler):
		return nil
	default:
		return badRequest("FSS.1003", "The handler %q has no dot", st.Handler)
	}
}

// calls says whether a handler has the form that a runtime asks for (F6). Go, C#, Cangjie and programs of one's own ask
// for none.
func calls(runtime, handler string) bool {
	switch {
	case strings.HasPrefix(runtime, "Java"):
		return strings.Contains(handler, ".") || strings.Contains(handler, "::")
	case strings.HasPrefix(runtime, "Node.js"), strings.HasPrefix(runtime, "Python"), strings.HasPrefix(runtime, "PHP"):
		return strings.Contains(handler, ".")
	}
	return true
}

func isImageFunction(st *Settings, codeType string) bool {
	return st.Runtime == imageRuntime || codeType == codeImage
}

// checkImageRule is F12.
func checkImageRule(st *Settings, _, codeType string) *Error {
	if isImageFunction(st, codeType) && (st.CustomImage == nil || st.CustomImage.Image == "") {
		return badRequest("FSS.1034", "custom_image.image is missing")
	}
	return nil
}

// checkNetwork is F23.
func checkNetwork(st *Settings, _, _ string) *Error {
	if st.FuncVPC != nil && st.XRole == "" {
		return badRequest("FSS.1020", "The VPC needs an agency")
	}
	return nil
}

// checkInitializer is F24: both or none, in the form of a handler. Of an image function the handler may be `-`, and the
// timeout may come alone, unless the switch image-initializer takes that back (Q59).
func (s *Server) checkInitializer(st *Settings, _, codeType string) *Error {
	image := isImageFunction(st, codeType)
	exception := image && !s.opts.Switches.RefuseImageInitializer
	switch {
	case st.InitializerHandler == "" && (st.InitializerTimeout == 0 || exception):
		return nil
	case st.InitializerHandler == "", st.InitializerHandler == "-" && !exception,
		!image && !calls(st.Runtime, st.InitializerHandler):
		return badRequest("FSS.1404", "The initializer %q is invalid", st.InitializerHandler)
	case st.InitializerTimeout == 0:
		return badRequest("FSS.1405", "The initializer's timeout is missing")
	default:
		return nil
	}
}

// checkGPU is F28.
func checkGPU(st *Settings, _, _ string) *Error {
	if (st.GPUMemory != 0 || st.GPUType != "") && st.Runtime != "Custom" && st.Runtime != imageRuntime {
		return invalid("gpu_memory and gpu_type are for the runtimes Custom and Custom Image")
	}
	return nil
}

// checkStrategy is F29.
func checkStrategy(st *Settings, functionType, _ string) *Error {
	return checkConcurrency(st.Concurrency, st.ConcurrentNum, functionType)
}

func checkConcurrency(concurrency, concurrentNum int, functionType string) *Error {
	most := 1000
	if functionType == "v1" {
		most = 0
	}
	if concurrency < -1 || concurrency > most {
		return badRequest("FSS.1026", "The concurrency %d is invalid for type %s", concurrency, functionType)
	}
	if functionType == "v1" && concurrentNum != 1 {
		return badRequest("FSS.1026", "concurrent_num is for type v2") // contract 2.4; the code is an assumption
	}
	if concurrentNum < 1 || concurrentNum > 1000 {
		return badRequest("FSS.1026", "concurrent_num %d is not between 1 and 1000", concurrentNum)
	}
	return nil
}

// checkRuntimeMembers: members that contract 2.3 ties to Java; the code is an assumption. enable_auth_in_header is
// accepted for every runtime (F41).
func checkRuntimeMembers(st *Settings, _, _ string) *Error {
	hooks := st.HeartbeatHandler != "" || st.RestoreHookHandler != "" || st.RestoreHookTimeout != 0
	if (hooks || st.EnableClassIsolation) && !isJava(st.Runtime) {
		return invalid("heartbeat_handler, restore_hook_* and enable_class_isolation are for Java")
	}
	if st.HeartbeatHandler != "" && fileOf(st.HeartbeatHandler) != fileOf(st.Handler) {
		return invalid("heartbeat_handler must be in the file of handler")
	}
	return nil
}

// fileOf is what stands before the last dot of a handler.
func fileOf(handler string) string { return handler[:max(0, strings.LastIndex(handler, "."))] }

// checkTypeMembers: v2 only, by contract 2.3.
func checkTypeMembers(st *Settings, functionType, _ string) *Error {
	if functionType == "v1" && (st.IsStatefulFunction || len(st.LTSCustomTag) > 0) {
		return invalid("is_stateful_function and lts_custom_tag are for type v2")
	}
	return nil
}

// checkTransition: secure access over a VPC endpoint cannot be switched off once it is on (contract 2.4).
func checkTransition(before, after *Settings) *Error {
	if before.FuncVPC != nil && after.FuncVPC != nil && before.FuncVPC.IsSafety && !after.FuncVPC.IsSafety {
		return invalid("func_vpc.is_safety cannot be switched off")
	}
	return nil
}
