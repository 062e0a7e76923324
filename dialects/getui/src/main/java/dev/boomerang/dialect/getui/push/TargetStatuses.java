// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.model.registration.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups statuses of cids by the name that stood for them.
final class TargetStatuses {
  private TargetStatuses() {}

  /// Returns the statuses of each name's cids, in the order of the names. A name that nobody has
  /// keeps an empty map.
  static Map<String, Map<String, TargetStatus>> byName(
      Map<String, List<Registration>> registrationsByName, Map<String, TargetStatus> statusByCid) {
    Map<String, Map<String, TargetStatus>> statusesByName = new LinkedHashMap<>();
    registrationsByName.forEach(
        (name, registrations) -> {
          Map<String, TargetStatus> statuses = new LinkedHashMap<>();
          registrations.forEach(
              registration ->
                  statuses.put(
                      registration.id().value(),
                      statusByCid.getOrDefault(registration.id().value(), TargetStatus.IGNORED)));
          statusesByName.put(name, statuses);
        });
    return statusesByName;
  }
}
