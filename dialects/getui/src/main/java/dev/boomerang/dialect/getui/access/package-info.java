// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Who calls Getui's protocols: keys, signs and log-ins. What a caller may do is not here.
package dev.boomerang.dialect.getui.access;
