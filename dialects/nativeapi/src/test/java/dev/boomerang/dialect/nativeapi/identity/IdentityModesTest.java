// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.nativeapi.ApiFixture;
import dev.boomerang.dialect.nativeapi.ApiFixture.Registered;
import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.engine.deliver.Devices.MailboxPage;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests what the device key alone can do in each identity mode, and what it cannot.
class IdentityModesTest {
  private static final String PHONE = ",\"deviceId\":\"phone\"";

  private final ApiFixture apiFixture = new ApiFixture();
  private String secret = "";

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private String signed(AppId app) {
    JsonNode set =
        ApiFixture.json(apiFixture.asApp(app, "PUT", "/api/v1/identity", "{\"mode\":\"signed\"}"));
    secret = set.path("secret").asText();
    assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
    return secret;
  }

  private String token(String user, String device) {
    return token(user, device, "");
  }

  private String token(String user, String device, String more) {
    return TestIdentityTokens.hs256(
        secret,
        "{\"sub\":\"%s\",\"did\":\"%s\",\"aud\":\"shop\",\"exp\":%d%s}"
            .formatted(user, device, NOW.getEpochSecond() + 600, more));
  }

  private static String with(String token) {
    return ",\"identityToken\":\"" + token + "\"";
  }

  private static String user(String name) {
    return ",\"userId\":\"" + name + "\"";
  }

  private Reply register(String more) {
    return apiFixture.register(SHOP, Headers.NONE, more);
  }

  private Registered registered(String more) {
    Reply reply = register(more);
    assertThat(reply.status()).isEqualTo(201);
    return ApiFixture.registered(reply);
  }

