// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Parts that all families of calls share: configuration, authentication, rate limits, errors, and
/// the formats of names, times and cids. Nothing here knows a family or calls the engine's use
/// cases.
package dev.boomerang.dialect.jpush.base;
