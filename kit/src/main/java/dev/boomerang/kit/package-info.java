// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Code that tests and benches share: the contracts that every implementation of a port runs,
/// fixtures and an in-memory store. Nothing that ships depends on it.
package dev.boomerang.kit;
