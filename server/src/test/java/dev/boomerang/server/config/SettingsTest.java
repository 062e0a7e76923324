// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.mpaas.MpaasConfig;
import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.dialect.nativeapi.device.DeviceApi;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.webhook.WebhookDispatcher;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.Secret;
import dev.boomerang.server.config.StoreSettings.Kind;
import dev.boomerang.server.config.StoreSettings.MasterKeySettings;
import dev.boomerang.server.http.HttpConfig;
import dev.boomerang.server.http.WebhookClientConfig;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Path DATA = Path.of("./data");

  @Test
  void defaults_areThese() {
    Settings settings = Settings.of(sources(Map.of()));

    assertThat(settings)
        .isEqualTo(
            new Settings(
                new HttpConfig("0.0.0.0", 7300, Optional.empty(), HttpConfig.Limits.DEFAULT),
                new GatewaySettings(
                    GatewayConfig.at("0.0.0.0", 7310),
                    "",
                    Set.of("localhost", "127.0.0.1", "[::1]"),
                    0),
                new StoreSettings(
                    DATA,
                    new Kind.Sqlite(),
                    0,
                    new MasterKeySettings(Optional.empty(), DATA.resolve("master.key"))),
                new LimitsSettings(
                    Limits.DEFAULT,
                    NativeApi.Config.DEFAULT,
                    DeviceApi.Config.DEFAULT,
                    IdentityMode.OPEN,
                    Optional.empty()),
                MpaasConfig.DEFAULT,
                JpushConfig.DEFAULT,
                new WebhookSettings(WebhookDispatcher.Config.DEFAULT, WebhookClientConfig.DEFAULT),
                GetuiConfig.DEFAULT,
                VivoConfig.DEFAULT,
                new LogSettings(LogSettings.Format.TEXT, Level.INFO),
                Duration.ofMinutes(2)));
  }

  @Test
  void aSetting_comesFromCommandLineThenEnvironmentThenFile(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("my.properties");
    Files.writeString(file, "http-port=1\ngateway-port=2\nnode=3\n");
    var settingSources =
        new SettingSources(
            Map.of("http-port", "11"),
            Map.of("BOOMERANG_HTTP_PORT", "21", "BOOMERANG_GATEWAY_PORT", "22"),
            Optional.of(file));

    Settings settings = Settings.of(settingSources);

    assertThat(settings.http().port()).isEqualTo(11);
    assertThat(settings.gateway().config().listen().port()).isEqualTo(22);
    assertThat(settings.store().node()).isEqualTo(3);
    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void postgres_takesItsSettings() {
    Settings settings =
        Settings.of(
            sources(
                Map.of(
                    "BOOMERANG_STORE", "postgres",
                    "BOOMERANG_POSTGRES_URL", "jdbc:postgresql://db/boomerang",
                    "BOOMERANG_POSTGRES_USER", "push",
                    "BOOMERANG_POSTGRES_PASSWORD", "pssst")));

    assertThat(settings.store().kind())
        .isInstanceOfSatisfying(
            Kind.Postgres.class,
            postgres -> {
              assertThat(postgres.config().jdbcUrl()).isEqualTo("jdbc:postgresql://db/boomerang");
              assertThat(postgres.config().user()).isEqualTo("push");
              assertThat(postgres.config().password()).isEqualTo(new Secret("pssst"));
              assertThat(postgres.config().patience()).isEqualTo(Duration.ofSeconds(10));
            });
    assertThat(settings.toString()).doesNotContain("pssst");
  }

  @Test
  void vivo_takesItsSettings() {
    VivoConfig vivo =
        Settings.of(
                sources(
                    Map.of(
                        "BOOMERANG_VIVO_RECEIPTS", "7=https://a.example/r?x=1, 8=http://b.example",
                        "BOOMERANG_VIVO_SYSTEM_CATEGORIES", "IM, CALL",
                        "BOOMERANG_VIVO_OPERATIONAL_HOURS", "07:00-23:00",
                        "BOOMERANG_VIVO_BROADCASTS_PER_DAY", "1")))
            .vivo();

    assertThat(vivo.callbackUrls())
        .containsOnly(
            Map.entry("7", URI.create("https://a.example/r?x=1")),
            Map.entry("8", URI.create("http://b.example")));
    assertThat(vivo.categories().system()).containsExactlyInAnyOrder("IM", "CALL");
    assertThat(vivo.operationalHours())
        .contains(new VivoConfig.OperationalHours(LocalTime.of(7, 0), LocalTime.of(23, 0)));
    assertThat(vivo.quotas().broadcastsPerDay()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VIVO_RECEIPTS | 7 | must be a list such as 7=https://",
        "VIVO_RECEIPTS | 7=ftp://a.example | must be a list such as 7=https://",
        "VIVO_RECEIPTS | 7=http://a.example,7=http://b.example | must be a list such as",
        "VIVO_OPERATIONAL_HOURS | 7-23 | must be two times of day such as 07:00-23:00",
        "SENSITIVE_WORDS | /no/such/file | must be a file that can be read",
        "HTTP_PORT | 65536 | http-port=65536 from environment BOOMERANG_HTTP_PORT: must be a whole"
            + " number from 0 to 65535",
        "HTTP_PORT | abc | http-port=abc from environment BOOMERANG_HTTP_PORT: must be a whole"
            + " number",
        "HTTPS_PORT | 7443 | https-port=7443 from environment BOOMERANG_HTTPS_PORT: needs"
            + " https-cert-file",
        "HTTP_CALL_TIME | 30 | http-call-time=30 from environment BOOMERANG_HTTP_CALL_TIME: must be"
            + " a duration such as",
        "HTTP_CALL_TIME | 2d | must be from 1ms to 1d",
        "HTTP_MAX_BODY | 1MB | http-max-body=1MB from environment BOOMERANG_HTTP_MAX_BODY: must be"
            + " a size such as",
        "GATEWAY_LOW_WATER | 1MiB | gateway-high-water=64KiB from default: the low water mark",
        "GATEWAY_CERT_FILE | /no/such | gateway-cert-file=/no/such from environment"
            + " BOOMERANG_GATEWAY_CERT_FILE: must be a file that can be read",
        "HTTPS_KEY_FILE | pom.xml | needs https-port",
        "JPUSH_DEVELOPER_KEY | abc | needs jpush-developer-key and jpush-developer-secret together",
        "JPUSH_DEVELOPER_SECRET | abc | jpush-developer-secret=*** from environment",
        "STORE | mysql | store=mysql from environment BOOMERANG_STORE: must be one of sqlite,"
            + " postgres",
        "STORE | postgres | postgres-url= from default: must begin with jdbc:postgresql:",
        "NODE | 32 | must be a whole number from 0 to 31",
        "RETENTION | 30d | max-lifetime=30d from default, retention=30d from environment"
            + " BOOMERANG_RETENTION: retention must be at least",
        "LOG_LEVEL | loud | must be one of debug, info, warn, error",
        "DATA_DIR | ' ' | must not be empty",
      })
  void aWrongValue_isRefusedWithNameSourceAndRule(String variable, String value, String words) {
    assertThatThrownBy(() -> Settings.of(sources(Map.of("BOOMERANG_" + variable, value))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aWrongSecret_isNotTold(@TempDir Path folder) {
    var settingValues = sources(Map.of("BOOMERANG_POSTGRES_PASSWORD", "pssst")).settingValues();

    assertThat(settingValues.fault("postgres-password", "is wrong"))
        .hasMessage("postgres-password=*** from environment BOOMERANG_POSTGRES_PASSWORD: is wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://push:pssst@db/boomerang, postgresql://push:***@db/boomerang",
    "jdbc:pg://db/boomerang?user=push&Password=pssst&ssl=true,"
        + " jdbc:pg://db/boomerang?user=push&Password=***&ssl=true",
  })
  void aPasswordInAWrongAddress_isNotTold(String address, String told) {
    var settingSources =
        sources(Map.of("BOOMERANG_STORE", "postgres", "BOOMERANG_POSTGRES_URL", address));

    assertThatThrownBy(() -> Settings.of(settingSources))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("postgres-url=" + told + " from environment");
  }

  @Test
  void anUnknownKeyInTheFile_isRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my.properties");
    Files.writeString(file, "htp-port=1\n");

    assertThatThrownBy(() -> Settings.of(new SettingSources(Map.of(), Map.of(), Optional.of(file))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("htp-port in " + file + ": there is no such setting");
  }

  @Test
  void aFileThatIsNotThere_isRefused(@TempDir Path folder) {
    Path file = folder.resolve("none.properties");

    assertThatThrownBy(() -> Settings.of(new SettingSources(Map.of(), Map.of(), Optional.of(file))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("config=" + file + ": cannot be read");
  }

  @Test
  void unknownVariables_areToldButNotThoseOfOthers() {
    var settingSources =
        sources(
            Map.of(
                "BOOMERANG_HTP_PORT", "1",
                "BOOMERANG_HTTP_PORT", "2",
                "BOOMERANG_JAVA_OPTS", "-Xmx1g",
                "BOOMERANG_SERVER", "http://push.example.com:7300",
                "PATH", "/bin"));

    assertThat(settingSources.unknownVariables()).containsExactly("BOOMERANG_HTP_PORT");
  }

  private static SettingSources sources(Map<String, String> environment) {
    return new SettingSources(Map.of(), environment, Optional.empty());
  }
}
