// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Reads the request fields that the three protocols have in common. Fields that only one protocol
/// has are read in its package.
package dev.boomerang.dialect.getui.field;
