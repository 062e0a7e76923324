// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the device API under `/device/v1`, the network rules around it (browser origins, address
/// of the gateway) and the reading of what a device says of itself.
package dev.boomerang.dialect.nativeapi.device;
