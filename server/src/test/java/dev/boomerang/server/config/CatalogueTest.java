// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.server.config.Catalogue.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The annotated file and the code that reads settings name the same ones.
class CatalogueTest {

  @Test
  void theFile_hasEverySettingThatIsRead_andNoOther() {
    Values values = new Sources(Map.of(), Map.of(), Optional.empty()).values();

    Settings.of(values);

    assertThat(values.asked())
        .isEqualTo(Catalogue.settings().stream().map(Setting::name).collect(toSet()));
  }

  @Test
  void everySetting_isExplained() {
    assertThat(Catalogue.settings())
        .isNotEmpty()
        .allSatisfy(
            setting -> {
              assertThat(setting.name()).matches("[a-z]+(-[a-z]+)*");
              assertThat(setting.sentence()).matches("[A-Z].{10,}\\.");
              assertThat(setting.unit()).isNotBlank();
              assertThat(Catalogue.text())
                  .contains("Environment: " + setting.environment() + "\n" + setting.name() + "=");
            });
  }

  @Test
  void everySettingOfJpush_isOnTheOperationsPage_withItsDefault() throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"), UTF_8);
    List<String> rows = page.lines().filter(line -> line.startsWith("| `jpush-")).toList();

    assertThat(Catalogue.settings().stream().filter(it -> it.name().startsWith("jpush-")))
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

  @Test
  void everyName_isUnique() {
    assertThat(Catalogue.settings().stream().map(Setting::name)).doesNotHaveDuplicates();
  }

  @Test
  void environment_isTheNameInCapitals() {
    assertThat(Catalogue.environment("http-port")).isEqualTo("BOOMERANG_HTTP_PORT");
  }

  @Test
  void secrets_areTheseThree() {
    assertThat(Catalogue.settings().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactly("postgres-password", "master-key", "jpush-developer-secret");
  }
}