  private void assertRefused(Reply reply, int status, String code, String field) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(ApiFixture.code(reply)).isEqualTo(code);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
  }

  private JsonNode shown(Registered device) {
    return ApiFixture.json(apiFixture.asDevice(device, "GET", ""));
  }

  private void push(String audience) {
    Reply reply =
        apiFixture.asApp(
            SHOP,
            "POST",
            "/api/v1/pushes",
            "{\"audience\":" + audience + ",\"data\":{\"body\":\"for the owner\"}}");
    assertThat(reply.status()).isEqualTo(201);
  }

  /// How many messages wait for a device that can log in; it must be able to.
  private int mail(Registered device) {
    var id = new RegistrationId(device.id());
    assertThat(apiFixture.engine.devices().authenticate(SHOP, id, new Secret(device.secret())))
        .isInstanceOf(AuthResult.Authenticated.class);
    MailboxPage mailboxPage = apiFixture.engine.devices().mailbox(id, TaskId.NONE, 10);
    return mailboxPage.attempts().size();
  }

  @Test
  void openMode_knownDeviceId_takesTheName_andNeitherMailNorSecret() {
    Registered owner = registered(PHONE + user("ada"));
    push("{\"devices\":[\"phone\"]}");

    Registered thief = registered(PHONE);

    assertThat(thief.id()).isNotEqualTo(owner.id());
    assertThat(mail(thief)).isZero();
    assertThat(mail(owner)).isEqualTo(1);
    assertThat(shown(owner).path("userId").asText()).isEqualTo("ada");
    assertThat(shown(owner).has("deviceId")).isFalse();
    assertThat(shown(thief).path("deviceId").asText()).isEqualTo("phone");
    assertThat(shown(thief).has("userId")).isFalse();
    push("{\"registrations\":[\"" + owner.id() + "\"]}");
    assertThat(mail(owner)).isEqualTo(2);
  }

  @Test
  void openMode_ownerTakesItsNameBack_withItsSecret() {
    Registered owner = registered(PHONE);
    Registered thief = registered(PHONE);

    Registered back =
        ApiFixture.registered(apiFixture.register(SHOP, ApiFixture.basic(owner), PHONE));

    assertThat(back.id()).isEqualTo(owner.id());
    assertThat(shown(back).path("deviceId").asText()).isEqualTo("phone");
    assertThat(shown(thief).has("deviceId")).isFalse();
    assertThat(apiFixture.asDevice(owner, "GET", "").status()).isEqualTo(401);
  }

  @Test
  void openMode_racersForOneDeviceId_allHaveARegistrationOfTheirOwn_oneTheName() {
    Registered owner = registered(PHONE);
    push("{\"devices\":[\"phone\"]}");

    List<Registered> won = ConcurrentCalls.among(20, _ -> registered(PHONE));

    assertThat(new HashSet<>(won.stream().map(Registered::id).toList()))
        .hasSize(20)
        .doesNotContain(owner.id());
    assertThat(won.stream().filter(each -> shown(each).has("deviceId"))).hasSize(1);
    assertThat(won).allSatisfy(each -> assertThat(mail(each)).isZero());
    assertThat(mail(owner)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "signed"})
  void proof_thatIsWrong_isRefused_inBothModes(String mode) {
    if (mode.equals("signed")) {
      signed(SHOP);
    }
    Registered owner = registered(PHONE);
    Registered other = registered("");
    Registered foreign = apiFixture.register(BANK, "");

    for (Registered wrong :
        List.of(
            new Registered(owner.id(), "guess"),
            new Registered(owner.id(), other.secret()),
            new Registered("no id", owner.secret()),
            foreign)) {
      assertThat(apiFixture.register(SHOP, ApiFixture.basic(wrong), PHONE).status()).isEqualTo(401);
    }
    Headers unreadable = Headers.of("Authorization", "Basic !!");
    assertThat(apiFixture.register(SHOP, unreadable, PHONE).status()).isEqualTo(401);
    assertThat(shown(owner).path("deviceId").asText()).isEqualTo("phone");
  }

  @Test
  void bearerToken_isNoProof_andDoesNoHarm() {
    Headers bearer = Headers.of("Authorization", "Bearer shop-token");
    Registered owner = registered(PHONE);

    Reply open = apiFixture.register(SHOP, bearer, PHONE);
    signed(SHOP);

    assertThat(open.status()).isEqualTo(201);
    assertThat(ApiFixture.registered(open).id()).isNotEqualTo(owner.id());
    assertRefused(
        apiFixture.register(SHOP, bearer, PHONE), 401, "identity-token-required", "deviceId");
  }

  @Test
  void openMode_doesNotLookAtTokens() {
    Registered ada = registered(user("ada") + with("garbage"));

    assertThat(shown(ada).path("userId").asText()).isEqualTo("ada");
  }

  @Test
  void signedMode_deviceKeyRegistersAnonymously_andNothingElse() {
    signed(SHOP);
    Registered owner = registered(PHONE);
    push("{\"devices\":[\"phone\"]}");

    assertRefused(register(PHONE), 401, "identity-token-required", "deviceId");
    assertRefused(register(user("ada")), 401, "identity-token-required", "userId");
    assertRefused(register(",\"alias\":\"ace\""), 401, "identity-token-required", "alias");
    assertRefused(
        apiFixture.asDevice(owner, "PATCH", "{\"userId\":\"ada\"}"),
        401,
        "identity-token-required",
        "userId");
    assertRefused(
        apiFixture.asDevice(owner, "PATCH", "{\"alias\":\"ace\"}"),
        401,
        "identity-token-required",
        "alias");
    assertThat(apiFixture.asDevice(owner, "PATCH", "{\"tags\":[\"x\"]}").status()).isEqualTo(200);
    assertThat(mail(owner)).isEqualTo(1);
  }

  @Test
  void signedMode_anonymousDevice_bindsLater_andUnbindsWithItsSecretAlone() {
    signed(SHOP);
    Registered device = registered(PHONE);
    String bind =
        "{\"userId\":\"ada\",\"alias\":\"ace\""
            + with(token("ada", "phone", ",\"alias\":\"ace\""))
            + "}";

    assertThat(apiFixture.asDevice(device, "PATCH", bind).status()).isEqualTo(200);
    assertThat(shown(device).path("userId").asText()).isEqualTo("ada");
    // What it is already needs no token.
    assertThat(apiFixture.asDevice(device, "PATCH", "{\"userId\":\"ada\"}").status())
        .isEqualTo(200);

    Reply unbound = apiFixture.asDevice(device, "PATCH", "{\"userId\":null,\"alias\":null}");
    assertThat(ApiFixture.json(unbound).has("userId")).isFalse();
    assertThat(ApiFixture.json(unbound).has("alias")).isFalse();
  }

  @Test
  void signedMode_deviceWithoutADeviceId_isNamedByItsRegistrationId() {
    signed(SHOP);
    Registered device = registered("");
    Registered other = registered("");
    String bind = "{\"userId\":\"ada\"" + with(token("ada", device.id())) + "}";

    assertRefused(apiFixture.asDevice(other, "PATCH", bind), 403, "identity-mismatch", "deviceId");
    assertThat(apiFixture.asDevice(device, "PATCH", bind).status()).isEqualTo(200);
  }

  @Test
  void signedMode_tokenBringsTheUserBack_withTheMail_andEndsTheOldSecret() {
    signed(SHOP);
    String bound = PHONE + user("ada") + with(token("ada", "phone"));
    Registered before = registered(bound);
    push("{\"users\":[\"ada\"]}");

    Registered after = registered(PHONE + with(token("ada", "phone")));

    assertThat(after.id()).isEqualTo(before.id());
    assertThat(mail(after)).isEqualTo(1);
    assertThat(apiFixture.asDevice(before, "GET", "").status()).isEqualTo(401);
  }

  @Test
  void signedMode_tokenOfAnotherUser_getsTheNameAndAnEmptyMailbox() {
    signed(SHOP);
    Registered ada = registered(PHONE + user("ada") + with(token("ada", "phone")));
    push("{\"users\":[\"ada\"]}");

    Registered eve = registered(PHONE + user("eve") + with(token("eve", "phone")));

    assertThat(eve.id()).isNotEqualTo(ada.id());
    assertThat(mail(eve)).isZero();
    assertThat(mail(ada)).isEqualTo(1);
  }

  @Test
  void signedMode_tokenDoesNotInheritVendorTokens_theSecretDoes() {
    signed(SHOP);
    Registered squatter = registered(PHONE + ",\"channels\":{\"fcm\":\"of the squatter\"}");
    Registered kept =
        ApiFixture.registered(
            apiFixture.register(SHOP, ApiFixture.basic(squatter), ",\"channels\":{}"));
    assertThat(shown(kept).path("channels")).hasSize(1);

    Registered owner =
        registered(PHONE + with(token("ada", "phone")) + ",\"channels\":{\"hms\":\"own\"}");

    assertThat(shown(owner).path("channels")).hasSize(1);
    assertThat(shown(owner).path("channels").get(0).asText()).isEqualTo("hms");
  }

  @Test
  void signedMode_tokenIsForItsUserDeviceAliasAndApp() {
    signed(SHOP);
    String ada = token("ada", "phone", ",\"alias\":\"ace\"");

    assertRefused(register(PHONE + user("bob") + with(ada)), 403, "identity-mismatch", "userId");
    assertRefused(
        register(",\"deviceId\":\"other\"" + user("ada") + with(ada)),
        403,
        "identity-mismatch",
        "deviceId");
    assertRefused(register(user("ada") + with(ada)), 403, "identity-mismatch", "deviceId");
    assertRefused(
        register(PHONE + ",\"alias\":\"king\"" + with(ada)), 403, "identity-mismatch", "alias");
    assertRefused(
        register(PHONE + ",\"alias\":\"ace\"" + with(token("ada", "phone"))),
        403,
        "identity-mismatch",
        "alias");
    assertRefused(
        register(PHONE + with(ada.substring(0, ada.length() - 5) + "AAAAA")),
        401,
        "identity-token-invalid",
        "identityToken");
    String ofBank =
        TestIdentityTokens.hs256(
            secret,
            "{\"sub\":\"ada\",\"did\":\"phone\",\"aud\":\"bank\",\"exp\":%d}"
                .formatted(NOW.getEpochSecond() + 600));
    assertRefused(register(PHONE + with(ofBank)), 403, "identity-mismatch", "appId");
    apiFixture.clock.advance(Duration.ofMinutes(11));
    assertRefused(register(PHONE + with(ada)), 401, "identity-token-expired", "identityToken");
  }

  @Test
  void signedMode_aliasOfOneUser_isNotGivenToAnothersDevice() {
    signed(SHOP);
    Registered ada = registered(PHONE + user("ada") + with(token("ada", "phone")));
    String bob = with(token("bob", "phone", ",\"alias\":\"bob\""));

    assertRefused(
        apiFixture.asDevice(ada, "PATCH", "{\"alias\":\"bob\"" + bob + "}"),
        403,
        "identity-mismatch",
        "userId");
    assertRefused(
        apiFixture.register(SHOP, ApiFixture.basic(ada), PHONE + ",\"alias\":\"bob\"" + bob),
        403,
        "identity-mismatch",
        "userId");
  }

  @Test
  void signedMode_tokenForTheOwnRegistration_takesNobodysName() {
    signed(SHOP);
    Registered owner = registered(PHONE);
    Registered thief = registered("");

    assertRefused(
        apiFixture.register(SHOP, ApiFixture.basic(thief), PHONE + with(token("eve", thief.id()))),
        401,
        "identity-token-required",
        "deviceId");
    assertRefused(
        apiFixture.register(SHOP, ApiFixture.basic(thief), PHONE),
        401,
        "identity-token-required",
        "deviceId");
    assertThat(shown(owner).path("deviceId").asText()).isEqualTo("phone");
  }

  @Test
  void signedMode_oldSecretBringsItBack_butBindsToNobodyNew() {
    signed(SHOP);
    Registered before = registered(PHONE + user("ada") + with(token("ada", "phone")));

    assertRefused(
        apiFixture.register(SHOP, ApiFixture.basic(before), PHONE + user("bob")),
        401,
        "identity-token-required",
        "userId");
    Registered after =
        ApiFixture.registered(
            apiFixture.register(SHOP, ApiFixture.basic(before), PHONE + user("ada")));

    assertThat(after.id()).isEqualTo(before.id());
  }

  @Test
  void signedMode_whatAServerTold_isTakenUpWithAToken() {
    signed(SHOP);
    var ensured =
        apiFixture
            .engine
            .registrations()
            .ensure(SHOP, new Device(Platform.ANDROID, Optional.of("phone"), Map.of()));
    apiFixture
        .engine
        .registrations()
        .update(ensured.id(), each -> each.with(each.profile().withUser(Optional.of("ada"))));

    assertRefused(register(PHONE), 401, "identity-token-required", "deviceId");
    Registered eve = registered(PHONE + with(token("eve", "phone")));
    assertThat(eve.id()).isNotEqualTo(ensured.id().value());
    assertThat(shown(eve).has("userId")).isFalse();
  }

  @Test
  void es256_isTakenFromTheNextCallOn_andTheSecretIsNot() {
    String old = signed(SHOP);
    var keys = TestIdentityTokens.keys("secp256r1");
    String pem = TestIdentityTokens.pem(keys).replace("\r", "").replace("\n", "\\n");
    String claims =
        "{\"sub\":\"ada\",\"did\":\"phone\",\"aud\":\"shop\",\"exp\":%d}"
            .formatted(NOW.getEpochSecond() + 600);

    JsonNode set =
        ApiFixture.json(
            apiFixture.asApp(
                SHOP,
                "PUT",
                "/api/v1/identity",
                "{\"mode\":\"signed\",\"publicKey\":\"" + pem + "\"}"));

    assertThat(set.path("algorithm").asText()).isEqualTo("ES256");
    assertThat(set.has("secret")).isFalse();
    assertThat(ApiFixture.json(apiFixture.asApp(SHOP, "GET", "/api/v1/identity", "")))
        .isEqualTo(set);
    assertRefused(
        register(PHONE + user("ada") + with(TestIdentityTokens.hs256(old, claims))),
        401,
        "identity-token-invalid",
        "identityToken");
    registered(PHONE + user("ada") + with(TestIdentityTokens.es256(keys, claims)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} | mode",
        "{'mode':'closed'} | mode",
        "{'mode':'signed','publicKey':'x'} | publicKey",
        "{'mode':'signed','publicKey':{'kty':'EC'}} | publicKey",
        "{'mode':'signed','publicKey':'x','newSecret':true} | newSecret",
        "{'mode':'signed','secret':'mine'} | secret",
      })
  void identity_thatCannotBeSet_isRefusedByName_andNothingChanges(String input) {
    String[] parts = input.split(" \\| ");

    Reply reply = apiFixture.asApp(SHOP, "PUT", "/api/v1/identity", parts[0].replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(parts[1]);
    assertThat(
            ApiFixture.json(apiFixture.asApp(SHOP, "GET", "/api/v1/identity", ""))
                .path("mode")
                .asText())
        .isEqualTo("open");
  }

  @Test
  void newSecret_endsTheOldOne_modeAloneKeepsIt() {
    String first = signed(SHOP);
    assertThat(signed(SHOP)).isEqualTo(first);

    Reply renewed =
        apiFixture.asApp(
            SHOP, "PUT", "/api/v1/identity", "{\"mode\":\"signed\",\"newSecret\":true}");

    assertThat(ApiFixture.json(renewed).path("secret").asText()).isNotEqualTo(first);
    assertRefused(
        register(PHONE + with(token("ada", "phone"))),
        401,
        "identity-token-invalid",
        "identityToken");
    signed(BANK);
    assertThat(apiFixture.asApp(BANK, "GET", "/api/v1/identity", "").status()).isEqualTo(200);
  }
}
