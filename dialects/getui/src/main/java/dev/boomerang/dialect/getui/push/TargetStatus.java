// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.web.field.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/// Says what happened to a push for one user when it was accepted.
public enum TargetStatus {
  ONLINE("successed_online"),
  /// The push waits until the user connects.
  OFFLINE("successed_offline"),
  /// Nothing is delivered: the user is unknown, on the blacklist, or was not here for too long.
  IGNORED("successed_ignore");

  private final String wire;

  TargetStatus(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /// Returns the status that a delivery had at first, whatever has happened since: a repeated call
  /// gets the first answer.
  static TargetStatus of(Delivery delivery) {
    return delivery.timeline().getFirst().status() == DeliveryStatus.SENDING ? ONLINE : OFFLINE;
  }

  /// Returns the status of a user whose message is taken back, for which there is no delivery.
  static TargetStatus of(boolean connected) {
    return connected ? ONLINE : OFFLINE;
  }

  /// Returns the best status of all; ignored if there is none.
  public static TargetStatus best(Collection<TargetStatus> all) {
    return all.stream().min(Comparator.naturalOrder()).orElse(IGNORED);
  }

  /// Returns an object of statuses by cid, in the order of the map.
  public static ObjectNode json(Map<String, TargetStatus> cids) {
    ObjectNode json = Json.object();
    cids.forEach((cid, status) -> json.put(cid, status.wire()));
    return json;
  }
}
