// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbacksTest {
  private static final String URL = "'url':'http://receiver.example/told'";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private static String push(String callback) {
    return "{'platform':'all','audience':'all','notification':{'alert':'hi'},'callback':{"
        + callback
        + "}}";
  }

  private Optional<Webhook> callback(String callback) {
    return jpushFixture
        .engine
        .tasks()
        .find(Fixtures.SHOP, jpushFixture.pushed(push(callback)))
        .flatMap(Task::webhook);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "               | RECEIVED CLICKED NOT_RECEIVED",
        ",'type':0      | RECEIVED CLICKED NOT_RECEIVED",
        ",'type':1      | RECEIVED",
        ",'type':2      | CLICKED",
        ",'type':3      | RECEIVED CLICKED",
        ",'type':4      | NOT_RECEIVED",
        ",'type':7      | RECEIVED CLICKED NOT_RECEIVED",
        ",'type':11     | RECEIVED CLICKED"
      })
  void type_saysWhichEvents(String type, String events) {
    Set<EventType> asked =
        Arrays.stream(events.split(" ")).map(EventType::valueOf).collect(Collectors.toSet());

    assertThat(callback(URL + (type == null ? "" : type)))
        .contains(new Webhook(URI.create("http://receiver.example/told"), Map.of(), asked));
  }

  @Test
  void url_mayHaveAnUnderscoreInItsHost() {
    assertThat(callback("'url':'http://my_app:8080/hook'"))
        .map(Webhook::url)
        .contains(URI.create("http://my_app:8080/hook"));
  }

  @Test
  void params_comeAlong_whateverTheyAre() {
    assertThat(callback(URL + ",'params':{'name':'joe','age':26,'more':{'a':[1]}}"))
        .map(Webhook::params)
        .contains(Map.of("name", "joe", "age", "26", "more", "{\"a\":[1]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'type':3", "'url':'','type':1", URL + ",'type':8"})
  void nobody_isTold_withoutAnAddress_orAnEvent(String callback) {
    assertThat(callback(callback)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'url':'receiver.example'",
        "'url':'ftp://receiver.example/'",
        "'url':'http://me:pssst@receiver.example/'",
        "'url':{}",
        URL + ",'type':16",
        URL + ",'type':-1",
        URL + ",'params':'text'"
      })
  void callback_thatCannotBeMade_isRefused(String callback) {
    assertThat(JpushFixture.code(jpushFixture.push(push(callback)))).isEqualTo(1003);
    assertThat(JpushFixture.code(jpushFixture.post("/v3/push/validate", push(callback))))
        .isEqualTo(1003);
  }
}
