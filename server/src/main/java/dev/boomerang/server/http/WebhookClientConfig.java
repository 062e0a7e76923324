// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.time.Duration;

/// Says how callers' servers are called. `patience` is for the look-up of a host's name, and again
/// for the request. With `privateAddresses` it may call this machine and private networks.
public record WebhookClientConfig(Duration patience, boolean privateAddresses) {
  public static final WebhookClientConfig DEFAULT =
      new WebhookClientConfig(Duration.ofSeconds(10), false);
}
