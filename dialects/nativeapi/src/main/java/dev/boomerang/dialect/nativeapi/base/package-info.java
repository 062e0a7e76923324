// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds what all endpoints of the native API and the device API share: the error table and the
/// origin's name. It knows no endpoint and no request.
package dev.boomerang.dialect.nativeapi.base;
