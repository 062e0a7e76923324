// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Finds where a setting comes from: command line before environment before file before default.
///
/// `commandLine` is by setting name, `environment` as the process has it. `file` is what `--config`
/// named.
public record SettingSources(
    Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
  /// Variables of that prefix that are no settings.
  private static final Set<String> OTHERS =
      Set.of("BOOMERANG_CONFIG", "BOOMERANG_JAVA_OPTS", "BOOMERANG_BUILD", "BOOMERANG_SERVER");

  public SettingSources {
    commandLine = Map.copyOf(commandLine);
    environment = Map.copyOf(environment);
  }

  /// Every setting with its value and where that came from.
  SettingValues settingValues() {
    Map<String, String> ofFile = file.map(SettingSources::read).orElse(Map.of());
    Map<String, SettingValues.Value> all = new HashMap<>();
    for (SettingCatalogue.Setting setting : SettingCatalogue.settings()) {
      all.put(setting.name(), value(setting, ofFile));
    }
    for (String name : new TreeSet<>(ofFile.keySet())) {
      if (!all.containsKey(name)) {
        throw new InvalidSettingException(
            name
                + " in "
                + file.orElseThrow()
                + ": there is no such setting (boomerang settings lists all)");
      }
    }
    return new SettingValues(all);
  }

  private SettingValues.Value value(SettingCatalogue.Setting setting, Map<String, String> ofFile) {
    String name = setting.name();
    if (commandLine.containsKey(name)) {
      return new SettingValues.Value(commandLine.getOrDefault(name, ""), "command line");
    }
    String variable = setting.environment();
    if (environment.containsKey(variable)) {
      return new SettingValues.Value(
          environment.getOrDefault(variable, ""), "environment " + variable);
    }
    if (ofFile.containsKey(name)) {
      return new SettingValues.Value(ofFile.getOrDefault(name, ""), "file " + file.orElseThrow());
    }
    return new SettingValues.Value(setting.defaultValue(), "default");
  }

  /// Variables that look like settings and are none. Not an error: Kubernetes makes such names by
  /// itself.
  public Set<String> unknownVariables() {
    Set<String> known =
        SettingCatalogue.settings().stream()
            .map(SettingCatalogue.Setting::environment)
            .collect(Collectors.toSet());
    return environment.keySet().stream()
        .filter(name -> name.startsWith("BOOMERANG_"))
        .filter(name -> !known.contains(name) && !OTHERS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> read(Path file) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingException("config=" + file + ": cannot be read: " + e.getMessage());
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
