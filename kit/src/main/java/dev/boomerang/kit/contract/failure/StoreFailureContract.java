// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.failure;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRecall;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aSchedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.kit.contract.failure.FaultyConnections.Fault;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.AcceptResult.Stored;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tests a store over JDBC with each of its statements failing: what it refused is not there, what
/// it accepted is, nothing is there by half, and the next call succeeds by itself.
public abstract class StoreFailureContract extends StoreContract {
  private final Supplier<SQLException> faults;
  private final StoreFailure failure;
  private final boolean losesAnswers;
  private final FaultyConnections connections;

  /// `faults` are what the driver throws when the database is out of order, and `failure` is how
  /// that is told. `losesAnswers`: a commit may succeed and its answer not come.
  public StoreFailureContract(
      Supplier<SQLException> faults, StoreFailure failure, boolean losesAnswers) {
    this.faults = faults;
    this.failure = failure;
    this.losesAnswers = losesAnswers;
    this.connections = new FaultyConnections(faults);
  }

  /// Opens a new, empty store on these connections.
  protected abstract Store open(FaultyConnections on) throws Exception;

  @Override
  protected final Store open() throws Exception {
    return open(connections);
  }

  /// Holds a call, and how to tell whether all of it or nothing of it is stored.
  private record Operation(Runnable call, BooleanSupplier whole, BooleanSupplier absent) {
    boolean succeeds() {
      try {
        call.run();
        return true;
      } catch (StoreException e) {
        assertThat(e.isOutcomeUnknown()).isFalse();
        return false;
      }
    }
  }

  private List<Supplier<Operation>> operations() {
    return List.of(
        this::push, this::broadcast, this::change, this::recall, this::plan, this::registration);
  }

  private Operation push() {
    String key = "key-" + Fixtures.aTaskId();
    var push =
        aPush()
            .requested("push", key)
            .to("ada", "m-" + key, aRegistrationId())
            .to("bob", "m-" + key, aRegistrationId())
            .build();
    var tasks = store().tasks();
    var id = push.task().id();
    return new Operation(
        () -> tasks.accept(push),
        () ->
            tasks.find(id).isPresent()
                && tasks.messages(id).size() == 2
                && tasks.findByRequestKey(SHOP, new RequestKey("push", key)).isPresent()
                && store().deliveries().counts(id).values().stream().mapToInt(n -> n).sum() == 2,
        () ->
            tasks.find(id).isEmpty()
                && tasks.messages(id).isEmpty()
                && tasks.findByRequestKey(SHOP, new RequestKey("push", key)).isEmpty()
                && store().deliveries().counts(id).isEmpty());
  }

  private Operation broadcast() {
    var phone = store().registrations().add(aRegistration().build());
    var push = aPush().toEveryone(Everyone.all(Optional.empty()), phone.id()).build();
    var id = push.task().id();
    return new Operation(
        () -> store().tasks().accept(push),
        () ->
            store().tasks().find(id).isPresent()
                && store().deliveries().find(new DeliveryId(id, phone.id())).isPresent(),
        () ->
            store().tasks().find(id).isEmpty()
                && store().deliveries().find(new DeliveryId(id, phone.id())).isEmpty());
  }

  private Operation change() {
    var first = only(accept(aPush().to(aRegistrationId())));
    var second = only(accept(aPush().to(aRegistrationId())));
    var changes = Stream.of(first, second).map(each -> new Change(each, new Claimed(NOW))).toList();
    return new Operation(
        () -> store().deliveries().apply(changes),
        () -> phases(first, second).equals(Set.of(DeliveryStatus.SENDING)),
        () -> phases(first, second).equals(Set.of(DeliveryStatus.QUEUED)));
  }

  private Set<DeliveryStatus> phases(DeliveryId first, DeliveryId second) {
    return Set.copyOf(
        Stream.of(first, second)
            .map(id -> store().deliveries().find(id).orElseThrow().state().status())
            .toList());
  }

  private Operation recall() {
    var task = accept(aPush().to(aRegistrationId())).task().id();
    var recall = aRecall(task, new Scope.WholeTask());
    return new Operation(
        () -> store().recalls().open(recall),
        () -> store().recalls().find(recall.id()).isPresent(),
        () -> store().recalls().find(task, new Scope.WholeTask()).isEmpty());
  }

  private Operation plan() {
    var plan = aSchedule().due(NOW.plusSeconds(1), NOW.plusSeconds(2));
    var id = plan.schedule().id();
    return new Operation(
        () -> store().schedules().add(plan.schedule(), plan.occurrences(), 1_000),
        () -> store().schedules().ofSchedule(SHOP, id).size() == 2,
        () ->
            store().schedules().find(SHOP, id).isEmpty()
                && store().schedules().ofSchedule(SHOP, id).isEmpty());
  }

