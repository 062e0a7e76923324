// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Checks and decodes the text of requests. Nothing here knows what a field is for.
package dev.boomerang.web.text;
