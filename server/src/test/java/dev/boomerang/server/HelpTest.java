// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.server.config.SettingCatalogue;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody sees who meets the command line for the first time. No server runs.
class HelpTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(out);
    System.setErr(err);
  }

  private List<String> run(String... arguments) {
    said.reset();
    assertThat(CommandLineRunner.run(arguments, Clock.systemUTC())).isZero();
    return said.toString(UTF_8).lines().toList();
  }

  @Test
  void help_hasTheCommandsFirst_andTenSettings_onOneScreen() {
    List<String> lines = run("--help");

    String text = String.join("\n", lines);
    assertThat(lines).hasSizeLessThan(60);
    assertThat(text)
        .contains(
            "serve", "device", "push", "recall", "stop", "tail", "keys", "boomerang settings");
    assertThat(text.indexOf("recall")).isLessThan(text.indexOf("--http-port"));
    assertThat(Pattern.compile("(?m)^ +--(?!config|help)[a-z-]+=").matcher(text).results())
        .hasSize(10);
  }

  @Test
  void settings_areAllThere_withSentenceUnitAndDefault() {
    String text = String.join("\n", run("settings")).replaceAll("\\s+", " ");

    assertThat(SettingCatalogue.settings())
        .allSatisfy(
            setting ->
                assertThat(text)
                    .contains(
                        setting.name() + " (" + setting.unit() + "; default ",
                        setting.sentence().replaceAll("\\s+", " "),
                        setting.environment()));
    assertThat(text).doesNotContain("--master-key (", "--postgres-password (");
    assertThat(run("settings", "gateway-").getFirst()).startsWith("--gateway-host");
    assertThat(CommandLineRunner.run(new String[] {"settings", "nothing"}, Clock.systemUTC()))
        .isEqualTo(1);
  }

  @Test
  void settings_asJson_areOneInEachLine() {
    List<String> lines = run("settings", "--json");

    assertThat(lines).hasSize(SettingCatalogue.settings().size());
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(Json.read(Body.of(line)).orElseThrow().path("sentence").asText())
                    .isNotBlank());
  }

  @Test
  void keys_areShownAgain() throws Exception {
    var keys = DemoKeys.make(new SecureRandom()).json();
    Path file = Files.writeString(folder.resolve("demo.json"), Json.write(keys), UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    String text = String.join("\n", run("keys", "--data-dir", folder.toString()));
    assertThat(text)
        .contains(
            keys.path("adminToken").asText(),
            keys.at("/jpush/masterSecret").asText(),
            keys.at("/vivo/appSecret").asText());
    List<String> json = run("keys", "--json", "--data-dir", folder.toString());
    assertThat(Json.read(Body.of(json.getFirst()))).contains(keys);
    assertThat(complained.toString(UTF_8)).isEmpty();
  }

  @Test
  void keysThatOthersMayRead_areShown_andThatIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("demo.json"), "{\"appId\":\"x\"}", UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    run("keys", "--data-dir", folder.toString());

    assertThat(complained.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .contains(file.toString(), "rw-r--r--", "chmod 600");
  }

  @Test
  void keys_withoutAServerThatWroteThem_saySo() {
    int code =
        CommandLineRunner.run(
            new String[] {"keys", "--data-dir", folder.toString()}, Clock.systemUTC());

    assertThat(code).isEqualTo(1);
    assertThat(complained.toString(UTF_8)).contains("start the server first");
  }
}
