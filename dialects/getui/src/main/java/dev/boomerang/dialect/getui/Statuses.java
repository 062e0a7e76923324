// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.registration.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers by cid, sorted by the name that the cid was meant by.
final class Statuses {
  private Statuses() {}

  static Map<String, Map<String, Status>> byName(
      Map<String, List<Registration>> named, Map<String, Status> cids) {
    Map<String, Map<String, Status>> names = new LinkedHashMap<>();
    named.forEach(
        (name, people) -> {
          Map<String, Status> own = new LinkedHashMap<>();
          people.forEach(
              person ->
                  own.put(
                      person.id().value(), cids.getOrDefault(person.id().value(), Status.IGNORED)));
          names.put(name, own);
        });
    return names;
  }
}
