// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who this device is to the server: its device id, its registration, its profile (user, alias,
 * tags, …) and which members of the profile the server has not heard of yet.
 *
 * <p>The device id is written down before the first registration, and is made up if the app gave
 * none. So registering again, for whatever reason, is for the same device id.
 */
final class Identity implements Chapter {
  static final String USER = "userId";
  static final String ALIAS = "alias";
  static final String TAGS = "tags";
  static final String REGION = "region";
  static final String CHANNELS = "channels";
  static final String ATTRIBUTES = "attributes";
  static final String NOTIFICATIONS = "notifications";

  private static final String DEVICE = "device";
  private static final String FORGOTTEN = "forgotten";
  private static final String PROFILE = "profile";
  private static final String UNTOLD = "untold";
  private static final String LEAVING = "leaving";

  private String deviceId = "";
  private String origin = "";

  /** Read by any thread. */
  private volatile Optional<Registration> registration = Optional.empty();

  private final Map<String, Object> profile = new LinkedHashMap<>();
  private final Set<String> untold = new LinkedHashSet<>();
  private boolean leaving;

  String deviceId() {
    return deviceId;
  }

  /** Which server and app the registration is for. */
  String origin() {
    return origin;
  }

  Optional<Registration> registration() {
    return registration;
  }

  boolean isLeaving() {
    return leaving;
  }

  Map<String, Object> profile() {
    return new LinkedHashMap<>(profile);
  }

  /**
   * What the server has yet to be told, as a merge patch: a member that was taken away is null.
   * Empty if nothing.
   */
  Map<String, Object> patch() {
    Map<String, Object> patch = new LinkedHashMap<>();
    for (String member : untold) {
      patch.put(member, value(profile, member));
    }
    return patch;
  }

  static Json device(String deviceId) {
    return record(DEVICE, Map.of("id", deviceId));
  }

  static Json forgotten() {
    return record(FORGOTTEN, Map.of());
  }

  static Json leaving() {
    return record(LEAVING, Map.of());
  }

  /**
   * The record of a member's new value, {@link Json#NULL} for none; empty if that is its value
   * already.
   */
  Optional<Json> set(String member, Object value) {
    if (value(profile, member).equals(value)) {
      return Optional.empty();
    }
    Map<String, Object> next = profile();
    if (value == Json.NULL) {
      next.remove(member);
    } else {
      next.put(member, value);
    }
    Set<String> members = new LinkedHashSet<>(untold);
    members.add(member);
    return Optional.of(profile(next, members));
  }

  /** The record of the value {@code key} in the map {@code member}. */
  Optional<Json> setIn(String member, String key, String value) {
    Map<String, Object> values = new LinkedHashMap<>();
    new Json(profile).object(member).ifPresent(map -> values.putAll(map.members()));
    values.put(key, value);
    return set(member, values);
  }

  /**
   * The record that the server knows this profile now, all but those members. What has changed
   * since is still to be told.
   */
  Json told(Map<String, Object> sent, Set<String> notSent) {
    Set<String> members = new LinkedHashSet<>(untold);
    members.removeIf(member -> value(sent, member).equals(value(profile, member)));
    members.addAll(notSent);
    return profile(profile, members);
  }

  private static Object value(Map<String, Object> profile, String member) {
    return profile.getOrDefault(member, Json.NULL);
  }

  private static Json profile(Map<String, Object> profile, Set<String> untold) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put(PROFILE, profile);
    record.put(UNTOLD, new ArrayList<>(untold));
    return record(PROFILE, record);
  }

  private static Json record(String kind, Map<String, Object> members) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", kind);
    record.putAll(members);
    return new Json(record);
  }

  @Override
  public void apply(Json record) {
    switch (record.text("r")) {
      case DEVICE:
        deviceId = record.text("id");
        break;
      case Registration.RECORD:
        registration = Optional.of(Registration.read(record));
        origin = record.text("origin");
        break;
      case FORGOTTEN:
        registration = Optional.empty();
        break;
      case PROFILE:
        Map<String, Object> values =
            record.object(PROFILE).map(Json::members).orElseGet(LinkedHashMap::new);
        profile.clear();
        profile.putAll(values);
        untold.clear();
        untold.addAll(record.list(UNTOLD));
        break;
      case LEAVING:
        leaving = true;
        break;
      default:
        break;
    }
  }

  @Override
  public List<Json> snapshot() {
    List<Json> records = new ArrayList<>();
    if (!deviceId.isEmpty()) {
      records.add(device(deviceId));
    }
    registration.ifPresent(known -> records.add(known.write(origin)));
    if (!profile.isEmpty() || !untold.isEmpty()) {
      records.add(profile(profile, untold));
    }
    if (leaving) {
      records.add(leaving());
    }
    return records;
  }

  void clear() {
    deviceId = "";
    registration = Optional.empty();
    profile.clear();
    untold.clear();
    leaving = false;
  }
}
