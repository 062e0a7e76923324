// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Who calls vivo's API: the numbers of apps and the tokens they call with.
package dev.boomerang.dialect.vivo.access;
