// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRecall;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.RecallStore;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class RecallStoreContract extends StoreContract {

  private RecallStore recalls() {
    return store().recalls();
  }

  private TaskId task() {
    return accept(aPush().to(aRegistrationId())).task().id();
  }

  @Test
  void recall_opened_isFoundByIdAndByScope() {
    TaskId task = task();

    for (Scope scope : allScopes()) {
      Recall recall = aRecall(task, scope);
      assertThat(recalls().open(recall)).isEqualTo(recall);
      assertThat(recalls().find(recall.id())).contains(recall);
      assertThat(recalls().find(task, scope)).contains(recall);
    }
  }

  private static List<Scope> allScopes() {
    return List.of(
        new Scope.WholeTask(),
        new Scope.OneMessage(0),
        new Scope.OneMessage(1),
        new Scope.OneDelivery(aRegistrationId()),
        new Scope.OneDelivery(aRegistrationId()));
  }

  @Test
  void recall_neverOpened_isNotFound() {
    assertThat(recalls().find(new RecallId(aTaskId().value()))).isEmpty();
    assertThat(recalls().find(aTaskId(), new Scope.WholeTask())).isEmpty();
    assertThat(recalls().unswept()).isEmpty();
  }

  @Test
  void recall_ofTheSameScope_isTheFirstOne() {
    TaskId task = task();
    Recall first = recalls().open(aRecall(task, new Scope.OneMessage(3)));
    Recall second = aRecall(task, new Scope.OneMessage(3));

    assertThat(recalls().open(second)).isEqualTo(first);
    assertThat(recalls().find(second.id())).isEmpty();
  }

  @Test
  void recall_ofTheSameScopeOfAnotherTask_isItsOwn() {
    Recall one = recalls().open(aRecall(task(), new Scope.WholeTask()));
    Recall two = recalls().open(aRecall(task(), new Scope.WholeTask()));

    assertThat(recalls().find(one.task(), new Scope.WholeTask())).contains(one);
    assertThat(recalls().find(two.task(), new Scope.WholeTask())).contains(two);
  }

  @Test
  void fiftyRacersForOneScope_getTheSameRecall() {
    TaskId task = task();

    var stood =
        ConcurrentCalls.among(50, _ -> recalls().open(aRecall(task, new Scope.WholeTask())));

    assertThat(new HashSet<>(stood)).hasSize(1);
    assertThat(recalls().find(task, new Scope.WholeTask())).contains(stood.getFirst());
    assertThat(recalls().unswept()).containsExactly(stood.getFirst());
  }

  @Test
  void recalls_areUnsweptUntilTheirSweepIsThrough() {
    Recall one = recalls().open(aRecall(task(), new Scope.WholeTask()));
    Recall two = recalls().open(aRecall(task(), new Scope.WholeTask()));
    assertThat(recalls().unswept()).containsExactlyInAnyOrder(one, two);

    recalls().swept(one.id());
    recalls().swept(one.id());

    assertThat(recalls().unswept()).containsExactly(two);
    assertThat(recalls().find(one.id())).contains(one);
  }
}
