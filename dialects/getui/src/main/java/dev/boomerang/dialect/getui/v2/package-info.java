// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Getui's RestAPI V2: `/v2/{appId}/…`. Every call is a route, read into what the protocols share
/// and answered in this one's codes.
package dev.boomerang.dialect.getui.v2;
