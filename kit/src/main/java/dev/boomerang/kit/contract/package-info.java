// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Contracts of the store's ports, as tests: an implementation runs each in a nested class of its
/// own test.
package dev.boomerang.kit.contract;
