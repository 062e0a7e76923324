// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Getui's oldest protocol, which its V1 libraries speak: one URL, `action` in the body says what
/// is asked, and messages come as a small program for the device, in protobuf and base64.
///
/// Answers are always HTTP 200, and have texts, numbers, objects and arrays only: the oldest Python
/// libraries evaluate them as Python, which knows no `true`, `false` and `null`.
package dev.boomerang.dialect.getui.wire;
