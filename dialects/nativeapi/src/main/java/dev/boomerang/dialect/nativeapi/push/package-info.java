// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the endpoints that say what to send and to whom: pushes, targets added to an open task,
/// and templates. What becomes of a push afterwards is asked in the package `task`.
package dev.boomerang.dialect.nativeapi.push;
