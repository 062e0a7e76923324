// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What the server gives to a gateway: its configuration, and the listener that counts what
/// happens. Everything else of the gateway may use it; it uses nothing of the gateway.
@NullMarked
package dev.boomerang.gateway.config;

import org.jspecify.annotations.NullMarked;
