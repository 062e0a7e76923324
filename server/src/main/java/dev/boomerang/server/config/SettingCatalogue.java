// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The annotated default file, read: every setting there is.
public final class SettingCatalogue {
  private static final String FILE = "/boomerang.properties";
  private static final String SECRET = "secret";

  /// `unit` describes a value.
  public record Setting(String name, String defaultValue, String sentence, String unit) {
    public String environment() {
      return SettingCatalogue.environment(name);
    }

    public boolean isSecret() {
      return unit.startsWith(SECRET);
    }
  }

  private SettingCatalogue() {}

  /// Returns the settings in the order of the file.
  public static List<Setting> settings() {
    var settings = new ArrayList<Setting>();
    var comment = new ArrayList<String>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("# ")) {
        comment.add(line.substring(2));
      } else if (line.contains("=") && !line.startsWith("#")) {
        settings.add(setting(line, comment));
        comment.clear();
      } else {
        comment.clear();
      }
    }
    return List.copyOf(settings);
  }

  private static Setting setting(String line, List<String> comment) {
    int equals = line.indexOf('=');
    String last = comment.isEmpty() ? "" : comment.getLast();
    int end = last.indexOf(". Environment: ");
    if (!last.startsWith("Unit: ") || end < 0) {
      throw new IllegalStateException(FILE + " does not explain " + line);
    }
    return new Setting(
        line.substring(0, equals),
        line.substring(equals + 1),
        String.join(" ", comment.subList(0, comment.size() - 1)),
        last.substring("Unit: ".length(), end));
  }

  /// The environment variable of a setting.
  public static String environment(String name) {
    return "BOOMERANG_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// The file as it is.
  static String text() {
    try (InputStream in = SettingCatalogue.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + FILE);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
