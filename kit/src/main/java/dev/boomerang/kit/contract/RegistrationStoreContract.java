// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.model.push.Audience.TargetKind.ALIAS;
import static dev.boomerang.model.push.Audience.TargetKind.DEVICE;
import static dev.boomerang.model.push.Audience.TargetKind.REGISTRATION;
import static dev.boomerang.model.push.Audience.TargetKind.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.RegistrationBuilder;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.ReachabilityInfo;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.RegistrationStore;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public abstract class RegistrationStoreContract extends StoreContract {

  private RegistrationStore registrations() {
    return store().registrations();
  }

  private Registration add(RegistrationBuilder builder) {
    return registrations().add(builder.build());
  }

  private static Registration withUser(Registration before, String user) {
    Profile profile = before.profile().withUser(Optional.of(user));
    return before.changed(before.device(), profile, before.reachability());
  }

  @Test
  void registration_added_isFoundWithAllItsData() {
    Registration full =
        aRegistration()
            .on(Platform.HARMONY)
            .device("device-1")
            .attributes(Map.of("model", "P70 \"Pro\""))
            .ofUser("ада")
            .alias("ace")
            .tagged("vip", "北京")
            .in("cn-north")
            .boundAt(NOW.minusSeconds(7))
            .reached(new ReachabilityInfo("secret-hash", Map.of("hms", "token"), false, true))
            .build();

    assertThat(registrations().add(full)).isEqualTo(full);
    assertThat(registrations().find(full.id())).contains(full);
  }

  @Test
  void registration_withNothingOptional_isFoundAsItWas() {
    Registration bare = aRegistration().reached(ReachabilityInfo.of("", Map.of())).build();

    registrations().add(bare);

    assertThat(registrations().find(bare.id())).contains(bare);
    assertThat(registrations().find(aRegistrationId())).isEmpty();
  }

  @Test
  void registration_withADeviceIdOfTheSameApp_isTheFirstOne() {
    Registration first = add(aRegistration().device("d"));
    Registration second = aRegistration().device("d").build();

    assertThat(registrations().add(second)).isEqualTo(first);
    assertThat(registrations().find(second.id())).isEmpty();
  }

  @Test
  void registration_withADeviceIdOfAnotherApp_isItsOwn() {
    Registration shop = add(aRegistration().device("d"));
    Registration bank = add(aRegistration().of(BANK).device("d"));

    assertThat(registrations().find(shop.id())).contains(shop);
    assertThat(registrations().find(bank.id())).contains(bank);
  }

  @Test
  void fiftyRacersWithOneDeviceId_getTheSameRegistration() {
    var got = ConcurrentCalls.among(50, _ -> add(aRegistration().device("d")));

    assertThat(new HashSet<>(got)).hasSize(1);
    assertThat(registrations().find(got.getFirst().id())).contains(got.getFirst());
  }

  @Test
  void removedOne_isRememberedByItsId_untilThatIsCleared() {
    Registration first = add(aRegistration().device("d"));
    Registration second = add(aRegistration());
    Registration here = add(aRegistration());
    Registration foreign = add(aRegistration().of(BANK));
    registrations().remove(first.id(), NOW);
    registrations().remove(second.id(), NOW.plusSeconds(2));
    registrations().remove(foreign.id(), NOW);
    registrations().remove(aRegistrationId(), NOW);
    List<RegistrationId> ids = List.of(first.id(), second.id(), here.id(), foreign.id());

    assertThat(registrations().removed(SHOP, ids))
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(registrations().removed(BANK, ids)).containsExactly(foreign.id());
    assertThat(registrations().removed(SHOP, List.of())).isEmpty();
    assertThat(registrations().clearRemoved(NOW, 10)).isZero();
    assertThat(registrations().clearRemoved(NOW.plusSeconds(9), 2)).isEqualTo(2);
    assertThat(registrations().removed(SHOP, ids)).containsExactly(second.id());
    assertThat(registrations().clearRemoved(NOW.plusSeconds(9), 2)).isEqualTo(1);
    assertThat(registrations().removed(SHOP, ids)).isEmpty();
    assertThat(registrations().clearRemoved(NOW.plusSeconds(9), 2)).isZero();
  }

  /// The device may come again: it is another registration then.
  @Test
  void removedOne_staysRemembered_whenItsDeviceRegistersAgain() {
    Registration first = add(aRegistration().device("d"));
    registrations().remove(first.id(), NOW);

    Registration again = add(aRegistration().device("d"));

    assertThat(again.id()).isNotEqualTo(first.id());
    assertThat(registrations().removed(SHOP, List.of(first.id(), again.id())))
        .containsExactly(first.id());
  }

  @Test
  void change_toTheNextVersion_isStored() {
    Registration before = add(aRegistration().ofUser("ada"));
    Registration after = withUser(before, "bob");

    assertThat(registrations().replace(after)).isTrue();
    assertThat(registrations().find(before.id())).contains(after);
    assertThat(registrations().findByTarget(SHOP, USER, Set.of("ada"))).isEmpty();
    assertThat(registrations().findByTarget(SHOP, USER, Set.of("bob"))).containsExactly(after);
  }

  @Test
  void change_ofTheUser_setsWhenItWasBound() {
    Registration before = add(aRegistration().ofUser("ada"));
    Registration after = withUser(before, "bob").boundAt(NOW.plusMillis(3));

    assertThat(registrations().replace(after)).isTrue();

    assertThat(registrations().find(before.id())).contains(after);
    assertThat(registrations().findByTarget(SHOP, USER, Set.of("bob"))).containsExactly(after);
  }

  @Test
  void change_ofAnOldVersion_changesNothing() {
    Registration before = add(aRegistration());
    Registration after = withUser(before, "bob");
    registrations().replace(after);

    assertThat(registrations().replace(withUser(before, "eve"))).isFalse();
    assertThat(registrations().find(before.id())).contains(after);
  }

  @Test
  void change_ofARemovedRegistration_changesNothing() {
    Registration before = add(aRegistration());
    registrations().remove(before.id(), NOW);

    assertThat(registrations().replace(withUser(before, "bob"))).isFalse();
    assertThat(registrations().find(before.id())).isEmpty();
  }

  @Test
  void change_toATakenDeviceId_changesNothing() {
    add(aRegistration().device("taken"));
    Registration before = add(aRegistration().device("own"));
    var device = aRegistration().device("taken").build().device();

    assertThat(
            registrations()
                .replace(before.changed(device, before.profile(), before.reachability())))
        .isFalse();
    assertThat(registrations().find(before.id())).contains(before);
  }

  @Test
  void change_thatKeepsItsDeviceId_isStored() {
    Registration before = add(aRegistration().device("own"));

    assertThat(registrations().replace(withUser(before, "bob"))).isTrue();
  }

  @Test
  void fiftyRacingChanges_haveOneWinner() {
    Registration before = add(aRegistration());

    var won =
        ConcurrentCalls.among(50, i -> registrations().replace(withUser(before, "user " + i)));

    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(registrations().find(before.id()))
        .contains(withUser(before, "user " + won.indexOf(true)));
  }

  private static Registration unnamed(Registration holder) {
    return holder.with(holder.device().withDeviceId(Optional.empty()));
  }

  @Test
  void deviceId_handedOver_isTheTakers_andTheFormerStaysWithoutIt() {
    Registration first = add(aRegistration().device("d").ofUser("ada").tagged("vip"));
    Registration second = aRegistration().device("d").ofUser("bob").build();

    assertThat(registrations().handOver(unnamed(first), second)).isTrue();

    assertThat(registrations().findByTarget(SHOP, DEVICE, Set.of("d"))).containsExactly(second);
    assertThat(registrations().find(first.id())).contains(unnamed(first));
    assertThat(registrations().findByTarget(SHOP, USER, Set.of("ada")))
        .containsExactly(unnamed(first));
    assertThat(store().segments().resolve(SHOP, new Segment.All(List.of())).size()).isEqualTo(2);
    assertThat(store().segments().resolve(SHOP, new Segment.HasTag("vip")).size()).isEqualTo(1);
  }

  @Test
  void deviceId_handedOver_toOneThatIsThere_isANewVersionOfIt() {
    Registration first = add(aRegistration().device("d"));
    Registration second = add(aRegistration().device("other"));
    Registration taker = second.with(first.device());

    assertThat(registrations().handOver(unnamed(first), taker)).isTrue();

    assertThat(registrations().find(second.id())).contains(taker);
    assertThat(registrations().find(first.id())).contains(unnamed(first));
    assertThat(registrations().findByTarget(SHOP, DEVICE, Set.of("other"))).isEmpty();
  }

  @Test
  void handOver_ofWhatHasChangedMeanwhile_changesNothing() {
    Registration first = add(aRegistration().device("d"));
    Registration taker = aRegistration().device("d").build();
    Registration changed = withUser(first, "ada");
    registrations().replace(changed);

    assertThat(registrations().handOver(unnamed(first), taker)).isFalse();
    assertThat(registrations().find(first.id())).contains(changed);
    assertThat(registrations().find(taker.id())).isEmpty();

    Registration other = add(aRegistration());
    Registration stale = other.with(first.device());
    registrations().replace(withUser(other, "bob"));
    assertThat(registrations().handOver(unnamed(changed), stale)).isFalse();
    assertThat(registrations().find(first.id())).contains(changed);
    assertThat(registrations().find(other.id())).contains(withUser(other, "bob"));
  }

  @Test
  void handOver_ofAThirdsDeviceId_changesNothing() {
    Registration third = add(aRegistration().device("d"));
    Registration former = add(aRegistration().device("own"));
    Registration taker = aRegistration().device("d").build();

    assertThat(registrations().handOver(unnamed(former), taker)).isFalse();
    assertThat(registrations().find(third.id())).contains(third);
    assertThat(registrations().find(former.id())).contains(former);
    assertThat(registrations().find(taker.id())).isEmpty();
  }

  @Test
  void fiftyRacersForADeviceId_areHandedItByOneOfThem() {
    Registration first = add(aRegistration().device("d"));
    List<Registration> takers =
        Stream.generate(() -> aRegistration().device("d").build()).limit(50).toList();

    var won =
        ConcurrentCalls.among(50, i -> registrations().handOver(unnamed(first), takers.get(i)));

    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(registrations().findByTarget(SHOP, DEVICE, Set.of("d")))
        .containsExactly(takers.get(won.indexOf(true)));
    assertThat(registrations().find(first.id())).contains(unnamed(first));
  }

  @Test
  void registration_removed_isGoneAndItsDeviceIdFree() {
    Registration first = add(aRegistration().device("d"));

    assertThat(registrations().remove(first.id(), NOW)).isTrue();
    assertThat(registrations().remove(first.id(), NOW)).isFalse();
    assertThat(registrations().find(first.id())).isEmpty();
    Registration second = add(aRegistration().device("d"));
    assertThat(registrations().find(second.id())).contains(second);
  }

  @Test
  void named_byRegistration_findsThoseOfTheAppOnly() {
    Registration shop = add(aRegistration());
    Registration bank = add(aRegistration().of(BANK));
    var names = Set.of(shop.id().value(), bank.id().value(), "unknown");

    assertThat(registrations().findByTarget(SHOP, REGISTRATION, names)).containsExactly(shop);
    assertThat(registrations().findByTarget(BANK, REGISTRATION, names)).containsExactly(bank);
  }

  @Test
  void named_byDevice_findsDeviceIdsAndRegistrationIdsOnce() {
    Registration byDevice = add(aRegistration().device("d1"));
    Registration byId = add(aRegistration());
    Registration byBoth = add(aRegistration().device("d2"));
    add(aRegistration().of(BANK).device("d1"));
    var names = List.of("d1", byId.id().value(), "d2", byBoth.id().value(), "d1");

    assertThat(registrations().findByTarget(SHOP, DEVICE, names))
        .containsExactlyInAnyOrder(byDevice, byId, byBoth);
  }

  @Test
  void named_byUserOrAlias_findsAllTheirDevicesInTheApp() {
    Registration phone = add(aRegistration().ofUser("ada").alias("ace"));
    Registration tablet = add(aRegistration().ofUser("ada"));
    Registration other = add(aRegistration().ofUser("bob").alias("ada"));
    add(aRegistration().of(BANK).ofUser("ada").alias("ace"));

    assertThat(registrations().findByTarget(SHOP, USER, Set.of("ada")))
        .containsExactlyInAnyOrder(phone, tablet);
    assertThat(registrations().findByTarget(SHOP, USER, Set.of("ada", "bob", "eve")))
        .containsExactlyInAnyOrder(phone, tablet, other);
    assertThat(registrations().findByTarget(SHOP, ALIAS, Set.of("ace"))).containsExactly(phone);
    assertThat(registrations().findByTarget(SHOP, ALIAS, Set.of())).isEmpty();
  }

  @Test
  void joined_countsWhatWasMadeInASpan_byPlatform() {
    add(aRegistration());
    add(aRegistration());
    add(aRegistration().on(Platform.IOS));
    add(aRegistration().of(BANK));
    registrations().remove(add(aRegistration().on(Platform.WEB)).id(), NOW);

    assertThat(registrations().countRegistered(SHOP, NOW, NOW.plusMillis(1)))
        .isEqualTo(Map.of(Platform.ANDROID, 2, Platform.IOS, 1));
    assertThat(registrations().countRegistered(BANK, NOW.minusSeconds(1), NOW.plusSeconds(1)))
        .isEqualTo(Map.of(Platform.ANDROID, 1));
    assertThat(registrations().countRegistered(SHOP, NOW.plusMillis(1), NOW.plusSeconds(1)))
        .isEmpty();
    assertThat(registrations().countRegistered(SHOP, NOW.minusSeconds(1), NOW)).isEmpty();
  }

  @Test
  void seen_onlyGrowsAndLeavesTheVersionAlone() {
    Registration before = add(aRegistration());
    Instant later = NOW.plusSeconds(60);

    registrations().updateLastSeen(Map.of(before.id(), later, aRegistrationId(), later));
    assertThat(registrations().find(before.id())).map(Registration::seenAt).contains(later);
    registrations().updateLastSeen(Map.of(before.id(), NOW));

    assertThat(registrations().find(before.id())).map(Registration::seenAt).contains(later);
    assertThat(registrations().find(before.id())).map(Registration::version).contains(1L);
    assertThat(registrations().replace(withUser(before, "bob"))).isTrue();
    assertThat(registrations().find(before.id())).map(Registration::seenAt).contains(later);
  }
}
