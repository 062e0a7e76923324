// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.server.config.SettingCatalogue.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The annotated file and the code that reads settings name the same ones.
class SettingCatalogueTest {
  /// A name of several words in code font, with or without a value.
  private static final Pattern NAME = Pattern.compile("`(?:--)?([a-z]+(?:-[a-z]+)+)(?:=[^`]*)?`");

  @Test
  void theFile_hasEverySettingThatIsRead_andNoOther() {
    SettingValues settingValues =
        new SettingSources(Map.of(), Map.of(), Optional.empty()).settingValues();

    Settings.of(settingValues);

    assertThat(settingValues.asked())
        .isEqualTo(SettingCatalogue.settings().stream().map(Setting::name).collect(toSet()));
  }

  @Test
  void everySetting_isExplained() {
    assertThat(SettingCatalogue.settings())
        .isNotEmpty()
        .allSatisfy(
            setting -> {
              assertThat(setting.name()).matches("[a-z]+(-[a-z]+)*");
              assertThat(setting.sentence()).matches("[A-Z].{10,}\\.");
              assertThat(setting.unit()).isNotBlank();
              assertThat(SettingCatalogue.text())
                  .contains("Environment: " + setting.environment() + "\n" + setting.name() + "=");
            });
  }

  @Test
  void everySettingOfJpush_isOnTheOperationsPage_withItsDefault() throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"), UTF_8);
    List<String> rows = page.lines().filter(line -> line.startsWith("| `jpush-")).toList();

    assertThat(SettingCatalogue.settings().stream().filter(it -> it.name().startsWith("jpush-")))
        .isNotEmpty()
        .allSatisfy(
            setting -> {
              String value =
                  setting.defaultValue().isEmpty() ? "empty" : "`" + setting.defaultValue() + "`";
              assertThat(rows)
                  .anyMatch(
                      row ->
                          row.contains("`" + setting.name() + "`")
                              && row.contains(" | " + value + " | "));
            });
  }

  /// Names that look like settings and are none: an answer of `/health/ready`, and the headers of
  /// Standard Webhooks.
  private static final Set<String> NO_SETTINGS =
      Set.of("store-down", "webhook-id", "webhook-signature", "webhook-timestamp");

  /// Names like those of settings, in the prose too, are settings.
  @Test
  void everySettingThatThePagesName_isThere() throws IOException {
    Set<String> names = SettingCatalogue.settings().stream().map(Setting::name).collect(toSet());
    Set<String> groups = names.stream().map(name -> name.replaceFirst("-.*", "")).collect(toSet());
    Set<String> told = new TreeSet<>();
    for (Path page : pages()) {
      Matcher matcher = NAME.matcher(Files.readString(page, UTF_8));
      while (matcher.find()) {
        told.add(matcher.group(1));
      }
    }
    told.removeIf(name -> !groups.contains(name.replaceFirst("-.*", "")));
    told.removeAll(NO_SETTINGS);

    assertThat(told).hasSizeGreaterThan(50).isSubsetOf(names);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      return Stream.concat(
              docs.filter(page -> page.toString().endsWith(".md")),
              Stream.of(Path.of("../README.md"), Path.of("../ERRORS.md")))
          .toList();
    }
  }

  @Test
  void everyName_isUnique() {
    assertThat(SettingCatalogue.settings().stream().map(Setting::name)).doesNotHaveDuplicates();
  }

  @Test
  void environment_isTheNameInCapitals() {
    assertThat(SettingCatalogue.environment("http-port")).isEqualTo("BOOMERANG_HTTP_PORT");
  }

  @Test
  void secrets_areTheseThree() {
    assertThat(SettingCatalogue.settings().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactly("postgres-password", "master-key", "jpush-developer-secret");
  }
}
