// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.dialect.nativeapi.device.DeviceApi;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.model.app.IdentityMode;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of the limits of callers, how devices of the demo app prove who they are, and a file of
/// words that no push may have.
public record LimitsSettings(
    Limits engine,
    NativeApi.Config nativeApi,
    DeviceApi.Config deviceApi,
    IdentityMode demoIdentityMode,
    Optional<Path> sensitiveWords) {}
