// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Every error of the dialect, and the fault that carries one to its reply.
package dev.boomerang.dialect.vivo.error;
