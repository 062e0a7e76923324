// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Contracts about failures: crashes, damaged data, statements and commits that end in an error.
package dev.boomerang.kit.contract.failure;
