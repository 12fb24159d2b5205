// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// newClient is the client alone, on the wire of an emulator.
func newClient(t *testing.T, api *emulator.Server) *functiongraph.Client {
	t.Helper()
	c, err := functiongraph.New(functiongraph.Config{
		Region: emulator.DefaultRegion, ProjectID: emulator.DefaultProjectID, MaxRetries: 3, Transport: &wire{api: api},
		Credentials: functiongraph.Credentials{
			AccessKey: emulator.DefaultAccessKey, SecretKey: emulator.DefaultSecretKey,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var ordersURN = functiongraph.URN{
	Region: emulator.DefaultRegion, ProjectID: emulator.DefaultProjectID, Package: "default", Name: "orders",
}

// TestClient_triggers: the client and the emulator, which share nothing, mean the same by a trigger, in both worlds. In
// the second one reads show it late.
func TestClient_triggers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		api.Put(emulator.Function{Name: "orders"})
		c, ctx := newClient(t, api), t.Context()
		made, err := c.CreateTrigger(ctx, ordersURN, functiongraph.CreateTriggerRequest{
			Type: "RABBITMQ", Status: functiongraph.TriggerActive, EventData: map[string]any{
				"instance_id": "i", "exchange_name": "e", "access_password": "a-canary-sings", "batch_size": 10,
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		read, err := c.ReadBackTrigger(ctx, ordersURN, made.Type, made.ID)
		if err != nil || read.Status != functiongraph.TriggerActive || read.EventData.Text("exchange_name") != "e" {
			t.Fatalf("read back: %+v, %v", read, err)
		}
		list, err := c.Triggers(ctx, ordersURN)
		if err != nil || len(list) != 1 || list[0].ID != made.ID {
			t.Errorf("list: %+v, %v", list, err)
		}
		all, err := c.ProjectTriggers(ctx)
		if err != nil || len(all) != 1 || all[0].FunctionURN != ordersURN.WithQualifier("latest").String() {
			t.Errorf("list of the project: %+v, %v", all, err)
		}
		if err := c.UpdateTrigger(ctx, ordersURN, made.Type, made.ID, functiongraph.UpdateTriggerRequest{
			Status: functiongraph.TriggerDisabled,
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		if read, err = c.Trigger(ctx, ordersURN, made.Type, made.ID); err != nil ||
			read.Status != functiongraph.TriggerDisabled {
			t.Errorf("changed: %+v, %v", read, err)
		}
		if err := c.DeleteTrigger(ctx, ordersURN, made.Type, made.ID); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		if _, err := c.Trigger(ctx, ordersURN, made.Type, made.ID); !functiongraph.IsNotFound(err) {
			t.Errorf("deleted: %v", err)
		}
		if err := api.Delete("default", "orders"); err != nil {
			t.Fatal(err)
		}
		_, err = c.Triggers(ctx, ordersURN)
		_, readErr := c.Trigger(ctx, ordersURN, made.Type, made.ID)
		if deleteErr := c.DeleteTrigger(ctx, ordersURN, made.Type, made.ID); !functiongraph.IsNotFound(err) ||
			!functiongraph.IsNotFound(readErr) || deleteErr != nil {
			t.Errorf("without the function: %v, %v, %v", err, readErr, deleteErr)
		}
		if unknown := api.Unhandled(); len(unknown) > 0 {
			t.Errorf("no route for %+v", unknown)
		}
	})
}

// TestClient_dependencies does the same for the versions of a dependency.
func TestClient_dependencies(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	if _, err := z.Create("lib.py"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512(archive.Bytes())
	blob := &functiongraph.Blob{
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(archive.Bytes())), nil },
		Size: int64(archive.Len()), SHA512: hex.EncodeToString(sum[:]),
	}
	synctest.Test(t, func(t *testing.T) {
		api := newAPI()
		c, ctx := newClient(t, api), t.Context()
		create := func(in functiongraph.CreateDependencyVersionRequest) *functiongraph.DependencyVersion {
			in.Name, in.Runtime = "libs", "Python3.9"
			made, err := c.CreateDependencyVersion(ctx, in)
			if err != nil {
				t.Fatal(err)
			}
			return made
		}
		first := create(functiongraph.CreateDependencyVersionRequest{Blob: blob})
		second := create(functiongraph.CreateDependencyVersionRequest{URL: "https://b.example.com/libs.zip",
			Description: "d"})
		if first.Version != 1 || first.Size != blob.Size || second.Version != 2 || second.DependencyID != first.DependencyID {
			t.Errorf("made %+v and %+v", first, second)
		}
		read, err := c.DependencyVersion(ctx, first.DependencyID, 1)
		if err != nil || read.ID != first.ID || read.ETag != first.ETag {
			t.Errorf("read: %+v, %v", read, err)
		}
		versions, err := c.DependencyVersions(ctx, first.DependencyID)
		if err != nil || len(versions) != 2 || versions[1].ID != second.ID || versions[1].Description != "d" {
			t.Errorf("versions: %+v, %v", versions, err)
		}
		own, err := c.Dependencies(ctx, functiongraph.DependencyFilter{Name: "libs", Kind: "private"})
		if err != nil || len(own) != 1 || own[0].ID != first.DependencyID || own[0].Version != 2 {
			t.Errorf("own: %+v, %v", own, err)
		}
		public, err := c.Dependencies(ctx, functiongraph.DependencyFilter{Kind: "public"})
		if err != nil || len(public) != 1 || public[0].Owner != functiongraph.PublicOwner {
			t.Errorf("public: %+v, %v", public, err)
		}
		api.Put(emulator.Function{Name: "orders", CodeState: emulator.CodeState{DependVersionList: []string{first.ID}}})
		if err := c.DeleteDependencyVersion(ctx, first.DependencyID, 1); !functiongraph.IsInUse(err) {
			t.Errorf("in use: %v", err)
		}
		if err := api.Delete("default", "orders"); err != nil {
			t.Fatal(err)
		}
		for n := range int64(3) { // the last one is not there
			if err := c.DeleteDependencyVersion(ctx, first.DependencyID, n+1); err != nil {
				t.Errorf("version %d: %v", n+1, err)
			}
		}
		if _, err := c.DependencyVersions(ctx, first.DependencyID); !functiongraph.IsNotFound(err) {
			t.Errorf("gone: %v", err)
		}
		if unknown := api.Unhandled(); len(unknown) > 0 {
			t.Errorf("no route for %+v", unknown)
		}
	})
}
