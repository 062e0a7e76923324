// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Readers of the native API's requests. Nothing here calls the engine to change anything, nor
/// answers a call.
package dev.boomerang.dialect.nativeapi.request;
