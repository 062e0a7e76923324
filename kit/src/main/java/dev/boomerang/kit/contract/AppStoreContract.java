// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.anApp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.port.AppStore;
import dev.boomerang.port.AppStore.StoredKey;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class AppStoreContract extends StoreContract {
  private static final KeyKind SIGNING_KIND = new KeyKind("SIGNING");
  private static final KeyKind BEARER_KIND = new KeyKind("BEARER");
  private static final KeyKind OTHER_KIND = new KeyKind("OTHER");

  private static final StoredKey SIGNING =
      new StoredKey(SIGNING_KIND, "ak", SHOP, "c2VhbGVk", true);
  private static final StoredKey BEARER = new StoredKey(BEARER_KIND, "hash", SHOP, "", true);

  private AppStore apps() {
    return store().apps();
  }

  @Test
  void app_added_isFoundWithItsKeys() {
    boolean added = apps().add(anApp(SHOP), List.of(SIGNING, BEARER));

    assertThat(added).isTrue();
    assertThat(apps().find(SHOP)).contains(anApp(SHOP));
    assertThat(apps().key(SIGNING_KIND, "ak")).contains(SIGNING);
    assertThat(apps().key(BEARER_KIND, "hash")).contains(BEARER);
  }

  @Test
  void app_neverAdded_isNotFound() {
    assertThat(apps().find(SHOP)).isEmpty();
    assertThat(apps().all()).isEmpty();
    assertThat(apps().key(SIGNING_KIND, "ak")).isEmpty();
    assertThat(apps().activate(SIGNING_KIND, "ak", true)).isFalse();
  }

  @Test
  void apps_added_areAllListed() {
    apps().add(anApp(SHOP), List.of());
    apps().add(anApp(BANK), List.of());

    assertThat(apps().all()).containsExactlyInAnyOrder(anApp(SHOP), anApp(BANK));
  }

  @Test
  void app_withATakenId_changesNothing() {
    apps().add(anApp(SHOP), List.of(SIGNING));

    boolean again = apps().add(anApp(SHOP), List.of(BEARER));

    assertThat(again).isFalse();
    assertThat(apps().key(BEARER_KIND, "hash")).isEmpty();
  }

  @Test
  void app_withATakenKey_isNotAddedAtAll() {
    apps().add(anApp(SHOP), List.of(SIGNING));
    var free = new StoredKey(OTHER_KIND, "free", BANK, "", true);
    var taken = new StoredKey(SIGNING_KIND, "ak", BANK, "", true);

    boolean added = apps().add(anApp(BANK), List.of(free, taken));

    assertThat(added).isFalse();
    assertThat(apps().find(BANK)).isEmpty();
    assertThat(apps().key(OTHER_KIND, "free")).isEmpty();
    assertThat(apps().key(SIGNING_KIND, "ak")).contains(SIGNING);
  }

  @Test
  void key_ofAnotherKind_mayHaveTheSameId() {
    apps().add(anApp(SHOP), List.of(SIGNING));
    var other = new StoredKey(OTHER_KIND, "ak", BANK, "b3RoZXI=", true);

    assertThat(apps().add(anApp(BANK), List.of(other))).isTrue();
    assertThat(apps().key(OTHER_KIND, "ak")).contains(other);
    assertThat(apps().key(SIGNING_KIND, "ak")).contains(SIGNING);
  }

  @Test
  void key_switchedOff_staysOffUntilSwitchedOn() {
    apps().add(anApp(SHOP), List.of(SIGNING));

    assertThat(apps().activate(SIGNING_KIND, "ak", false)).isTrue();
    assertThat(apps().key(SIGNING_KIND, "ak")).map(StoredKey::active).contains(false);

    assertThat(apps().activate(SIGNING_KIND, "ak", true)).isTrue();
    assertThat(apps().key(SIGNING_KIND, "ak")).contains(SIGNING);
  }

  @Test
  void identity_set_isStoredWithTheApp_andItsKeyReplaced() {
    var first = new StoredKey(KeyKind.IDENTITY, SHOP.value(), SHOP, "b25l", true);
    var second = new StoredKey(KeyKind.IDENTITY, SHOP.value(), SHOP, "dHdv", true);
    apps().add(anApp(SHOP), List.of(first));
    apps().add(anApp(BANK).with(IdentityMode.SIGNED), List.of());

    assertThat(apps().setIdentity(SHOP, IdentityMode.SIGNED, List.of(second))).isTrue();
    assertThat(apps().setIdentity(BANK, IdentityMode.OPEN, List.of())).isTrue();

    assertThat(apps().find(SHOP)).contains(anApp(SHOP).with(IdentityMode.SIGNED));
    assertThat(apps().find(BANK)).contains(anApp(BANK));
    assertThat(apps().key(KeyKind.IDENTITY, SHOP.value())).contains(second);
  }

  @Test
  void identity_ofNoApp_isNotSet() {
    var key = new StoredKey(KeyKind.IDENTITY, SHOP.value(), SHOP, "b25l", true);

    assertThat(apps().setIdentity(SHOP, IdentityMode.SIGNED, List.of(key))).isFalse();
    assertThat(apps().find(SHOP)).isEmpty();
    assertThat(apps().key(KeyKind.IDENTITY, SHOP.value())).isEmpty();
  }

  @Test
  void fiftyRacersForOneAppId_haveOneWinner() {
    var won = ConcurrentCalls.among(50, _ -> apps().add(anApp(SHOP), List.of()));

    assertThat(Collections.frequency(won, true)).isEqualTo(1);
  }
}
