// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.text.InvalidFieldException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallbackReaderTest {
  private static final URI REGISTERED = URI.create("https://push.example.com/receipts");

  private static final String OLD = "'callback':'http://127.0.0.1/cb','callback.param':'vivo'";

  private static Optional<Webhook> read(
      Map<String, URI> known, String extra, PushRequest.Kind kind, boolean test) {
    String body = ("{'extra':{" + extra + "}}").replace('\'', '"');
    return new CallbackReader(known)
        .read(VivoFixture.SHOP, Fields.of(Body.of(body), "the body"), kind, test);
  }

  @Test
  void callbackUrl_getsArrivalsOfSingleMessagesThatAreNoTests() {
    assertThat(read(Map.of(), OLD, PushRequest.Kind.SINGLE, false))
        .contains(
            new Webhook(
                URI.create("http://127.0.0.1/cb"),
                Map.of("callback.param", "vivo"),
                Set.of(EventType.RECEIVED)));
    assertThat(read(Map.of(), OLD, PushRequest.Kind.SINGLE, true)).isEmpty();
    assertThat(read(Map.of(), OLD, PushRequest.Kind.LIST, false)).isEmpty();
    assertThat(read(Map.of(), OLD, PushRequest.Kind.ALL, false)).isEmpty();
    assertThat(read(Map.of(), "", PushRequest.Kind.SINGLE, false)).isEmpty();
  }

  @Test
  void callbackUrl_mayHaveAnUnderscoreInItsHost() {
    assertThat(read(Map.of(), "'callback':'http://my_app:8080/cb'", PushRequest.Kind.SINGLE, false))
        .map(Webhook::url)
        .contains(URI.create("http://my_app:8080/cb"));
  }

  @Test
  void callbackId_getsAllEventsOfSingleAndListMessages() {
    Map<String, URI> known = Map.of("7", REGISTERED);
    String extra = "'callback.id':7,'callback.param':'p'";
    var expected =
        new Webhook(
            REGISTERED,
            Map.of("callback.param", "p", "callback.id", "7"),
            Set.of(EventType.RECEIVED, EventType.CLICKED, EventType.NOT_RECEIVED));

    assertThat(read(known, extra, PushRequest.Kind.SINGLE, false)).contains(expected);
    assertThat(read(known, extra, PushRequest.Kind.LIST, false)).contains(expected);
    assertThat(read(known, extra, PushRequest.Kind.ALL, false)).isEmpty();
  }

  @Test
  void callbackUrl_hasNoEffect_forAnAppWithRegisteredUrls() {
    Map<String, URI> known = Map.of("7", REGISTERED);

    assertThat(read(known, OLD, PushRequest.Kind.SINGLE, false)).isEmpty();
    assertThat(read(known, OLD + ",'callback.id':'7'", PushRequest.Kind.SINGLE, false))
        .map(Webhook::url)
        .contains(REGISTERED);
  }

  @Test
  void registeredUrlOfOneApp_isForNoOther() {
    Map<String, URI> both = Map.of("10004/7", REGISTERED, "20008/8", URI.create("http://b/"));

    assertThat(read(both, "'callback.id':'7'", PushRequest.Kind.SINGLE, false))
        .map(Webhook::url)
        .contains(REGISTERED);
    for (String foreign : new String[] {"8", "20008/8", "10004/7"}) {
      assertThatThrownBy(
              () -> read(both, "'callback.id':'" + foreign + "'", PushRequest.Kind.SINGLE, false))
          .isInstanceOf(InvalidFieldException.class);
    }
    assertThat(read(both, OLD, PushRequest.Kind.SINGLE, false)).isEmpty();
    assertThat(read(Map.of("20008/8", REGISTERED), OLD, PushRequest.Kind.SINGLE, false))
        .isPresent();
    assertThat(
            read(
                Map.of("7", URI.create("http://all/"), "10004/7", REGISTERED),
                "'callback.id':'7'",
                PushRequest.Kind.SINGLE,
                false))
        .map(Webhook::url)
        .contains(REGISTERED);
  }
}
