// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What an app says of its tags: groups, segments and the expressions that pick devices by them.
/// Calls are not here.
package dev.boomerang.dialect.vivo.tag;
