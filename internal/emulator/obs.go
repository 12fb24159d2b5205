// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// PutObject puts content under the address of an object of OBS, compared as text, or replaces what is there. Code of
// type obs that is sent from then on is that content. A function that has its code already keeps it: the service
// copies an object when it is told to, and does not watch it.
func (s *Server) PutObject(url string, content []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[url] = append([]byte{}, content...)
}

// fetch takes over what is under the function's address at this moment. The copy is shared: nobody writes to it.
func (s *Server) fetch(f *Function) {
	f.Object = nil
	if f.CodeType == codeOBS {
		f.Object = s.objects[f.CodeURL]
	}
}
