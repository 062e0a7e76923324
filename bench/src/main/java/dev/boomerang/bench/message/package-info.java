// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What the benches send and when: MQTT packets, signed pushes and the rate of sending.
package dev.boomerang.bench.message;
