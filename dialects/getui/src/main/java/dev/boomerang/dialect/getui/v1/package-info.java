// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Getui's REST V1: `/v1/{appId}/…`. Every answer has status 200 and says in `result` how it went.
package dev.boomerang.dialect.getui.v1;
