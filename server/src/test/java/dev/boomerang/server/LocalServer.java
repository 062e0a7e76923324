// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.config.SettingSources;
import dev.boomerang.server.config.Settings;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The server in this process, on free ports of this machine, with its data in a folder; its demo
/// app's keys, and the native API as that app.
record LocalServer(Main main, JsonNode demo, NativeApiClient api) implements AutoCloseable {

  static LocalServer start(Path folder, Map<String, String> settings)
      throws StartupException, IOException {
    return start(folder, settings, Clock.systemUTC());
  }

  static LocalServer start(Path folder, Map<String, String> settings, Clock clock)
      throws StartupException, IOException {
    var given =
        new HashMap<>(
            Map.of(
                "http-host", "127.0.0.1",
                "http-port", "0",
                "gateway-host", "127.0.0.1",
                "gateway-port", "0",
                "data-dir", folder.toString()));
    given.putAll(settings);
    Main main =
        Main.start(Settings.of(new SettingSources(given, Map.of(), Optional.empty())), clock);
    JsonNode demo = Json.read(Files.readString(folder.resolve("demo.json"), UTF_8)).orElseThrow();
    return new LocalServer(
        main, demo, new NativeApiClient(main.httpPort(), demo.path("adminToken").asText()));
  }

  int httpPort() {
    return main.httpPort();
  }

  String url() {
    return "http://127.0.0.1:" + httpPort();
  }

  @Override
  public void close() {
    main.close();
  }
}
