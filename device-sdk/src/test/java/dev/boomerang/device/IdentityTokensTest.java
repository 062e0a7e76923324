// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ConnectionState.Phase.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.device.internal.registration.HttpRegistrationApi;
import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.registration.RegistrationException;
import dev.boomerang.device.registration.ServerErrorException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tests when the supplier is asked for a token, and what happens when the server refuses one.
class IdentityTokensTest {
  private final ClientFixture fixture = new ClientFixture();

  /// The device and user of each call of the supplier.
  private final List<String> asked = new ArrayList<>();

  private Optional<IOException> outage = Optional.empty();

  IdentityTokensTest() {
    fixture.configure = builder -> builder.user("ada").identityTokens(this::token);
  }

  private Optional<String> token(String deviceId, Optional<String> user) throws IOException {
    asked.add(deviceId + "/" + user.orElse("-"));
    if (outage.isPresent()) {
      throw outage.get();
    }
    return user.map(name -> "token" + asked.size() + " of " + name);
  }

  private static RegistrationException refused(int status, String code) {
    return new RegistrationException(status, code, "no");
  }

  /// The codes of the errors that the app received.
  private List<String> codes() {
    var codes = new ArrayList<String>();
    for (Throwable cause : fixture.handler.causes) {
      codes.add(((ServerErrorException) cause).code());
    }
    return codes;
  }

  @Test
  void registration_showsATokenForItsDeviceAndUser() {
    fixture.connect();

    assertThat(asked).containsExactly("phone/ada");
    assertThat(fixture.registrationApi.registered.getFirst())
        .containsEntry("identityToken", "token1 of ada");
  }

  @Test
  void nobodyLoggedIn_registersWithoutAToken() {
    fixture.configure = builder -> builder.identityTokens(this::token);
    fixture.connect();

    assertThat(asked).containsExactly("phone/-");
    assertThat(fixture.registrationApi.registered.getFirst()).doesNotContainKey("identityToken");
  }

  @Test
  void binding_showsAToken_otherChangesDoNot() {
    fixture.connect();
    fixture.client.bindUser("bob");
    fixture.loop.run();
    fixture.client.setTags(List.of("a"));
    fixture.client.setAlias("king");
    fixture.client.unbindUser();
    fixture.loop.run();

    assertThat(fixture.registrationApi.changes)
        .containsExactly(
            "{\"userId\":\"bob\",\"identityToken\":\"token2 of bob\"}",
            "{\"tags\":[\"a\"]}",
            "{\"alias\":\"king\",\"userId\":null}");
    assertThat(asked).containsExactly("phone/ada", "phone/bob", "phone/-");
  }

  @Test
  void tokenThatIsRefused_isReplacedOnce_unnoticed() {
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-expired"));
    fixture.connect();
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-invalid"));
    fixture.client.bindUser("bob");
    fixture.loop.run();

    assertThat(fixture.registrationApi.registered).hasSize(2);
    assertThat(fixture.registrationApi.registered.getLast())
        .containsEntry("identityToken", "token2 of ada");
    assertThat(fixture.registrationApi.changes)
        .containsExactly("{\"userId\":\"bob\",\"identityToken\":\"token4 of bob\"}");
    assertThat(fixture.handler.errors).isEmpty();
  }

  @Test
  void registrationThatIsRefusedAgain_isReported_andTriedAfterAWhile() {
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-expired"));
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-expired"));
    fixture.start();

    assertThat(codes()).containsExactly("identity-token-expired");
    assertThat(fixture.handler.state().phase()).isEqualTo(WAITING);
    assertThat(asked).hasSize(2);
    fixture.advance(ClientFixture.INITIAL_BACKOFF).ready();
    assertThat(fixture.client.registrationId()).contains("reg");
    assertThat(asked).hasSize(3);
  }

  @Test
  void bindingThatIsRefusedAgain_isReported_andTriedAfterAWhile() {
    fixture.connect();
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-invalid"));
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-invalid"));
    fixture.client.bindUser("bob");
    fixture.loop.run();

    assertThat(codes()).containsExactly("identity-token-invalid");
    assertThat(fixture.registrationApi.changes).isEmpty();
    fixture.advance(ClientFixture.INITIAL_BACKOFF);
    assertThat(fixture.registrationApi.changes).hasSize(1);
  }

  @Test
  void tokenForSomebodyElse_isReported_andTheChangeGivenUp() {
    fixture.connect();
    fixture.registrationApi.nextErrors.add(refused(403, "identity-mismatch"));
    fixture.client.bindUser("bob");
    fixture.loop.run();
    fixture.advance(ClientFixture.MAX_BACKOFF);

    assertThat(codes()).containsExactly("identity-mismatch");
    assertThat(fixture.registrationApi.changes).isEmpty();
    assertThat(asked).hasSize(2);
  }

  @Test
  void supplierThatFails_isReported_andAskedAgain() {
    outage = Optional.of(new IOException("the back end is away"));
    fixture.start();

    assertThat(codes()).containsExactly("identity-token-unavailable");
    assertThat(fixture.handler.causes.getFirst()).hasRootCauseMessage("the back end is away");
    assertThat(fixture.registrationApi.registered).isEmpty();
    outage = Optional.empty();
    fixture.advance(ClientFixture.INITIAL_BACKOFF).ready();
    assertThat(fixture.registrationApi.registered).hasSize(1);
  }

  @Test
  void withoutASupplier_theRefusalIsReported() {
    fixture.configure = builder -> builder.user("ada");
    fixture.registrationApi.nextErrors.add(refused(401, "identity-token-required"));
    fixture.start();

    assertThat(codes()).containsExactly("identity-token-required");
    assertThat(fixture.registrationApi.registered).hasSize(1);
  }

  @Test
  void askingWhereTheGatewayIs_showsTheOldSecret() {
    fixture.connect();
    for (int i = 0; i < ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      fixture.drop();
      fixture.advance(ClientFixture.MAX_BACKOFF);
    }

    assertThat(fixture.registrationApi.shownSecrets).containsExactly("", "secret1");
  }

  @Test
  void registrationApi_readsTheCodeOfA401_andShowsTheOldSecret() throws IOException {
    try (var server = new FakeServer()) {
      var registrationApi = new HttpRegistrationApi(URI.create(server.url()), Optional.empty());
      server.status = 401;
      server.code = "identity-token-expired";
      var known = new Registration("reg", "old", "host", 1);

      assertThatThrownBy(() -> registrationApi.register(Map.of("appId", "app"), Optional.of(known)))
          .isInstanceOfSatisfying(
              ServerErrorException.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(401);
                assertThat(refusal.code()).isEqualTo("identity-token-expired");
              });
      assertThat(server.calls.getFirst()).contains("Basic cmVnOm9sZA==");
    }
  }
}
