// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Admission;
import dev.boomerang.engine.Devices.Mail;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Limits;
import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.Registrations.Registered;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Vault;
import dev.boomerang.kit.Given;
import dev.boomerang.kit.ManualClock;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.memory.MemoryStore;
import dev.boomerang.model.App;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Device;
import dev.boomerang.model.Key;
import dev.boomerang.model.KeyKind;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Profile;
import dev.boomerang.model.Push;
import dev.boomerang.model.Recall;
import dev.boomerang.model.RecallId;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Secret;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.EngineListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the engine does where neither a dialect nor a gateway is needed to see it.
class EngineTest {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final MemoryStore store = new MemoryStore();
  private final ManualClock clock = new ManualClock(Given.NOW);
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
    var audience = new Audience.Named(Audience.By.USER, List.of(Target.of(user)), Optional.empty());
    var push =
        new Push(
            SHOP,
            "",
            audience,
            Content.Notification.of("t", "b"),
            Push.Options.of("test", LIFETIME));
    return switch (engine.submissions().submit(push)) {
      case Submission.Accepted(Task task) -> task;
      case Submission.Repeated _, Submission.Refused _ -> throw new AssertionError("not accepted");
    };
  }

  private Map<Phase, Integer> counts(Task task) {
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

    assertThat(engine.devices().mailbox(id(phone), TaskId.NONE, 10).handovers()).isEmpty();
    engine.housekeeping().pass();

    assertThat(counts(task)).isEqualTo(Map.of(Phase.EXPIRED, 1));
  }

  @Test
  void lifetimeOver_ofWhatMayBeOut_leavesItRecallable() {
    var phone = register("ada");
    Task task = push("ada");
    engine.devices().mailbox(id(phone), TaskId.NONE, 10);
    clock.advance(LIFETIME);
    engine.housekeeping().pass();

    assertThat(counts(task)).isEqualTo(Map.of(Phase.LAPSED, 1));
    engine.recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");

    assertThat(engine.devices().withdrawals(id(phone), TaskId.NONE, 10))
        .containsExactly(new DeliveryId(task.id(), id(phone)));
  }

  @Test
  void mailbox_handsOverFreshOnce_andUnacknowledgedAgain() {
    var phone = register("ada");
    Task task = push("ada");

    Mail first = engine.devices().mailbox(id(phone), TaskId.NONE, 10);
    Mail again = engine.devices().mailbox(id(phone), TaskId.NONE, 10);
    engine.devices().arrived(new DeliveryId(task.id(), id(phone)));
    engine.settle();

    assertThat(first.handovers()).singleElement().satisfies(h -> assertThat(h.fresh()).isTrue());
    assertThat(again.handovers())
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.fresh()).isFalse();
              assertThat(h.attempt()).isEqualTo(2);
            });
    assertThat(engine.devices().mailbox(id(phone), TaskId.NONE, 10).handovers()).isEmpty();
    assertThat(counts(task)).isEqualTo(Map.of(Phase.DELIVERED, 1));
  }

  @Test
  void mailbox_isReadInPages_inOrder() {
    var phone = register("ada");
    List<TaskId> pushed = List.of(push("ada").id(), push("ada").id(), push("ada").id());

    Mail first = engine.devices().mailbox(id(phone), TaskId.NONE, 2);
    Mail rest = engine.devices().mailbox(id(phone), first.last(), 2);

    assertThat(first.more()).isTrue();
    assertThat(rest.more()).isFalse();
    assertThat(List.of(first, rest))
        .flatExtracting(Mail::handovers)
        .extracting(handover -> handover.task().id())
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

    assertThat(counts(task)).isEqualTo(Map.of(Phase.QUEUED, 1));
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

    assertThat(counts(task)).isEqualTo(Map.of(Phase.RECALLED, 1));
    assertThat(engine.devices().mailbox(id(phone), TaskId.NONE, 10).handovers()).isEmpty();
    assertThat(store.recalls().unswept()).isEmpty();
  }

  @Test
  void recall_ofAnotherAppsTask_findsNothing() {
    register("ada");
    Task task = push("ada");

    assertThat(engine.recalls().recall(BANK, task.id(), new Recall.Scope.WholeTask(), "test"))
        .isInstanceOf(RecallOutcome.NotFound.class);
    assertThat(counts(task)).isEqualTo(Map.of(Phase.QUEUED, 1));
  }

  @Test
  void tasks_areCleared_afterTheirRetention_notBefore() {
    register("ada");
    Task task = push("ada");
    clock.advance(Limits.DEFAULT.retention());
    engine.housekeeping().pass();
    assertThat(engine.tasks().find(SHOP, task.id())).isPresent();

    clock.advance(Duration.ofSeconds(1));
    engine.housekeeping().pass();

    assertThat(engine.tasks().find(SHOP, task.id())).isEmpty();
  }

  @Test
  void idOfOneThatLeft_isRemembered_forItsTime() {
    var phone = register("ada");
    String id = id(phone).value();
    assertThat(engine.registrations().removed(SHOP, List.of(id, "no id"))).isEmpty();

    engine.registrations().leave(id(phone));

    clock.advance(Limits.DEFAULT.removedIds());
    engine.housekeeping().pass();
    assertThat(engine.registrations().removed(SHOP, List.of(id, "no id"))).containsExactly(id);
    assertThat(engine.registrations().removed(BANK, List.of(id))).isEmpty();
    clock.advance(Duration.ofMillis(1));
    engine.housekeeping().pass();
    assertThat(engine.registrations().removed(SHOP, List.of(id))).isEmpty();
  }

  @Test
  void device_isAdmitted_onlyToItsOwnAppWithItsOwnSecret() {
    var phone = register("ada");

    assertThat(engine.devices().admit(SHOP, id(phone), phone.secret()))
        .isInstanceOf(Admission.Welcome.class);
    assertThat(engine.devices().admit(BANK, id(phone), phone.secret()))
        .isEqualTo(new Admission.Refused());
    assertThat(engine.devices().admit(SHOP, id(phone), new Secret("guess")))
        .isEqualTo(new Admission.Refused());
  }

  @Test
  void deviceAServerToldOf_cannotConnect_untilItRegisters() {
    var device = new Device(Platform.IOS, Optional.of("token"), Map.of());
    var told = engine.registrations().ensure(SHOP, device);

    assertThat(engine.devices().admit(SHOP, told.id(), new Secret("")))
        .isEqualTo(new Admission.Refused());
    var own = engine.registrations().register(SHOP, device, Profile.EMPTY, Map.of());

    assertThat(own.registration().id()).isEqualTo(told.id());
    assertThat(engine.devices().admit(SHOP, told.id(), own.secret()))
        .isInstanceOf(Admission.Welcome.class);
  }

  @Test
  void key_switchedOff_isFoundButNotActive_andKeepsItsSecretSealed() {
    var key = new Key(KeyKind.MPAAS, "id", SHOP, new Secret("clear"), true);
    engine.apps().add(new App(SHOP, "default", "Shop", clock.instant()), List.of(key));

    engine.apps().activate(KeyKind.MPAAS, "id", false);

    assertThat(engine.apps().key(KeyKind.MPAAS, "id"))
        .hasValueSatisfying(
            found -> {
              assertThat(found.active()).isFalse();
              assertThat(found.secret()).isEqualTo(new Secret("clear"));
            });
    assertThat(store.apps().key(KeyKind.MPAAS, "id").orElseThrow().sealed())
        .doesNotContain("clear");
  }
}
