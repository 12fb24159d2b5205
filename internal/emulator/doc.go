// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package emulator is a FunctionGraph service in one http.Handler, for tests and for trying things out without a
// cloud account. It is the judge of the provider: it shares no type, no JSON name and no code with the client.
//
// What is modelled:
//   - Functions: create, list, read and update of configuration and code, maximum instances, delete, import of an
//     export package. Every member of contract section 5 goes in and comes out where that section says so.
//   - Versions and aliases, with their rules V1 to V20 and A1 to A12.
//   - Tags of one function, of the project and of all functions in a filtered list, the log binding of a function, the
//     log calls of the project, the download link of a function's code.
//   - Triggers of all types: create, list, read, update, delete, each type by its row of the table in triggertypes.go.
//     Tests act behind everybody's back with PutTrigger, DeleteTrigger and Edit.
//   - Reserved instances, asynchronous settings and test events of a function, which go with what they are bound to.
//     Tests act behind everybody's back with PutReservation, PutAsyncSettings, PutEvent and Edit.
//   - Calls of functions, without code that runs: tests say what a function answers (PutReply, or by HTTP), else it
//     answers its input. What became of asynchronous calls is listed, by the status log and without it; none is
//     repeated, none waits, and no destination gets a result.
//   - The catalogues of runtimes, trigger types and quotas; export of a function as a package.
//   - Versions of dependencies: create, list, read, delete, with DV1 to DV5. There is one public dependency from the
//     start.
//   - IAM's project lookup and password token, under the same address; and the calls that give temporary credentials,
//     those of IAM, of STS, of the metadata of an ECS and of the pod identity of CCE, with agencies, durations and
//     refusals. A test ends all that were issued with EndCredentials.
//   - The gateway: signatures (SDK-HMAC-SHA256), security tokens, tokens, clock skew, the 12 MB bound of signed
//     bodies, a bound of all bodies (half as much again as the largest code), unknown routes, request ids.
//   - Every question that the documents leave open, as a switch (see Switches).
//   - Faults: answers of one's choice, lost connections, cut answers, waits, and another actor (see Fault).
//
// What is not modelled:
//   - Running code: what a call does, how an alias shares calls between versions, triggers that fire, instances,
//     statistics.
//   - Other services. VPCs, agencies, key ids, file systems, images, log groups and the sources of triggers (gateways,
//     buckets, topics, streams, brokers, databases) are taken as they are named. An OBS address stands for its object,
//     so digest and size of code_type obs are those of the address text, unless a test has put content there
//     (PutObject): then they are those of the content when the code was sent.
//   - The bound of all code together, the older calls about dependencies, applications without functions, enterprise
//     project permissions, rate limits.
//   - Locking of an access key after five bad signatures; the derived signature variants.
package emulator
