// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Messages of the benches, and when they are sent: MQTT packets, signed pushes and the rate of
/// sending.
package dev.boomerang.bench.message;
