// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import dev.boomerang.device.internal.journal.JournaledState;
import dev.boomerang.device.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what identifies this device to the server: its device id, its registration, its profile
 * (user, alias, tags, …) and which members of the profile the server does not have yet.
 *
 * <p>The device id is stored before the first registration, and is random if the app gave none. So
 * registering again, for whatever reason, uses the same device id.
 */
public final class DeviceIdentity implements JournaledState {
  public static final String USER = "userId";
  public static final String ALIAS = "alias";
  public static final String TAGS = "tags";
  public static final String REGION = "region";
  public static final String CHANNELS = "channels";
  public static final String ATTRIBUTES = "attributes";
  public static final String NOTIFICATIONS = "notifications";

  private static final String DEVICE = "device";
  private static final String REGISTRATION_FORGOTTEN = "registrationForgotten";
  private static final String PROFILE = "profile";
  private static final String UNSYNCED = "unsynced";
  private static final String UNREGISTERING = "unregistering";

  private String deviceId = "";
  private String origin = "";

  /** The current registration, which any thread may read. */
  private volatile Optional<Registration> registration = Optional.empty();

  private final Map<String, Object> profile = new LinkedHashMap<>();
  private final Set<String> unsynced = new LinkedHashSet<>();
  private boolean unregistering;

  /** Returns the device id; empty before the first start. */
  public String deviceId() {
    return deviceId;
  }

  /** Returns which server and app the registration is for. */
  public String origin() {
    return origin;
  }

  /** Returns the registration; empty if the device is not registered. */
  public Optional<Registration> registration() {
    return registration;
  }

  /** Returns whether the registration is to be ended at the server. */
  public boolean isUnregistering() {
    return unregistering;
  }

  /** Returns a copy of the profile. */
  public Map<String, Object> profile() {
    return new LinkedHashMap<>(profile);
  }

  /**
   * Returns the changes that the server does not have yet, as a merge patch: a removed member is
   * null. Empty if there are none.
   */
  public Map<String, Object> patch() {
    Map<String, Object> patch = new LinkedHashMap<>();
    for (String member : unsynced) {
      patch.put(member, value(profile, member));
    }
    return patch;
  }

  /** Returns the record of a new device id. */
  public static Json device(String deviceId) {
    return record(DEVICE, Map.of("id", deviceId));
  }

  /** Returns the record that the registration is no longer valid. */
  public static Json registrationForgotten() {
    return record(REGISTRATION_FORGOTTEN, Map.of());
  }

  /** Returns the record that the registration is to be ended at the server. */
  public static Json unregistering() {
    return record(UNREGISTERING, Map.of());
  }

  /**
   * Returns the record of a member's new value, {@link Json#NULL} for none; empty if the member has
   * that value already.
   */
  public Optional<Json> set(String member, Object value) {
    if (value(profile, member).equals(value)) {
      return Optional.empty();
    }
    Map<String, Object> next = profile();
    if (value == Json.NULL) {
      next.remove(member);
    } else {
      next.put(member, value);
    }
    Set<String> members = new LinkedHashSet<>(unsynced);
    members.add(member);
    return Optional.of(profile(next, members));
  }

  /** Returns the record of a new value of {@code key} in the map {@code member}. */
  public Optional<Json> setIn(String member, String key, String value) {
    Map<String, Object> values = new LinkedHashMap<>();
    new Json(profile).object(member).ifPresent(map -> values.putAll(map.members()));
    values.put(key, value);
    return set(member, values);
  }

  /**
   * Returns the record that the server has this profile now, without the members in {@code
   * notSent}. What has changed since {@code sent} is still to be sent.
   */
  public Json synced(Map<String, Object> sent, Set<String> notSent) {
    Set<String> members = new LinkedHashSet<>(unsynced);
    members.removeIf(member -> value(sent, member).equals(value(profile, member)));
    members.addAll(notSent);
    return profile(profile, members);
  }

  private static Object value(Map<String, Object> profile, String member) {
    return profile.getOrDefault(member, Json.NULL);
  }

  private static Json profile(Map<String, Object> profile, Set<String> unsynced) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put(PROFILE, profile);
    record.put(UNSYNCED, new ArrayList<>(unsynced));
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
      case REGISTRATION_FORGOTTEN:
        registration = Optional.empty();
        break;
      case PROFILE:
        Map<String, Object> values =
            record.object(PROFILE).map(Json::members).orElseGet(LinkedHashMap::new);
        profile.clear();
        profile.putAll(values);
        unsynced.clear();
        unsynced.addAll(record.list(UNSYNCED));
        break;
      case UNREGISTERING:
        unregistering = true;
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
    registration.ifPresent(current -> records.add(current.write(origin)));
    if (!profile.isEmpty() || !unsynced.isEmpty()) {
      records.add(profile(profile, unsynced));
    }
    if (unregistering) {
      records.add(unregistering());
    }
    return records;
  }

  /** Forgets everything. */
  public void clear() {
    deviceId = "";
    registration = Optional.empty();
    profile.clear();
    unsynced.clear();
    unregistering = false;
  }
}
