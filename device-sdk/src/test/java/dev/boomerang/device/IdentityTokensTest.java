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

/// When the app's back end is asked for a token, and what happens when the server wants another.
class IdentityTokensTest {
  private final ClientFixture rig = new ClientFixture();

  /// For whom each token was asked.
  private final List<String> asked = new ArrayList<>();

  private Optional<IOException> outage = Optional.empty();

  IdentityTokensTest() {
    rig.with = builder -> builder.user("ada").identityTokens(this::token);
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

  /// The codes of the errors that the app was told.
  private List<String> codes() {
    var codes = new ArrayList<String>();
    for (Throwable cause : rig.screen.causes) {
      codes.add(((ServerErrorException) cause).code());
    }
    return codes;
  }

  @Test
  void registration_showsATokenForItsDeviceAndUser() {
    rig.connect();

    assertThat(asked).containsExactly("phone/ada");
    assertThat(rig.desk.registered.getFirst()).containsEntry("identityToken", "token1 of ada");
  }

  @Test
  void nobodyLoggedIn_registersWithoutAToken() {
    rig.with = builder -> builder.identityTokens(this::token);
    rig.connect();

    assertThat(asked).containsExactly("phone/-");
    assertThat(rig.desk.registered.getFirst()).doesNotContainKey("identityToken");
  }

  @Test
  void binding_showsAToken_otherChangesDoNot() {
    rig.connect();
    rig.client.bindUser("bob");
    rig.loop.run();
    rig.client.setTags(List.of("a"));
    rig.client.setAlias("king");
    rig.client.unbindUser();
    rig.loop.run();

    assertThat(rig.desk.changes)
        .containsExactly(
            "{\"userId\":\"bob\",\"identityToken\":\"token2 of bob\"}",
            "{\"tags\":[\"a\"]}",
            "{\"alias\":\"king\",\"userId\":null}");
    assertThat(asked).containsExactly("phone/ada", "phone/bob", "phone/-");
  }

  @Test
  void tokenThatIsRefused_isReplacedOnce_unnoticed() {
    rig.desk.faults.add(refused(401, "identity-token-expired"));
    rig.connect();
    rig.desk.faults.add(refused(401, "identity-token-invalid"));
    rig.client.bindUser("bob");
    rig.loop.run();

    assertThat(rig.desk.registered).hasSize(2);
    assertThat(rig.desk.registered.getLast()).containsEntry("identityToken", "token2 of ada");
    assertThat(rig.desk.changes)
        .containsExactly("{\"userId\":\"bob\",\"identityToken\":\"token4 of bob\"}");
    assertThat(rig.screen.troubles).isEmpty();
  }

  @Test
  void registrationThatIsRefusedAgain_isTold_andTriedAfterAWhile() {
    rig.desk.faults.add(refused(401, "identity-token-expired"));
    rig.desk.faults.add(refused(401, "identity-token-expired"));
    rig.start();

    assertThat(codes()).containsExactly("identity-token-expired");
    assertThat(rig.screen.state().phase()).isEqualTo(WAITING);
    assertThat(asked).hasSize(2);
    rig.advance(ClientFixture.FIRST).ready();
    assertThat(rig.client.registrationId()).contains("reg");
    assertThat(asked).hasSize(3);
  }

  @Test
  void bindingThatIsRefusedAgain_isTold_andTriedAfterAWhile() {
    rig.connect();
    rig.desk.faults.add(refused(401, "identity-token-invalid"));
    rig.desk.faults.add(refused(401, "identity-token-invalid"));
    rig.client.bindUser("bob");
    rig.loop.run();

    assertThat(codes()).containsExactly("identity-token-invalid");
    assertThat(rig.desk.changes).isEmpty();
    rig.advance(ClientFixture.FIRST);
    assertThat(rig.desk.changes).hasSize(1);
  }

  @Test
  void tokenForSomebodyElse_isTold_andTheChangeGivenUp() {
    rig.connect();
    rig.desk.faults.add(refused(403, "identity-mismatch"));
    rig.client.bindUser("bob");
    rig.loop.run();
    rig.advance(ClientFixture.LONGEST);

    assertThat(codes()).containsExactly("identity-mismatch");
    assertThat(rig.desk.changes).isEmpty();
    assertThat(asked).hasSize(2);
  }

  @Test
  void supplierThatFails_isTold_andAskedAgain() {
    outage = Optional.of(new IOException("the back end is away"));
    rig.start();

    assertThat(codes()).containsExactly("identity-token-unavailable");
    assertThat(rig.screen.causes.getFirst()).hasRootCauseMessage("the back end is away");
    assertThat(rig.desk.registered).isEmpty();
    outage = Optional.empty();
    rig.advance(ClientFixture.FIRST).ready();
    assertThat(rig.desk.registered).hasSize(1);
  }

  @Test
  void withoutASupplier_theRefusalIsTold() {
    rig.with = builder -> builder.user("ada");
    rig.desk.faults.add(refused(401, "identity-token-required"));
    rig.start();

    assertThat(codes()).containsExactly("identity-token-required");
    assertThat(rig.desk.registered).hasSize(1);
  }

  @Test
  void askingWhereTheGatewayIs_showsTheOldSecret() {
    rig.connect();
    for (int i = 0; i < ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      rig.drop();
      rig.advance(ClientFixture.LONGEST);
    }

    assertThat(rig.desk.proofs).containsExactly("", "secret1");
  }

  @Test
  void desk_readsTheCodeOfA401_andShowsTheOldSecret() throws IOException {
    try (var server = new FakeServer()) {
      var desk = new HttpRegistrationApi(URI.create(server.url()), Optional.empty());
      server.status = 401;
      server.code = "identity-token-expired";
      var known = new Registration("reg", "old", "host", 1);

      assertThatThrownBy(() -> desk.register(Map.of("appId", "app"), Optional.of(known)))
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
