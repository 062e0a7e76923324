// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Parts that all families of calls share: configuration, an authenticated call, errors and
/// replies, quotas, and the numbers of apps. Nothing here knows an endpoint.
package dev.boomerang.dialect.vivo.base;
