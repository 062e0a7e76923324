// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Readers of request fields that the three protocols have in common.
package dev.boomerang.dialect.getui.field;
