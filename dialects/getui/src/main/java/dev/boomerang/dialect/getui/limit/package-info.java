// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// How much of each call an app may make, and why something of Getui's cannot be done: quotas,
/// reasons, and the fault that carries one. Codes and results of the protocols are not here.
package dev.boomerang.dialect.getui.limit;
