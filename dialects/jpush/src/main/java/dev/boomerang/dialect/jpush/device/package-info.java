// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The device API (`/v3/devices`, `/v3/aliases`, `/v3/tags`): tags, aliases and presence of the
/// caller's registrations. No call here sends a push.
package dev.boomerang.dialect.jpush.device;
