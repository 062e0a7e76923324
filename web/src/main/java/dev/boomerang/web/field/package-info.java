// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Reads the fields of requests and JSON, and fills in templates, with the rules that all dialects
/// share. The rules of one vendor stay in its dialect.
package dev.boomerang.web.field;
