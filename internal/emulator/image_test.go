// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"reflect"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// imageCode are members that a request about an image function must not have; empty ones are none.
var imageCode = map[string][2]any{
	"func_code":     {object{"file": "eA=="}, object{"file": "", "link": ""}},
	"code_filename": {"index.py", ""},
	"code_url":      {objectURL, ""},
}

// TestImageFunctionsReadBack: the three ways to create one (2.9, X22), in both worlds.
func TestImageFunctionsReadBack(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		create, want object
	}{
		"code_type_missing": {object{"code_type": absent{}},
			object{"code_type": "Custom-Image-Swr", "code_url": "", "code_filename": ""}},
		"code_type_null": {object{"code_type": nil},
			object{"code_type": "Custom-Image-Swr", "code_url": "", "code_filename": ""}},
		"Custom-Image-Swr": {object{}, object{"code_type": "Custom-Image-Swr", "code_url": "", "code_filename": ""}},
		"obs": {object{"code_type": "obs", "code_url": objectURL},
			object{"code_type": "obs", "code_url": objectURL, "code_filename": "demo.zip"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, sw := range []emulator.Switches{{}, {RefuseImageCode: true}} {
				b := newBench(t, emulator.Options{Switches: sw})
				created, config := b.create(image(test.create)), b.config()
				for name, want := range test.want {
					if created.text(name) != want || config.text(name) != want {
						t.Errorf("%s: create %s, config %s, want %v", name, created.text(name), config.text(name), want)
					}
				}
			}
		})
	}
}

// TestImageCodeMembers: each member alone, in create and in PUT code, whether the code type is said or follows.
func TestImageCodeMembers(t *testing.T) {
	t.Parallel()
	for name, values := range imageCode {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent, empty := object{name: values[0]}, object{name: values[1]}
			update := func(change object) object { return changed(object{"code_type": "Custom-Image-Swr"}, change) }
			b := newBench(t, emulator.Options{Switches: emulator.Switches{RefuseImageCode: true}})
			b.want(400, "FSS.1006", "POST", functions, createBody(image(sent)))
			b.want(400, "FSS.1006", "POST", functions, createBody(changed(image(sent), object{"code_type": absent{}})))
			b.want(400, "FSS.1006", "PUT", demo+"/code", update(sent)) // before the function is looked for
			b.create(image(empty))
			before := b.function()
			b.want(400, "FSS.1006", "PUT", demo+"/code", update(sent))
			b.want(200, "", "PUT", demo+"/code", update(empty))
			if after := b.function(); !reflect.DeepEqual(after.CodeState, before.CodeState) {
				t.Errorf("refused: %+v", after.CodeState)
			}

			b = newBench(t, emulator.Options{})
			b.create(image(sent))
			b.want(200, "", "PUT", demo+"/code", update(sent))
			if after := b.function(); !reflect.DeepEqual(after.CodeState, before.CodeState) {
				t.Errorf("ignored: %+v", after.CodeState)
			}
		})
	}
}

// TestOtherCodeOfImageFunctions: obs is possible (X22), code of one's own in one world only.
func TestOtherCodeOfImageFunctions(t *testing.T) {
	t.Parallel()
	archive := b64(zipText(t, "a", "b"))
	for _, code := range []object{
		{"code_type": "inline", "func_code": object{"file": "eA=="}},
		{"code_type": "zip", "func_code": object{"file": archive}},
		{"code_type": "jar", "func_code": object{"file": archive}},
	} {
		strict := newBench(t, emulator.Options{Switches: emulator.Switches{RefuseImageCode: true}})
		strict.want(400, "FSS.1006", "POST", functions, createBody(image(code)))
		strict.create(image(object{}))
		strict.want(400, "FSS.1006", "PUT", demo+"/code", code)
		strict.deployOBS()
		strict.want(400, "FSS.1006", "PUT", demo+"/code", code)
		strict.want(200, "", "PUT", demo+"/code", object{"code_type": "Custom-Image-Swr"})
		lenient := newBench(t, emulator.Options{})
		lenient.create(image(object{}))
		if got := lenient.want(200, "", "PUT", demo+"/code", code); got.text("code_type") != code["code_type"] {
			t.Errorf("%v reads back as %s", code["code_type"], got.text("code_type"))
		}
		if f := lenient.function(); f.CustomImage == nil {
			t.Errorf("%v: the image is gone", code["code_type"])
		}
	}
}

// TestF12ImageTypeNeedsAnImage: PUT code cannot make a function an image function without an image.
func TestF12ImageTypeNeedsAnImage(t *testing.T) {
	t.Parallel()
	for _, sw := range []emulator.Switches{{}, {RefuseImageCode: true}, {ZeroObjects: true}} {
		b := withSwitches(t, sw)
		b.want(400, "FSS.1034", "PUT", demo+"/code", object{"code_type": "Custom-Image-Swr"})
		b.update(object{"custom_image": object{"enabled": true, "image": "swr.x/a:1"}})
		b.want(200, "", "PUT", demo+"/code", object{"code_type": "Custom-Image-Swr"})
		b.want(400, "FSS.1034", "PUT", demo+"/config", updateBody(object{"custom_image": object{}}))
	}
}
