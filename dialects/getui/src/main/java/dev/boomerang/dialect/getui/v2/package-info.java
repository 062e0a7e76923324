// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Serves Getui's RestAPI V2: `/v2/{appId}/…`. Every call is a route, which reads its body, calls
/// what the protocols share, and answers with a code of this one. What the protocols share is not
/// here.
package dev.boomerang.dialect.getui.v2;
