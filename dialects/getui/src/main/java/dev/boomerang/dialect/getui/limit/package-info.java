// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Limits how often an app may make each call, and says why a call of Getui's cannot be done:
/// quotas, kinds of errors, and the exception that carries one. Codes and results of the protocols
/// are not here.
package dev.boomerang.dialect.getui.limit;
