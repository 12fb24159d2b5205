// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import "testing"

// unchanged is a function that runs what the last apply sent: nothing to do.
func unchanged() situation {
	s := situation{hash: "H", digest: "B", size: 10, kind: typeZip,
		lastUpload: &upload{Digest: "B", SourceHash: "H", Type: typeZip},
	}
	s.state.configured, s.state.hash, s.state.kind = true, "H", typeZip
	s.state.digest, s.state.reportedAs, s.state.namedAs = "B", typeZip, "orders.zip"
	return s
}

// TestDecide is the table in internal/architecture.md, a case for each row and for its neighbours.
func TestDecide(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*situation)
		want   codeDecision
	}{
		"nothing changed": {func(*situation) {}, codeDecision{action: keepCode}},
		"same source in other bytes": {
			func(s *situation) { s.digest = "B2" }, codeDecision{action: keepCode},
		},
		"same source, file not at hand": {
			func(s *situation) { s.digest = "" }, codeDecision{action: keepCode},
		},
		"other source": {
			func(s *situation) { s.hash, s.digest = "H2", "B2" }, codeDecision{action: uploadCode},
		},
		"other source hash, file not at hand": {
			func(s *situation) { s.hash, s.digest = "H2", "" }, codeDecision{action: deferCode},
		},
		"stamp not wanted any more": {
			func(s *situation) { s.state.hash, s.digest = "H+settings.1", "B2" }, codeDecision{action: uploadCode},
		},
		"hash of an earlier form": {
			func(s *situation) { s.state.hash, s.earlier = "E", "E" }, codeDecision{action: keepCode},
		},
		"hash of an earlier form, and a stamp is wanted": {
			func(s *situation) { s.state.hash, s.earlier, s.stamp, s.digest = "E", "E", stamp{text: "1"}, "B2" },
			codeDecision{action: uploadCode},
		},
		"hash of an earlier form, under another name": {
			func(s *situation) { s.state.hash, s.earlier, s.filename, s.digest = "E", "E", "index.zip", "B2" },
			codeDecision{action: uploadCode},
		},
		"stamp wanted now": {
			func(s *situation) { s.hash, s.digest = "H+settings.1", "B2" }, codeDecision{action: uploadCode},
		},
		"stamp with which it runs already": {
			func(s *situation) { s.hash = "H+settings.1" }, codeDecision{action: recordCode},
		},
		"other stamp": {
			func(s *situation) { s.state.hash, s.hash, s.digest = "H+settings.1", "H+settings.2", "B2" },
			codeDecision{action: uploadCode},
		},
		"source not known yet": {
			func(s *situation) { s.hash, s.digest = "", "" }, codeDecision{action: deferCode},
		},
		"imported, service runs these bytes": {
			func(s *situation) { s.state.hash, s.state.configured, s.lastUpload = "", false, nil },
			codeDecision{action: recordCode},
		},
		"imported, service runs other bytes": {
			func(s *situation) {
				s.state.hash, s.state.configured, s.lastUpload, s.state.digest = "", false, nil, "X"
			},
			codeDecision{action: uploadCode},
		},
		"imported, same bytes under another type": {
			func(s *situation) {
				s.state.hash, s.state.configured, s.lastUpload, s.state.reportedAs = "", false, nil, typeInline
			},
			codeDecision{action: uploadCode},
		},
		"imported, same bytes under another name than configured": {
			func(s *situation) {
				s.state.hash, s.state.configured, s.lastUpload, s.filename = "", false, nil, "index.zip"
			},
			codeDecision{action: uploadCode},
		},
		"somebody deployed what is configured now": {
			func(s *situation) { s.hash, s.digest, s.state.digest, s.state.hash = "H2", "B2", "B2", "" },
			codeDecision{action: recordCode},
		},
		"changed outside, repaired": {
			func(s *situation) { s.state.digest, s.state.hash = "X", "" },
			codeDecision{action: uploadCode, repair: true, drifted: true},
		},
		"changed outside, where the service's digest is not ours": {
			func(s *situation) { s.state.digest, s.state.hash, s.lastUpload.Digest = "X", "", "S" },
			codeDecision{action: uploadCode, drifted: true},
		},
		"changed outside, known bytes sent as another type": {
			func(s *situation) { s.state.digest, s.state.hash, s.lastUpload.Type = "X", "", typeInline },
			codeDecision{action: uploadCode, drifted: true},
		},
		"changed outside and source changed too": {
			func(s *situation) { s.state.digest, s.state.hash, s.hash, s.digest = "X", "", "H2", "B2" },
			codeDecision{action: uploadCode, drifted: true},
		},
		"changed outside, file not at hand": {
			func(s *situation) { s.state.digest, s.state.hash, s.digest = "X", "", "" },
			codeDecision{action: deferCode, drifted: true},
		},
		"ignored drift": {
			func(s *situation) { s.state.digest, s.ignoreDrift, s.state.ignored = "X", true, true },
			codeDecision{action: keepCode},
		},
		"ignored drift, source changed": {
			func(s *situation) {
				s.state.digest, s.ignoreDrift, s.state.ignored, s.hash, s.digest = "X", true, true, "H2", "B2"
			},
			codeDecision{action: uploadCode, drifted: true},
		},
		"ignoring turned on over drift": {
			func(s *situation) { s.state.digest, s.state.hash, s.ignoreDrift = "X", "", true },
			codeDecision{action: acceptCode},
		},
		"imported with ignoring": {
			func(s *situation) {
				s.state.digest, s.state.hash, s.state.configured, s.lastUpload, s.ignoreDrift = "X", "", false, nil, true
			},
			codeDecision{action: acceptCode},
		},
		"ignoring turned off over drift": {
			func(s *situation) { s.state.digest, s.state.ignored = "X", true },
			codeDecision{action: uploadCode, repair: true, drifted: true},
		},
		"ignoring turned off without drift": {
			func(s *situation) { s.state.ignored = true }, codeDecision{action: keepCode},
		},
		"ignoring turned off over an import that was accepted": {
			func(s *situation) { s.state.digest, s.state.ignored, s.lastUpload = "X", true, nil },
			codeDecision{action: keepCode},
		},
		"other name of the code file": {
			func(s *situation) { s.filename = "index.zip" },
			codeDecision{action: uploadCode, repair: true},
		},
		"name written down that the service has anyway": {
			func(s *situation) { s.filename = "orders.zip" }, codeDecision{action: keepCode},
		},
		"name removed": {
			func(s *situation) { s.state.filename, s.state.namedAs = "index.zip", "index.zip" },
			codeDecision{action: uploadCode, repair: true},
		},
		"other kind of source with the same content": {
			func(s *situation) { s.kind = typeJar }, codeDecision{action: uploadCode},
		},
		"package at another place, not readable, with its own marker": {
			func(s *situation) { s.kind, s.digest = "", "" }, codeDecision{action: keepCode},
		},
		"other key": {
			func(s *situation) { s.kmsKeyID = "key" }, codeDecision{action: uploadCode, repair: true},
		},
		"key changed outside": {
			func(s *situation) { s.state.kmsKeyID = "foreign" }, codeDecision{action: uploadCode, repair: true},
		},
		"imported, same bytes, a key configured": {
			func(s *situation) { s.state.hash, s.state.configured, s.lastUpload, s.kmsKeyID = "", false, nil, "key" },
			codeDecision{action: uploadCode},
		},
		"file not there": {
			func(s *situation) { s.fileGone() }, codeDecision{action: keepCode},
		},
		"file not there, changed outside": {
			func(s *situation) { s.fileGone(); s.state.digest, s.state.hash = "X", "" },
			codeDecision{action: deferCode, drifted: true},
		},
		"file not there, changed outside, ignored": {
			func(s *situation) { s.fileGone(); s.state.digest, s.ignoreDrift, s.state.ignored = "X", true, true },
			codeDecision{action: keepCode},
		},
		"file not there, ignoring turned off over drift": {
			func(s *situation) { s.fileGone(); s.state.digest, s.state.ignored = "X", true },
			codeDecision{action: deferCode, drifted: true},
		},
		"file not there, another one": {
			func(s *situation) { s.fileGone(); s.other = true }, codeDecision{action: deferCode},
		},
		"file not there, of another kind": {
			func(s *situation) { s.fileGone(); s.kind = typeJar }, codeDecision{action: deferCode},
		},
		"file not there, other name of the code file": {
			func(s *situation) { s.fileGone(); s.filename = "index.zip" }, codeDecision{action: deferCode},
		},
		"file not there, another key": {
			func(s *situation) { s.fileGone(); s.kmsKeyID = "key" }, codeDecision{action: deferCode},
		},
		"file not there, imported": {
			func(s *situation) { s.fileGone(); s.imported() }, codeDecision{action: deferCode},
		},
		"file not there, marker taken away": {
			func(s *situation) { s.fileGone(); s.state.marker = "H" }, codeDecision{action: deferCode},
		},
		"file not usable": {
			func(s *situation) { s.fileGone(); s.missing = false }, codeDecision{action: deferCode},
		},
		"name of the code file not known yet": {
			func(s *situation) { s.open = true }, codeDecision{action: deferCode},
		},
		"another marker": {
			func(s *situation) { s.state.marker, s.marker, s.hash = "H", "M", "M" }, codeDecision{action: deferCode},
		},
		"another marker, the service runs these bytes": {
			func(s *situation) { s.state.marker, s.marker, s.hash, s.applying = "H", "M", "M", true },
			codeDecision{action: recordCode},
		},
		"another marker, at last with other bytes": {
			func(s *situation) {
				s.state.marker, s.marker, s.hash, s.applying, s.content, s.digest = "H", "M", "M", true, "C", "B2"
			},
			codeDecision{action: uploadCode},
		},
		"marker added": {
			func(s *situation) { s.marker, s.hash, s.content, s.digest = "M", "M", "H", "B2" },
			codeDecision{action: renameCode},
		},
		"marker added to another source": {
			func(s *situation) { s.marker, s.hash, s.content, s.digest = "M", "M", "H2", "B2" },
			codeDecision{action: deferCode},
		},
		"marker added over drift": {
			func(s *situation) {
				s.marker, s.hash, s.content, s.applying, s.state.digest, s.state.hash = "M", "M", "H", true, "X", ""
			},
			codeDecision{action: uploadCode, repair: true, drifted: true},
		},
		"marker added over ignored drift": {
			func(s *situation) {
				s.marker, s.hash, s.content, s.state.digest, s.ignoreDrift, s.state.ignored = "M", "M", "H", "X", true, true
			},
			codeDecision{action: renameCode},
		},
		"marker added over ignored drift, for a file that is not there": {
			func(s *situation) {
				s.fileGone()
				s.marker, s.hash, s.state.digest, s.ignoreDrift, s.state.ignored = "M", "M", "X", true, true
			},
			codeDecision{action: renameCode},
		},
		"marker taken away": {
			func(s *situation) {
				s.state.marker, s.state.hash, s.hash, s.content, s.digest = "M", "M", "H", "H", "B2"
				s.lastUpload.SourceHash, s.lastUpload.Content = "M", "H"
			},
			codeDecision{action: renameCode},
		},
		"marker taken away from another source": {
			func(s *situation) {
				s.state.marker, s.state.hash, s.hash, s.content, s.digest = "M", "M", "H2", "H2", "B2"
				s.lastUpload.SourceHash, s.lastUpload.Content = "M", "H"
			},
			codeDecision{action: uploadCode},
		},
		"code managed again": {
			func(s *situation) { s.state.configured, s.state.hash, s.lastUpload = false, "", nil },
			codeDecision{action: recordCode},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := unchanged()
			test.change(&s)
			if got := s.decide(); got != test.want {
				t.Errorf("decide() = %+v, want %+v\nin %+v", got, test.want, s)
			}
		})
	}
}

