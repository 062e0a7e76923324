// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Serves Getui's REST V1: `/v1/{appId}/…`. Every answer has status 200, and `result` says whether
/// it succeeded. What the protocols share is not here.
package dev.boomerang.dialect.getui.v1;
