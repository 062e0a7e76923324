// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Load generators: HTTP clients, MQTT devices and publishers, and stored registrations. They
/// measure nothing but what they send and receive.
package dev.boomerang.bench.load;
