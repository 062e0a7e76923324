// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// One HTTP request and its answer as values. Nothing here opens a connection or chooses a route.
package dev.boomerang.web.http;
