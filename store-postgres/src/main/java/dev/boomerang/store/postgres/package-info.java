// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The store for production and clusters: any number of nodes on one PostgreSQL database.
package dev.boomerang.store.postgres;
