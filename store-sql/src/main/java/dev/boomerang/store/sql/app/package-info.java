// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Stores what belongs to an app as a whole: the app and its keys, documents, templates, uploads.
package dev.boomerang.store.sql.app;
