// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.QuotaCounter;
import dev.boomerang.dialect.getui.user.RecipientLookup;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.Submissions.EntryResult;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pushes to one cid, or to the cids of one alias.
public final class SinglePushes {
  /// More than one alias may have.
  private static final int MOST = 1_000;

  private final Engine engine;
  private final RecipientLookup recipients;
  private final OpenTasks openTasks;
  private final TaskRevoker revoker;
  private final QuotaCounter quotas;

  public SinglePushes(
      Engine engine,
      RecipientLookup recipients,
      OpenTasks openTasks,
      TaskRevoker revoker,
      QuotaCounter quotas) {
    this.engine = engine;
    this.recipients = recipients;
    this.openTasks = openTasks;
    this.revoker = revoker;
    this.quotas = quotas;
  }

  /// A push and whom it is for; `one` has one name.
  public record SinglePush(PushRequest request, Recipients recipient) {}

  /// What became of one push of a batch.
  public sealed interface Outcome {

    /// Returns what was sent; throws what kept it back.
    PushResult result();

    record Done(PushResult result) implements Outcome {}

    record Failed(ErrorKind reason) implements Outcome {
      @Override
      public PushResult result() {
        throw new GetuiException(reason);
      }
    }
  }

  /// Once this has returned, the push survives anything. `one` has one name.
  public PushResult send(PushRequest request, Recipients recipient) {
    return sendEach(request.app(), List.of(new SinglePush(request, recipient))).getFirst().result();
  }

  /// Sends a batch of which one push may fail without another. All of it is written together.
  public List<Outcome> sendEach(AppId app, List<SinglePush> batch) {
    return submit(
        app,
        steps(
            app,
            batch,
            (single, byName) -> {
              if (isNobody(byName)) {
                throw new GetuiException(
                    switch (single.recipient()) {
                      case Recipients.Cids _ -> ErrorKind.Simple.UNKNOWN_USER;
                      case Recipients.Aliases _ -> ErrorKind.Simple.ALIAS_NOT_BOUND;
                    });
              }
              Step.Ready ready = ready(single, byName);
              quotas.take(app, Quota.TOTAL_DAY);
              return ready;
            }));
  }

  /// Sends a batch: what can be wrong with any of them is found before one of them is sent. One
  /// that is for nobody is answered for like the others. All of it is written together.
  public List<PushResult> send(AppId app, List<SinglePush> batch) {
    for (SinglePush single : batch) {
      Push push = PushMapper.of(single.request(), TaskName.Kind.SINGLE, PushMapper.to(List.of()));
      engine
          .submissions()
          .openRefusal(push)
          .ifPresent(
              reason -> {
                throw new GetuiException(PushMapper.errorKind(reason));
              });
      if (single.request().instruction() instanceof PushRequest.Revoke revoke) {
        revoker.old(app, revoke);
      }
    }
    quotas.take(app, Quota.TOTAL_DAY, batch.size());
    return submit(app, steps(app, batch, this::ready)).stream().map(Outcome::result).toList();
  }

  /// One push of a batch on its way.
  private sealed interface Step {
    record Ready(
        SinglePush single,
        Map<String, List<Registration>> byName,
        Submissions.Entry entry,
        Optional<TaskRevoker.Old> old)
        implements Step {}

    record Failed(ErrorKind reason) implements Step {}
  }

  private interface Planner {
    Step.Ready plan(SinglePush single, Map<String, List<Registration>> byName);
  }

  private List<Step> steps(AppId app, List<SinglePush> batch, Planner planning) {
    Iterator<Map<String, List<Registration>>> byName =
        recipients.of(app, batch.stream().map(SinglePush::recipient).toList()).iterator();
    return batch.stream().map(single -> step(single, byName.next(), planning)).toList();
  }

  private static Step step(
      SinglePush single, Map<String, List<Registration>> byName, Planner planning) {
    try {
      return planning.plan(single, byName);
    } catch (GetuiException fault) {
      return new Step.Failed(fault.kind());
    }
  }

  /// A push that reaches nobody, and one that takes back, have a task all the same: an open one.
  private Step.Ready ready(SinglePush single, Map<String, List<Registration>> byName) {
    PushRequest request = single.request();
    List<Registration> reached = all(byName).stream().filter(recipients::isReachable).toList();
    return switch (request.instruction()) {
      case PushRequest.Send _ ->
          new Step.Ready(single, byName, entry(request, reached), Optional.empty());
      case PushRequest.Revoke revoke ->
          new Step.Ready(
              single,
              byName,
              entry(request, List.of()),
              Optional.of(revoker.old(request.app(), revoke)));
    };
  }

  private static Submissions.Entry entry(PushRequest request, List<Registration> reached) {
    return new Submissions.Entry(
        PushMapper.of(request, TaskName.Kind.SINGLE, PushMapper.to(reached)), reached.isEmpty());
  }

  private List<Outcome> submit(AppId app, List<Step> steps) {
    Iterator<EntryResult> results =
        engine
            .submissions()
            .submitAll(
                steps.stream()
                    .filter(Step.Ready.class::isInstance)
                    .map(step -> ((Step.Ready) step).entry())
                    .toList())
            .iterator();
    var outcomes = new ArrayList<Outcome>(steps.size());
    for (Step step : steps) {
      outcomes.add(
          switch (step) {
            case Step.Ready ready -> outcome(app, ready, results.next());
            case Step.Failed(var reason) -> new Outcome.Failed(reason);
          });
    }
    return List.copyOf(outcomes);
  }

  private Outcome outcome(AppId app, Step.Ready ready, EntryResult result) {
    try {
      return new Outcome.Done(result(app, ready, result));
    } catch (GetuiException fault) {
      return new Outcome.Failed(fault.kind());
    }
  }

  private PushResult result(AppId app, Step.Ready ready, EntryResult result) {
    Task task = PushMapper.accepted(result.submitResult());
    boolean again = !(result.submitResult() instanceof SubmitResult.Accepted);
    List<Registration> all = all(ready.byName());
    Map<String, TargetStatus> cids = new LinkedHashMap<>();
    if (isNobody(ready.byName())) {
      ready.single().recipient().names().forEach(name -> cids.put(name, TargetStatus.IGNORED));
      return new PushResult(PushMapper.name(task), cids, Map.of());
    }
    if (ready.old().isPresent()) {
      cids.putAll(revoker.of(ready.old().get(), all, again));
    } else {
      all.forEach(registration -> cids.put(registration.id().value(), TargetStatus.IGNORED));
      List<Delivery> deliveries =
          again ? engine.tasks().deliveries(app, task.id(), "", MOST) : result.deliveries();
      deliveries.forEach(each -> cids.put(each.id().registration().value(), TargetStatus.of(each)));
    }
    return new PushResult(PushMapper.name(task), cids, TargetStatuses.byName(ready.byName(), cids));
  }

  private static List<Registration> all(Map<String, List<Registration>> byName) {
    return byName.values().stream().flatMap(List::stream).toList();
  }

  private static boolean isNobody(Map<String, List<Registration>> byName) {
    return byName.values().stream().allMatch(List::isEmpty);
  }

  /// For a push that nobody is to get: a task of its own, so that it is answered for all the same.
  public PushResult ignore(PushRequest request, Recipients recipient) {
    Task task =
        openTasks
            .open(PushMapper.of(request, TaskName.Kind.SINGLE, PushMapper.to(List.of())))
            .task();
    Map<String, TargetStatus> ignored = new LinkedHashMap<>();
    recipient.names().forEach(name -> ignored.put(name, TargetStatus.IGNORED));
    return new PushResult(PushMapper.name(task), ignored, Map.of());
  }
}
