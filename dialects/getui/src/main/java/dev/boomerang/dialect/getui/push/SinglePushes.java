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
  /// Limits the deliveries that are read of one task; no alias has more cids.
  private static final int MAX_DELIVERIES = 1_000;

  private final Engine engine;
  private final RecipientLookup recipientLookup;
  private final OpenTasks openTasks;
  private final TaskRevoker revoker;
  private final QuotaCounter quotas;

  public SinglePushes(
      Engine engine,
      RecipientLookup recipientLookup,
      OpenTasks openTasks,
      TaskRevoker revoker,
      QuotaCounter quotas) {
    this.engine = engine;
    this.recipientLookup = recipientLookup;
    this.openTasks = openTasks;
    this.revoker = revoker;
    this.quotas = quotas;
  }

  /// Is a push with its recipient, which has one name.
  public record SinglePush(PushRequest request, Recipients recipient) {}

  /// Is the result of one push of a batch.
  public sealed interface Outcome {

    /// Returns the result of the push, or throws why it was refused.
    PushResult result();

    record Done(PushResult result) implements Outcome {}

    record Failed(ErrorKind reason) implements Outcome {
      @Override
      public PushResult result() {
        throw new GetuiException(reason);
      }
    }
  }

  /// Sends a push to a recipient of one name. Once this has returned, the push survives a crash.
  public PushResult send(PushRequest request, Recipients recipient) {
    return sendEach(request.app(), List.of(new SinglePush(request, recipient))).getFirst().result();
  }

  /// Sends a batch in which each push may fail without the others. The whole batch is written
  /// together.
  public List<Outcome> sendEach(AppId app, List<SinglePush> batch) {
    return submit(
        app,
        steps(
            app,
            batch,
            (single, registrationsByName) -> {
              if (isUnknown(registrationsByName)) {
                throw new GetuiException(
                    switch (single.recipient()) {
                      case Recipients.Cids _ -> ErrorKind.Simple.UNKNOWN_USER;
                      case Recipients.Aliases _ -> ErrorKind.Simple.ALIAS_NOT_BOUND;
                    });
              }
              Step.Ready ready = prepare(single, registrationsByName);
              // This comes last, so that a push refused above does not count.
              quotas.take(app, Quota.TOTAL_DAY);
              return ready;
            }));
  }

  /// Sends a batch, after it has checked every push: an error in any of them refuses the whole
  /// batch. A push that has no recipient here is answered for like the others. The whole batch is
  /// written together.
  public List<PushResult> send(AppId app, List<SinglePush> batch) {
    // Nothing is stored or counted before all of these checks have passed.
    for (SinglePush single : batch) {
      Push push =
          PushMapper.of(single.request(), GetuiTaskId.Kind.SINGLE, PushMapper.targets(List.of()));
      engine
          .submissions()
          .openRefusal(push)
          .ifPresent(
              reason -> {
                throw new GetuiException(PushMapper.errorKind(reason));
              });
      if (single.request().instruction() instanceof PushRequest.Revoke revoke) {
        revoker.target(app, revoke);
      }
    }
    quotas.take(app, Quota.TOTAL_DAY, batch.size());
    return submit(app, steps(app, batch, this::prepare)).stream().map(Outcome::result).toList();
  }

  /// Is one push of a batch before it is submitted.
  private sealed interface Step {
    record Ready(
        SinglePush single,
        Map<String, List<Registration>> registrationsByName,
        Submissions.Entry entry,
        Optional<TaskRevoker.RevokeTarget> revokeTarget)
        implements Step {}

    record Failed(ErrorKind reason) implements Step {}
  }

  /// Turns a push and the users it names into a step, or throws [GetuiException] to refuse this
  /// push alone.
  private interface Planner {
    Step.Ready plan(SinglePush single, Map<String, List<Registration>> registrationsByName);
  }

  /// Plans each push of a batch, in its order. The recipients of the whole batch are looked up
  /// together.
  private List<Step> steps(AppId app, List<SinglePush> batch, Planner planner) {
    Iterator<Map<String, List<Registration>>> registrationsByName =
        recipientLookup.find(app, batch.stream().map(SinglePush::recipient).toList()).iterator();
    return batch.stream().map(single -> step(single, registrationsByName.next(), planner)).toList();
  }

  /// Plans one push; its refusal becomes a step, so that the others go on.
  private static Step step(
      SinglePush single, Map<String, List<Registration>> registrationsByName, Planner planner) {
    try {
      return planner.plan(single, registrationsByName);
    } catch (GetuiException fault) {
      return new Step.Failed(fault.kind());
    }
  }

  /// Prepares a push. One that reaches nobody, and a revoking one, have a task all the same: an
  /// open one.
  private Step.Ready prepare(
      SinglePush single, Map<String, List<Registration>> registrationsByName) {
    PushRequest request = single.request();
    List<Registration> reachable =
        all(registrationsByName).stream().filter(recipientLookup::isReachable).toList();
    return switch (request.instruction()) {
      case PushRequest.Send _ ->
          new Step.Ready(single, registrationsByName, entry(request, reachable), Optional.empty());
      case PushRequest.Revoke revoke ->
          new Step.Ready(
              single,
              registrationsByName,
              entry(request, List.of()),
              Optional.of(revoker.target(request.app(), revoke)));
    };
  }

  /// Returns what the engine is given; a push that reaches nobody is opened and not submitted.
  private static Submissions.Entry entry(PushRequest request, List<Registration> reachable) {
    return new Submissions.Entry(
        PushMapper.of(request, GetuiTaskId.Kind.SINGLE, PushMapper.targets(reachable)),
        reachable.isEmpty());
  }

  /// Submits the steps that are ready and returns an outcome for each step, in their order. The
  /// engine stores them in groups, each of which is durable before the next begins.
  private List<Outcome> submit(AppId app, List<Step> steps) {
    // The engine has a result for each ready step and for no other.
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

  /// Returns the outcome of a submitted push; a refusal by the engine concerns this push alone.
  private Outcome outcome(AppId app, Step.Ready ready, EntryResult result) {
    try {
      return new Outcome.Done(result(app, ready, result));
    } catch (GetuiException fault) {
      return new Outcome.Failed(fault.kind());
    }
  }

  /// Returns the answer to a submitted push, and carries out a revoking one. Throws
  /// [GetuiException] if the engine refused it.
  private PushResult result(AppId app, Step.Ready ready, EntryResult result) {
    Task task = PushMapper.accepted(result.submitResult());
    boolean repeated = !(result.submitResult() instanceof SubmitResult.Accepted);
    List<Registration> all = all(ready.registrationsByName());
    Map<String, TargetStatus> statusByCid = new LinkedHashMap<>();
    if (isUnknown(ready.registrationsByName())) {
      ready
          .single()
          .recipient()
          .names()
          .forEach(name -> statusByCid.put(name, TargetStatus.IGNORED));
      return new PushResult(PushMapper.name(task), statusByCid, Map.of());
    }
    if (ready.revokeTarget().isPresent()) {
      statusByCid.putAll(revoker.revoke(ready.revokeTarget().get(), all, repeated));
    } else {
      all.forEach(registration -> statusByCid.put(registration.id().value(), TargetStatus.IGNORED));
      // A repeated request has made no deliveries: those of the first time are read instead.
      List<Delivery> deliveries =
          repeated
              ? engine.tasks().deliveries(app, task.id(), "", MAX_DELIVERIES)
              : result.deliveries();
      deliveries.forEach(
          each -> statusByCid.put(each.id().registration().value(), TargetStatus.of(each)));
    }
    return new PushResult(
        PushMapper.name(task),
        statusByCid,
        TargetStatuses.byName(ready.registrationsByName(), statusByCid));
  }

  private static List<Registration> all(Map<String, List<Registration>> registrationsByName) {
    return registrationsByName.values().stream().flatMap(List::stream).toList();
  }

  /// Returns whether nobody here has any of the names.
  private static boolean isUnknown(Map<String, List<Registration>> registrationsByName) {
    return registrationsByName.values().stream().allMatch(List::isEmpty);
  }

  /// Opens a task for a push that nobody shall get, so that its answer has a name too.
  public PushResult ignore(PushRequest request, Recipients recipient) {
    Task task =
        openTasks
            .open(PushMapper.of(request, GetuiTaskId.Kind.SINGLE, PushMapper.targets(List.of())))
            .task();
    Map<String, TargetStatus> ignored = new LinkedHashMap<>();
    recipient.names().forEach(name -> ignored.put(name, TargetStatus.IGNORED));
    return new PushResult(PushMapper.name(task), ignored, Map.of());
  }
}
