// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The store on PostgreSQL, which several nodes may share.
package dev.boomerang.store.postgres;
