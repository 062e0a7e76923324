// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection;
import java.util.List;

/// A connection that takes everything.
final class Wire implements DeviceConnection {
  @Override
  public boolean offer(DeliveryAttempt deliveryAttempt) {
    return true;
  }

  @Override
  public void mailboxChanged() {}

  @Override
  public void cancel(List<DeliveryId> deliveries) {}

  @Override
  public void withdraw(List<DeliveryId> deliveries) {}

  @Override
  public void close(CloseReason why) {}
}
