// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.DeliveryId;
import dev.boomerang.port.Attachment;
import java.util.List;

/// A connection that takes everything.
final class Wire implements Attachment {
  @Override
  public boolean offer(Handover handover) {
    return true;
  }

  @Override
  public void nudge() {}

  @Override
  public void drop(List<DeliveryId> deliveries) {}

  @Override
  public void withdraw(List<DeliveryId> deliveries) {}

  @Override
  public void end(End why) {}
}
