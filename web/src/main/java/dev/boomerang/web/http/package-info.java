// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// HTTP requests and their answers as values. Nothing here opens a connection or chooses a route.
package dev.boomerang.web.http;
