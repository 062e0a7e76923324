// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.engine.deliver.Devices.MailboxPage;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.registration.Registrations.Registered;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.EngineListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests what the engine does where neither a dialect nor a gateway is needed to see it.
class EngineTest {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final MemoryStore store = new MemoryStore();
  private final ManualClock clock = new ManualClock(Fixtures.NOW);
  private Engine engine = open();

  private Engine open() {
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    return Engine.open(
        store,
        new Engine.Config(Limits.DEFAULT, vault, 0, random, false),
        EngineListener.NONE,
        clock);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Registered register(String user) {
    return engine
        .registrations()
        .register(
            SHOP,
            new Device(Platform.ANDROID, Optional.empty(), Map.of()),
            Profile.EMPTY.withUser(Optional.of(user)),
            Map.of());
  }

  private Task push(String user) {
    var audience =
        new Audience.Targeted(Audience.TargetKind.USER, List.of(Target.of(user)), Optional.empty());
    var push =
        new Push(
            SHOP,
            "",
            audience,
            Content.Notification.of("t", "b"),
            Push.Options.of("test", LIFETIME));
    return switch (engine.submissions().submit(push)) {
      case SubmitResult.Accepted(Task task) -> task;
      case SubmitResult.Repeated _, SubmitResult.Refused _ ->
          throw new AssertionError("not accepted");
    };
  }

  private Map<DeliveryStatus, Integer> counts(Task task) {
    return engine.tasks().view(SHOP, task.id()).orElseThrow().counts();
  }

  private RegistrationId id(Registered registered) {
    return registered.registration().id();
  }

  @Test
  void lifetimeOver_endsWhatNeverLeft() {
    var phone = register("ada");
    Task task = push("ada");
    clock.advance(LIFETIME);

    assertThat(engine.devices().mailbox(id(phone), TaskId.NONE, 10).attempts()).isEmpty();
    engine.housekeeping().runOnce();

    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.EXPIRED, 1));
  }

  @Test
  void lifetimeOver_ofWhatMayBeOut_leavesItRecallable() {
    var phone = register("ada");
    Task task = push("ada");
    engine.devices().mailbox(id(phone), TaskId.NONE, 10);
    clock.advance(LIFETIME);
    engine.housekeeping().runOnce();

    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.ABANDONED, 1));
    engine.recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");

    assertThat(engine.devices().withdrawals(id(phone), TaskId.NONE, 10))
        .containsExactly(new DeliveryId(task.id(), id(phone)));
  }

  @Test
  void mailbox_handsOverFreshOnce_andUnacknowledgedAgain() {
    var phone = register("ada");
    Task task = push("ada");

    MailboxPage first = engine.devices().mailbox(id(phone), TaskId.NONE, 10);
    MailboxPage again = engine.devices().mailbox(id(phone), TaskId.NONE, 10);
    engine.devices().acknowledged(new DeliveryId(task.id(), id(phone)));
    engine.awaitIdle();

    assertThat(first.attempts())
        .singleElement()
        .satisfies(h -> assertThat(h.firstAttempt()).isTrue());
    assertThat(again.attempts())
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.firstAttempt()).isFalse();
              assertThat(h.attempt()).isEqualTo(2);
            });
    assertThat(engine.devices().mailbox(id(phone), TaskId.NONE, 10).attempts()).isEmpty();
    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.DELIVERED, 1));
  }

  @Test
  void mailbox_isReadInPages_inOrder() {
    var phone = register("ada");
    List<TaskId> pushed = List.of(push("ada").id(), push("ada").id(), push("ada").id());

    MailboxPage first = engine.devices().mailbox(id(phone), TaskId.NONE, 2);
    MailboxPage rest = engine.devices().mailbox(id(phone), first.last(), 2);

    assertThat(first.more()).isTrue();
    assertThat(rest.more()).isFalse();
    assertThat(List.of(first, rest))
        .flatExtracting(MailboxPage::attempts)
        .extracting(deliveryAttempt -> deliveryAttempt.task().id())
        .isEqualTo(List.copyOf(pushed));
  }

  @Test
  void receipts_forAnothersDelivery_countNothing() {
    var ada = register("ada");
    var eve = register("eve");
    Task task = push("ada");
    var receipt =
        new Receipt(new DeliveryId(task.id(), id(ada)), Receipt.Event.OPENED, clock.instant());

    assertThat(engine.devices().receipts(id(eve), List.of(receipt))).isZero();

    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.QUEUED, 1));
  }

  @Test
  void recall_interruptedByACrash_isCarriedOutAtTheNextStart() {
    var phone = register("ada");
    Task task = push("ada");
    store
        .recalls()
        .open(
            new Recall(
                new RecallId(Long.MAX_VALUE >> 11),
                SHOP,
                task.id(),
                new Recall.Scope.WholeTask(),
                clock.instant()));
    engine.close();
    engine = open();

    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.RECALLED, 1));
    assertThat(engine.devices().mailbox(id(phone), TaskId.NONE, 10).attempts()).isEmpty();
    assertThat(store.recalls().unswept()).isEmpty();
  }

  @Test
  void recall_ofAnotherAppsTask_findsNothing() {
    register("ada");
    Task task = push("ada");

    assertThat(engine.recalls().recall(BANK, task.id(), new Recall.Scope.WholeTask(), "test"))
        .isInstanceOf(RecallResult.NotFound.class);
    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.QUEUED, 1));
  }

  @Test
  void tasks_areCleared_afterTheirRetention_notBefore() {
    register("ada");
    Task task = push("ada");
    clock.advance(Limits.DEFAULT.retention());
    engine.housekeeping().runOnce();
    assertThat(engine.tasks().find(SHOP, task.id())).isPresent();

    clock.advance(Duration.ofSeconds(1));
    engine.housekeeping().runOnce();

    assertThat(engine.tasks().find(SHOP, task.id())).isEmpty();
  }

  @Test
  void idOfOneThatLeft_isRemembered_forItsTime() {
    var phone = register("ada");
    String id = id(phone).value();
    assertThat(engine.registrations().removed(SHOP, List.of(id, "no id"))).isEmpty();

    engine.registrations().unregister(id(phone));

    clock.advance(Limits.DEFAULT.removedIds());
    engine.housekeeping().runOnce();
    assertThat(engine.registrations().removed(SHOP, List.of(id, "no id"))).containsExactly(id);
    assertThat(engine.registrations().removed(BANK, List.of(id))).isEmpty();
    clock.advance(Duration.ofMillis(1));
    engine.housekeeping().runOnce();
    assertThat(engine.registrations().removed(SHOP, List.of(id))).isEmpty();
  }

  @Test
  void device_isAdmitted_onlyToItsOwnAppWithItsOwnSecret() {
    var phone = register("ada");

    assertThat(engine.devices().authenticate(SHOP, id(phone), phone.secret()))
        .isInstanceOf(AuthResult.Authenticated.class);
    assertThat(engine.devices().authenticate(BANK, id(phone), phone.secret()))
        .isEqualTo(new AuthResult.Rejected());
    assertThat(engine.devices().authenticate(SHOP, id(phone), new Secret("guess")))
        .isEqualTo(new AuthResult.Rejected());
  }

  @Test
  void deviceAServerToldOf_cannotConnect_untilItRegisters() {
    var device = new Device(Platform.IOS, Optional.of("token"), Map.of());
    var ensured = engine.registrations().ensure(SHOP, device);

    assertThat(engine.devices().authenticate(SHOP, ensured.id(), new Secret("")))
        .isEqualTo(new AuthResult.Rejected());
    var own = engine.registrations().register(SHOP, device, Profile.EMPTY, Map.of());

    assertThat(own.registration().id()).isEqualTo(ensured.id());
    assertThat(engine.devices().authenticate(SHOP, ensured.id(), own.secret()))
        .isInstanceOf(AuthResult.Authenticated.class);
  }

  @Test
  void key_switchedOff_isFoundButNotActive_andKeepsItsSecretSealed() {
    var key = new Key(new KeyKind("SIGNING"), "id", SHOP, new Secret("clear"), true);
    engine.apps().add(new App(SHOP, "default", "Shop", clock.instant()), List.of(key));

    engine.apps().activate(new KeyKind("SIGNING"), "id", false);

    assertThat(engine.apps().key(new KeyKind("SIGNING"), "id"))
        .hasValueSatisfying(
            found -> {
              assertThat(found.active()).isFalse();
              assertThat(found.secret()).isEqualTo(new Secret("clear"));
            });
    assertThat(store.apps().key(new KeyKind("SIGNING"), "id").orElseThrow().sealed())
        .doesNotContain("clear");
  }
}
