// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.Push;

/// A push as JPush's body asks for it: what the engine is to do, and the number to echo.
record Order(Push push, String sendno) {}
