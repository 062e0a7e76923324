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

/// Where settings come from: command line before environment before file before default.
///
/// `commandLine` is by setting name, `environment` as the process has it. `file` is what `--config`
/// named.
public record Sources(
    Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
  /// Variables of that prefix that are no settings.
  private static final Set<String> OTHERS =
      Set.of("BOOMERANG_CONFIG", "BOOMERANG_JAVA_OPTS", "BOOMERANG_BUILD", "BOOMERANG_SERVER");

  public Sources {
    commandLine = Map.copyOf(commandLine);
    environment = Map.copyOf(environment);
  }

  /// Every setting with its value and where that came from.
  Values values() {
    Map<String, String> ofFile = file.map(Sources::read).orElse(Map.of());
    Map<String, Values.Value> all = new HashMap<>();
    for (Catalogue.Setting setting : Catalogue.settings()) {
      all.put(setting.name(), value(setting, ofFile));
    }
    for (String name : new TreeSet<>(ofFile.keySet())) {
      if (!all.containsKey(name)) {
        throw new ConfigFault(
            name + " in " + file.orElseThrow() + ": there is no such setting (boomerang settings lists all)");
      }
    }
    return new Values(all);
  }

  private Values.Value value(Catalogue.Setting setting, Map<String, String> ofFile) {
    String name = setting.name();
    if (commandLine.containsKey(name)) {
      return new Values.Value(commandLine.getOrDefault(name, ""), "command line");
    }
    String variable = setting.environment();
    if (environment.containsKey(variable)) {
      return new Values.Value(environment.getOrDefault(variable, ""), "environment " + variable);
    }
    if (ofFile.containsKey(name)) {
      return new Values.Value(ofFile.getOrDefault(name, ""), "file " + file.orElseThrow());
    }
    return new Values.Value(setting.defaultValue(), "default");
  }

  /// Variables that look like settings and are none. Not an error: Kubernetes makes such names by
  /// itself.
  public Set<String> unknownVariables() {
    Set<String> known =
        Catalogue.settings().stream()
            .map(Catalogue.Setting::environment)
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
      throw new ConfigFault("config=" + file + ": cannot be read: " + e.getMessage());
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
