// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The report API (`/v3/received`, `/v3/messages`, `/v3/users`, `/v3/status`): reads statistics and
/// deliveries. Nothing here changes state.
package dev.boomerang.dialect.jpush.report;
