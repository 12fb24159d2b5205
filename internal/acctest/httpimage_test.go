// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// called is a function that is called by HTTP.
func called(code values) values {
	return values{"name": "orders", "runtime": "http", "timeout": 3, "memory_size": 128, "code": code}
}

// TestHTTPImage: a function of runtime http can be a container image. It is created in one call, changed in place, also
// where the runtime leaves the configuration, and imported.
func TestHTTPImage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		c := newCore(t, newServer(t, &wire{api: api}), functionType)
		image := values{"image": imageOne}
		for _, step := range []struct {
			config values
			writes []string
		}{
			{called(image), []string{"CreateFunction"}},
			{called(image).with(values{"description": "new", "handler": "-"}), []string{"UpdateConfig"}},
			{called(values{"image": imageOne + "1"}).with(values{"runtime": nil}), []string{"UpdateConfig"}},
			{called(image).with(values{"image_config": values{"user_id": 7}}), []string{"UpdateConfig"}},
		} {
			api.ResetRequests()
			if d := c.apply(t.Context(), step.config); d.failed() {
				t.Fatal(d)
			}
			f, _ := api.Function("default", "orders")
			if f.Runtime != "http" || f.Handler != "-" || f.CodeType != "Custom-Image-Swr" || api.Count(step.writes...) != 1 {
				t.Errorf("%s, %s, %s, %d writes", f.Runtime, f.Handler, f.CodeType, api.Count(step.writes...))
			}
			if err := c.empty(t.Context(), step.config); err != nil {
				t.Error(err)
			}
		}
		other := newCore(t, newServer(t, &wire{api: api}), functionType)
		if d := other.importID(t.Context(), functionURN); d.failed() {
			t.Fatal(d)
		}
		config := called(image).with(values{"image_config": values{"user_id": 7}})
		if d := other.apply(t.Context(), config); d.failed() {
			t.Fatal(d)
		}
		if err := other.empty(t.Context(), config); err != nil {
			t.Error(err)
		}
	})
}

// TestHTTPImage_replaces: from code to an image and back the function is made anew, though its runtime stays.
func TestHTTPImage_replaces(t *testing.T) {
	t.Parallel()
	zip := called(values{"zip_file": acctest.NewDir(t).Code("code.zip", "x")}).with(values{"handler": "bootstrap"})
	image := called(values{"image": imageOne})
	for name, configs := range map[string][2]values{"to an image": {zip, image}, "to code": {image, zip}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAPI()
				c := newCore(t, newServer(t, &wire{api: api}), functionType)
				var ids [2]string
				for i, config := range configs {
					if d := c.apply(t.Context(), config); d.failed() {
						t.Fatal(d)
					}
					if err := c.empty(t.Context(), config); err != nil {
						t.Error(err)
					}
					f, _ := api.Function("default", "orders")
					ids[i] = f.ID
				}
				if ids[0] == ids[1] {
					t.Error("the function was not made anew")
				}
			})
		})
	}
}

// TestImageInitializer: of an image the handler is "-", and a timeout that stands alone at the service is the same.
func TestImageInitializer(t *testing.T) {
	t.Parallel()
	accepted := func(s *emulator.Switches) { s.RefuseImageInitializer = false }
	for name, handler := range map[string]string{"with a handler": "-", "alone": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAPI(accepted)
				c := newCore(t, newServer(t, &wire{api: api}), functionType)
				config := called(values{"image": imageOne}).with(values{"initializer": values{"handler": "-", "timeout": 60}})
				if d := c.apply(t.Context(), config); d.failed() {
					t.Fatal(d)
				}
				if err := api.Edit("default", "orders", func(f *emulator.Function) { f.InitializerHandler = handler }); err != nil {
					t.Fatal(err)
				}
				if err := c.empty(t.Context(), config); err != nil {
					t.Error(err)
				}
				if d := c.apply(t.Context(), config.with(values{"initializer": nil})); d.failed() {
					t.Fatal(d)
				}
				if f, _ := api.Function("default", "orders"); f.InitializerTimeout != 0 || f.InitializerHandler != "" {
					t.Errorf("the service has %q, %d", f.InitializerHandler, f.InitializerTimeout)
				}
				if err := c.empty(t.Context(), config.with(values{"initializer": nil})); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
