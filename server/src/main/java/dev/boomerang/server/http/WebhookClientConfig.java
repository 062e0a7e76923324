// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.time.Duration;

/// How callers' servers are called. `patience`: for the look-up of a host's name, and again for the
/// request. `privateAddresses`: whether it may go to this machine and to private networks.
public record WebhookClientConfig(Duration patience, boolean privateAddresses) {
  public static final WebhookClientConfig DEFAULT =
      new WebhookClientConfig(Duration.ofSeconds(10), false);
}
