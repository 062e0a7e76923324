// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.model.registration.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers by cid, sorted by the name that the cid was meant by.
final class TargetStatuses {
  private TargetStatuses() {}

  static Map<String, Map<String, TargetStatus>> byName(
      Map<String, List<Registration>> named, Map<String, TargetStatus> cids) {
    Map<String, Map<String, TargetStatus>> names = new LinkedHashMap<>();
    named.forEach(
        (name, people) -> {
          Map<String, TargetStatus> own = new LinkedHashMap<>();
          people.forEach(
              person ->
                  own.put(
                      person.id().value(),
                      cids.getOrDefault(person.id().value(), TargetStatus.IGNORED)));
          names.put(name, own);
        });
    return names;
  }
}
