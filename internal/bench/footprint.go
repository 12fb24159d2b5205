// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

const starts = 40 // of which the median counts

// footprint measures the size of the binary, and the time from its start to its answer with the schema.
func footprint(_, path, _ string) ([]result, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	var times []float64
	for range starts {
		took, err := startToSchema(path)
		if err != nil {
			return nil, err
		}
		times = append(times, float64(took.Microseconds())/1000)
	}
	slices.Sort(times)
	return []result{
		{"provider start to schema, median", times[starts/2], 10.1, " ms"},
		{"stripped provider binary", float64(info.Size()) / megabyte, 21.2, " MB"},
	}, nil
}

// startToSchema starts the provider as a CLI does and asks for the schema over its socket.
func startToSchema(path string) (time.Duration, error) {
	began := time.Now()
	command := exec.Command(path)
	command.Env = append(os.Environ(), "PLUGIN_PROTOCOL_VERSIONS=6",
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2") // of the CLIs' protocol
	stdout, err := command.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}()
	handshake, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("no handshake: %w", err)
	}
	// core version | protocol version | network | address | grpc | certificate
	parts := strings.Split(strings.TrimSpace(handshake), "|")
	if len(parts) < 5 {
		return 0, fmt.Errorf("unexpected handshake %q", handshake)
	}
	err = askSchema(parts[2], parts[3])
	return time.Since(began), err
}

// askSchema makes one gRPC call with an empty message, in plain HTTP/2.
func askSchema(network, address string) error {
	transport := &http.Transport{
		Protocols: new(http.Protocols),
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}
	transport.Protocols.SetUnencryptedHTTP2(true)
	defer transport.CloseIdleConnections()
	request, err := http.NewRequest(http.MethodPost, "http://provider/tfplugin6.Provider/GetProviderSchema",
		strings.NewReader("\x00\x00\x00\x00\x00"))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/grpc")
	request.Header.Set("TE", "trailers")
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	message, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if status := response.Trailer.Get("Grpc-Status"); status != "0" || len(message) < 5 ||
		binary.BigEndian.Uint32(message[1:5]) < 1000 {
		return fmt.Errorf("the provider answered with status %q and %d bytes", status, len(message))
	}
	return nil
}