  private Operation registration() {
    String tag = "tag-" + Fixtures.aTaskId();
    var registration = aRegistration().tagged(tag).build();
    return new Operation(
        () -> store().registrations().add(registration),
        () -> store().registrations().find(registration.id()).isPresent() && tagged(tag) == 1,
        () -> store().registrations().find(registration.id()).isEmpty() && tagged(tag) == 0);
  }

  private int tagged(String tag) {
    SegmentStore.RegistrationSet registrationSet =
        store().segments().resolve(SHOP, new Segment.HasTag(tag));
    return registrationSet.size();
  }

  @Test
  void statementThatFails_whicheverItIs_leavesNothingHalf() {
    eachStatement(Fault.BEFORE, false);
  }

  @Test
  void statementThatFails_andItsRollbackToo_leavesNothingHalf() {
    eachStatement(Fault.BEFORE, true);
  }

  @Test
  void statementThatFails_havingRolledBackByItself_leavesNothingHalf() {
    eachStatement(Fault.ROLLED_BACK, true);
  }

  @Test
  void statementWhoseAnswerIsLost_leavesNothingHalf() {
    if (losesAnswers) {
      eachStatement(Fault.AFTER, true);
    }
  }

  private void eachStatement(Fault fault, boolean rollbackToo) {
    for (Supplier<Operation> kind : operations()) {
      int failed = 1;
      int n = 0;
      while (failed > 0) {
        n++;
        Operation operation = kind.get();
        connections.failAt(n, fault, 1);
        connections.failRollbacks(rollbackToo);

        boolean succeeded = operation.succeeds();
        failed = connections.heal();

        assertThat(succeeded ? operation.whole() : operation.absent())
            .as("statement %d, %s", n, succeeded ? "accepted" : "refused")
            .matches(BooleanSupplier::getAsBoolean);
        assertThat(succeeded || failed > 0).isTrue();
        Operation next = kind.get();
        assertThat(next.succeeds()).isTrue();
        assertThat(next.whole().getAsBoolean()).isTrue();
      }
      assertThat(n).as("statements and commits").isGreaterThan(2);
    }
  }

  @Test
  void refused_sentAgain_isStoredOnce() {
    var push = aPush().requested("push", "again").to(aRegistrationId()).build();
    Operation next = push();
    connections.failAt(2, Fault.ROLLED_BACK, 3);
    connections.failRollbacks(true);

    assertThat(Stream.generate(push()::succeeds).limit(3)).containsOnly(false);
    connections.heal();

    assertThat(store().tasks().accept(push)).isEqualTo(stored());
    assertThat(next.succeeds()).isTrue();
    assertThat(store().deliveries().counts(push.task().id()))
        .containsEntry(DeliveryStatus.QUEUED, 1);
  }

  private static AcceptResult stored() {
    return Stored.ALONE;
  }

  @Test
  void writersAmongFailures_haveWhatTheyWereTold() {
    var pushes = Stream.generate(this::push).limit(60).toList();
    connections.failAt(15, Fault.ROLLED_BACK, 25);

    List<Boolean> succeeded = ConcurrentCalls.among(pushes.size(), i -> pushes.get(i).succeeds());
    connections.heal();

    for (int i = 0; i < pushes.size(); i++) {
      assertThat(succeeded.get(i) ? pushes.get(i).whole() : pushes.get(i).absent())
          .matches(BooleanSupplier::getAsBoolean);
    }
    assertThat(push().succeeds()).isTrue();
  }

  @Test
  void firstException_isTheOneThatIsTold() {
    connections.failAt(2, Fault.ROLLED_BACK, 1);
    connections.failRollbacks(true);

    assertThatThrownBy(() -> push().call().run())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(failure))
        .hasMessageContaining(faults.get().getMessage())
        .cause()
        .satisfies(cause -> assertThat(cause.getSuppressed()).isNotEmpty());
    connections.heal();
  }

  @Test
  void outage_isKnownUntilAWriteSucceeds() {
    connections.failAt(1, Fault.BEFORE, 1_000);
    assertThatThrownBy(() -> store().check()).isInstanceOf(StoreException.class);
    assertThat(push().succeeds()).isFalse();
    assertThat(store().lastWriteFailure()).contains(failure);
    connections.heal();

    store().check();

    assertThat(store().lastWriteFailure()).isEmpty();
  }

  @Test
  void readThatFails_atWhicheverStatement_isFollowedByOneThatSucceeds() {
    accept(aPush().to(aRegistrationId()));
    int failed = 1;
    for (int n = 1; failed > 0; n++) {
      connections.failAt(n, Fault.BEFORE, 1);
      try {
        tagged("nobody");
        assertThat(connections.heal()).isZero();
        failed = 0;
      } catch (StoreException e) {
        assertThat(e.failure()).isEqualTo(failure);
        failed = connections.heal();
      }
      for (int i = 0; i < 8; i++) {
        assertThat(tagged("nobody")).isZero();
      }
    }
  }
}
