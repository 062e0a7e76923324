// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Declares what the engine asks of others: stores, device connections, webhook receivers,
/// reviewers and listeners. Only interfaces and their values belong here, no code that does
/// anything.
package dev.boomerang.port;
