// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import dev.boomerang.server.config.SettingCatalogue;
import dev.boomerang.server.config.SettingCatalogue.Setting;
import dev.boomerang.web.field.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Prints every setting with what it does, its unit and its default.
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = "Prints all settings of the server, or those whose names begin with a text.")
public final class SettingsCommand implements Callable<Integer> {
  private static final int WIDTH = 96;

  @Parameters(
      arity = "0..1",
      paramLabel = "BEGINNING",
      description = "Such as http, gateway or jpush")
  private Optional<String> beginning = Optional.empty();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<Setting> settings =
        SettingCatalogue.settings().stream()
            .filter(setting -> setting.name().startsWith(beginning.orElse("")))
            .toList();
    if (settings.isEmpty()) {
      System.err.println("boomerang settings: none begins with " + beginning.orElse(""));
      return 1;
    }
    settings.forEach(this::print);
    return 0;
  }

  private void print(Setting setting) {
    var json =
        Json.object()
            .put("name", setting.name())
            .put("default", setting.defaultValue())
            .put("unit", setting.unit())
            .put("environment", setting.environment())
            .put("sentence", setting.sentence());
    if (output.print(json)) {
      return;
    }
    String value = setting.defaultValue().isEmpty() ? "none" : setting.defaultValue();
    String source = setting.isSecret() ? "" : "--";
    System.out.println(
        source + setting.name() + "  (" + setting.unit() + "; default " + value + ")");
    wrapped(setting.sentence()).forEach(line -> System.out.println("    " + line));
    System.out.println("    Environment: " + setting.environment());
  }

  /// A sentence in lines that fit a terminal.
  private static List<String> wrapped(String sentence) {
    return sentence.replaceAll("(.{1," + WIDTH + "})(?: +|$)", "$1\n").lines().toList();
  }
}