// fileGone takes away the file of a source without a marker.
func (s *situation) fileGone() {
	s.hash, s.digest, s.content, s.missing = "", "", "", true
}

// referring is a function whose code lies at an address, of an object or an image.
func referring(kind string) situation {
	s := situation{hash: "H", kind: kind, refers: true, address: "a",
		lastUpload: &upload{SourceHash: "H", Type: kind, Reference: "a"},
	}
	s.state.configured, s.state.hash, s.state.kind, s.state.address = true, "H", kind, "a"
	s.state.reportedAs = kind
	switch kind {
	case typeImage:
		s.state.running.Image = "a"
	default:
		s.lastUpload.Digest, s.state.digest, s.state.running.URL = "D", "D", "a"
		s.lastUpload.Seen = &running{URL: "a"}
	}
	return s
}

// imported forgets what an apply would have left.
func (s *situation) imported() {
	s.state.hash, s.state.configured, s.state.kind, s.state.address, s.lastUpload = "", false, "", "", nil
}

// TestDecide_references is the same for code of which only the address is known.
func TestDecide_references(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change     func(*situation)
		obs, image codeDecision
	}{
		"nothing changed": {func(*situation) {}, codeDecision{}, codeDecision{}},
		"other address": {
			func(s *situation) { s.address, s.hash = "b", "H2" },
			codeDecision{action: uploadCode}, codeDecision{action: uploadCode},
		},
		"other address under the same marker": {
			func(s *situation) { s.address = "b" }, codeDecision{action: uploadCode}, codeDecision{action: uploadCode},
		},
		"other marker": {
			func(s *situation) { s.hash = "H2" }, codeDecision{action: uploadCode}, codeDecision{action: uploadCode},
		},
		"address not known yet": {
			func(s *situation) { s.address = "" }, codeDecision{action: deferCode}, codeDecision{action: deferCode},
		},
		"marker not known yet": {
			func(s *situation) { s.hash = "" }, codeDecision{action: deferCode}, codeDecision{action: deferCode},
		},
		"imported, at this address": {
			func(s *situation) { s.imported() }, codeDecision{action: recordCode}, codeDecision{action: recordCode},
		},
		"imported, at another address": {
			func(s *situation) { s.imported(); s.state.running = running{URL: "x", Image: "x"} },
			codeDecision{action: uploadCode}, codeDecision{action: uploadCode},
		},
		"imported, address not reported": {
			func(s *situation) { s.imported(); s.state.running = running{} },
			codeDecision{action: uploadCode}, codeDecision{action: uploadCode},
		},
		"changed outside": {
			func(s *situation) {
				s.state.digest, s.state.running, s.state.hash = "X", running{URL: "a", Image: "x"}, ""
			},
			codeDecision{action: uploadCode, drifted: true}, codeDecision{action: uploadCode, drifted: true},
		},
		"another object or image, same digest": {
			func(s *situation) { s.state.running, s.state.hash = running{URL: "x", Image: "x"}, "" },
			codeDecision{action: uploadCode, drifted: true}, codeDecision{action: uploadCode, drifted: true},
		},
		"changed outside, ignored": {
			func(s *situation) { s.state.digest, s.state.running, s.ignoreDrift = "X", running{Image: "x"}, true },
			codeDecision{}, codeDecision{},
		},
		"ignoring turned off over drift": {
			func(s *situation) { s.state.digest, s.state.running, s.state.ignored = "X", running{Image: "x"}, true },
			codeDecision{action: uploadCode, drifted: true}, codeDecision{action: uploadCode, drifted: true},
		},
		"imported, ignoring": {
			func(s *situation) { s.imported(); s.state.running, s.ignoreDrift = running{Image: "x"}, true },
			codeDecision{action: acceptCode}, codeDecision{action: acceptCode},
		},
	} {
		for kind, want := range map[string]codeDecision{typeOBS: test.obs, typeImage: test.image} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				s := referring(kind)
				test.change(&s)
				if got := s.decide(); got != want {
					t.Errorf("decide() = %+v, want %+v\nin %+v", got, want, s)
				}
			})
		}
	}
}
