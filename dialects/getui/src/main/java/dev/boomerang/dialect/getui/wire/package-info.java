// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Serves Getui's oldest protocol, which its V1 libraries speak. There is one URL, `action` in the
/// body names the call, and messages are small programs for the device, in protobuf and base64.
/// What the protocols share is not here.
///
/// Answers always have status 200, and contain texts, numbers, objects and arrays only: the oldest
/// Python libraries evaluate them as Python, which knows no `true`, `false` and `null`.
package dev.boomerang.dialect.getui.wire;
