// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Accepts pushes: checks them, resolves their audiences to deliveries, and stores both in one
/// write.
package dev.boomerang.engine.accept;
