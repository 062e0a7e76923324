// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What the engine asks of others: stores, device connections, webhook receivers, reviewers and
/// listeners. Interfaces and their values, no code that does anything.
package dev.boomerang.port;
