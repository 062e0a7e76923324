// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The processes that benches start and stop: the server, the gateway alone, mosquitto and
/// databases, and what runs inside such a process.
package dev.boomerang.bench.process;
