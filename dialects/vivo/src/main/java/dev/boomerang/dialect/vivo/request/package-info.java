// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Reads the body of a message into a push, with all rules of its fields. Nothing here submits a
/// push or knows who receives it.
package dev.boomerang.dialect.vivo.request;
