// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

const platform = runtime.GOOS + "_" + runtime.GOARCH

// bucket speaks as much of S3 as a state needs, and as OBS does: it does not know the checksums that S3 has had since
// 2024, and takes a body that carries one for a broken one.
type bucket struct {
	mu      sync.Mutex
	objects map[string][]byte
}

// newBucket starts one and returns its address, and the file with its certificate: the checksums are sent by TLS only.
func newBucket(t *testing.T) (address, certificate string) {
	t.Helper()
	server := httptest.NewTLSServer(&bucket{objects: map[string][]byte{}})
	t.Cleanup(server.Close)
	certificate = filepath.Join(t.TempDir(), "bucket.pem")
	content := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(certificate, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, certificate
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	sum := sha256.Sum256(body)
	signed := r.Header.Get("X-Amz-Content-Sha256")
	object, there := b.objects[r.URL.Path]
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, "IncompleteBody")
	case r.URL.Query().Has("list-type"):
		_, _ = io.WriteString(w, `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>`)
	case r.Method == http.MethodPut && signed != "UNSIGNED-PAYLOAD" && signed != hex.EncodeToString(sum[:]):
		refuse(w, http.StatusBadRequest, "XAmzContentSHA256Mismatch")
	case r.Method == http.MethodPut:
		b.objects[r.URL.Path] = body
	case !there || strings.Count(r.URL.Path, "/") < 2:
		refuse(w, http.StatusNotFound, "NoSuchKey")
	default:
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(object)) // the backend asks for ranges
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<Error><Code>"+code+"</Code></Error>")
}
