// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.server.config.Catalogue.Setting;
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
  void everyName_isUnique() {
    assertThat(Catalogue.settings().stream().map(Setting::name)).doesNotHaveDuplicates();
  }

  @Test
  void environment_isTheNameInCapitals() {
    assertThat(Catalogue.environment("http-port")).isEqualTo("BOOMERANG_HTTP_PORT");
  }

  @Test
  void secrets_areTheseTwo() {
    assertThat(Catalogue.settings().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactly("postgres-password", "master-key");
  }
}
