// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Apps, their keys and what is kept for them under a name. Sees the JDK only.
package dev.boomerang.model.app;
