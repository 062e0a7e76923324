// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import dev.boomerang.device.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds the credentials the server gave this device, and where it is to connect. Immutable. */
public final class Registration {
  static final String RECORD = "registration";

  public final String id;
  public final String secret;
  public final String host;
  public final int port;

  public Registration(String id, String secret, String host, int port) {
    this.id = id;
    this.secret = secret;
    this.host = host;
    this.port = port;
  }

  static Registration read(Json record) {
    return new Registration(
        record.text("id"), record.text("secret"), record.text("host"), (int) record.number("port"));
  }

  /** Returns the record that the journal stores; {@code origin} names the server and app. */
  public Json write(String origin) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", RECORD);
    record.put("origin", origin);
    record.put("id", id);
    record.put("secret", secret);
    record.put("host", host);
    record.put("port", port);
    return new Json(record);
  }

  @Override
  public String toString() {
    return "Registration " + id;
  }
}
