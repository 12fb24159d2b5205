// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import "sync"

// Releases remembers, within one run of Terraform, what happened to the versions of each function. A replacement is two
// calls, one that deletes and one that creates, in either order, which know nothing of each other.
type Releases struct {
	mu        sync.Mutex
	replaced  map[string][]string // by function: versions that were let go and stay at the service
	published map[string]string   // by function: the version that was published last
}

// LetGo notes that a version leaves Terraform and stays at the service. It says whether this run has published another
// version of the function before, which then takes its place.
func (r *Releases) LetGo(function, version string) (succeeded bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.replaced == nil {
		r.replaced = map[string][]string{}
	}
	r.replaced[function] = append(r.replaced[function], version)
	published := r.published[function]
	return published != "" && published != version
}

// Published notes that a version was published. It returns those of the same function that this run has let go, of
// which it takes the place.
func (r *Releases) Published(function, version string) (replaced []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.published == nil {
		r.published = map[string]string{}
	}
	r.published[function] = version
	return r.replaced[function]
}
