// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The native API and the device API: endpoints, identity of devices and error codes. What a
/// request looks like is read in the package `request`; what is done with it is the engine's.
package dev.boomerang.dialect.nativeapi;
