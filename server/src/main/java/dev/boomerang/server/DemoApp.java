// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The app that a first start makes, so that there is something to push to.
///
/// Its keys are written down before the app is stored: a crash in between leaves a file whose keys
/// the next start gives to the app. The other way round it would leave an app whose keys nobody
/// knows.
final class DemoApp {
  static final String FILE = "demo.json";

  private static final String NAME = "Demo";

  private static final System.Logger LOG = System.getLogger(DemoApp.class.getName());

  private DemoApp() {}

  /// Makes it if there is no app at all; returns its keys if so.
  static Optional<DemoKeys> open(Apps apps, Path dataDir, SecureRandom random, Clock clock)
      throws StartupException {
    if (!apps.all().isEmpty()) {
      return Optional.empty();
    }
    Path file = dataDir.resolve(FILE);
    try {
      DemoKeys keys;
      if (Files.exists(file)) {
        keys = read(file);
      } else {
        keys = DemoKeys.make(random);
        PrivateFile.write(file, keys.json().toPrettyString() + "\n");
      }
      var app = new App(keys.appId(), keys.workspaceId(), NAME, clock.instant());
      return apps.add(app, keys.keys()) ? Optional.of(keys) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(
          "cannot make the demo app from "
              + file
              + ": "
              + e.getMessage()
              + "; delete it or put it right");
    }
  }

  /// Gives the demo app this mode, if it is there, and logs which apps believe whoever has their
  /// device key.
  static void setIdentityMode(Apps apps, Path dataDir, IdentityMode mode) throws StartupException {
    Path file = dataDir.resolve(FILE);
    try {
      if (Files.exists(file)) {
        apps.find(read(file).appId())
            .filter(app -> app.identityMode() != mode)
            .ifPresent(app -> apps.setIdentity(app.id(), mode, Optional.empty()));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException("cannot read the demo app from " + file + ": " + e.getMessage());
    }
    List<String> open =
        apps.all().stream()
            .filter(app -> app.identityMode() == IdentityMode.OPEN)
            .map(app -> app.id().value())
            .toList();
    if (!open.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "event=identity-open apps="
              + open.size()
              + " first="
              + open.getFirst()
              + " note=\"whoever has the device key may bind a device to any user; see Identity in"
              + " docs/device-protocol.md\"");
    }
  }

  private static DemoKeys read(Path file) throws IOException {
    return Json.read(Files.readString(file, UTF_8))
        .filter(ObjectNode.class::isInstance)
        .map(node -> new DemoKeys((ObjectNode) node))
        .orElseThrow(() -> new IllegalArgumentException("it is not a JSON object"));
  }
}
