// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.push;

import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.CidKeys;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.request.AudienceReader;
import dev.boomerang.dialect.jpush.request.PushOptions;
import dev.boomerang.dialect.jpush.request.PushRequest;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Hands pushes in, each once for its `cid`: one whose cid was used in the last day gets the first
/// result again, whatever else it says now, and nothing of it is read. A push that was refused has
/// not used its cid.
public final class PushSender {
  /// Source: "Push API v3", options, big_push_duration.
  private static final int MOST_PACED = 20;

  private final Engine engine;
  private final CidKeys cidKeys;
  private final RateLimit<AppId> broadcasts;

  /// Each app that has pushed at a limited rate has its own lock, so apps do not wait for each
  /// other.
  private final Map<AppId, Lock> paced = new ConcurrentHashMap<>();

  public PushSender(Engine engine, JpushConfig config, Clock clock) {
    this.engine = engine;
    this.cidKeys = new CidKeys(clock);
    this.broadcasts =
        new RateLimit<>(config.broadcastsPerDay(), new Window.Day(config.zone()), clock);
  }

  /// Hands in what `read` makes of `body`, unless the body's cid was used before. Once this has
  /// returned, the push survives anything.
  PushResult send(Caller caller, Fields body, Supplier<PushRequest> read) {
    return switch (readOnce(caller, body, read)) {
      case ReadResult.Again(var result) -> result;
      case ReadResult.First(var pushRequest) -> submit(pushRequest);
    };
  }

  /// A push that was read: a first one, or one whose cid was used before.
  sealed interface ReadResult {
    record First(PushRequest pushRequest) implements ReadResult {}

    record Again(PushResult result) implements ReadResult {}
  }

  /// Does the first part of [#send], without submitting anything.
  ReadResult readOnce(Caller caller, Fields body, Supplier<PushRequest> read) {
    Optional<RequestKey> key = cidKeys.requestKey(body, caller.key());
    Optional<Task> first =
        key.flatMap(it -> engine.tasks().findByRequestKey(caller.app().id(), it));
    return first.isPresent()
        ? new ReadResult.Again(PushResult.of(first.get()))
        : new ReadResult.First(read.get().withRequestKey(key));
  }

  /// Hands many pushes in at once, in groups of writes; none of them may be paced. Each has its own
  /// outcome for [#result], in their order.
  List<SubmitResult> submitEach(List<PushRequest> pushRequests) {
    return engine
        .submissions()
        .submitAll(
            pushRequests.stream().map(it -> new Submissions.Entry(it.push(), false)).toList())
        .stream()
        .map(Submissions.EntryResult::submitResult)
        .toList();
  }

  /// An app's paced pushes go one after the other, so that each sees those before it.
  PushResult submit(PushRequest pushRequest) {
    Push push = pushRequest.push();
    if (push.options().sendRate().isEmpty()) {
      return accepted(pushRequest);
    }
    Lock lock = paced.computeIfAbsent(push.app(), _ -> new ReentrantLock());
    lock.lock();
    try {
      if (engine.pacedSending().running(push.app()) >= MOST_PACED && isNew(push)) {
        throw new JpushException(
            JpushError.LIMIT, MOST_PACED + " pushes with big_push_duration are under way");
      }
      return accepted(pushRequest);
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether the push's request key is new; a known one gets its first answer again.
  private boolean isNew(Push push) {
    return push.options()
        .requestKey()
        .flatMap(key -> engine.tasks().findByRequestKey(push.app(), key))
        .isEmpty();
  }

  private PushResult accepted(PushRequest pushRequest) {
    AppId app = pushRequest.push().app();
    if (pushRequest.isBroadcast() && !broadcasts.allows(app)) {
      throw JpushError.BROADCASTS.fault();
    }
    SubmitResult outcome = engine.submissions().submit(pushRequest.push());
    if (pushRequest.isBroadcast() && !(outcome instanceof SubmitResult.Accepted)) {
      broadcasts.release(app, 1);
    }
    return result(pushRequest, outcome);
  }

  /// Returns the ids by which an accepted push is known; throws the error that says why none was
  /// accepted.
  PushResult result(PushRequest pushRequest, SubmitResult outcome) {
    return switch (outcome) {
      case SubmitResult.Accepted(Task task) ->
          new PushResult(task.id().toString(), pushRequest.sendno());
      case SubmitResult.Repeated(Task first) -> PushResult.of(first);
      case SubmitResult.IdTaken(Task first) -> PushResult.of(first);
      case SubmitResult.NobodyMatches(TaskId unused) ->
          throw nobody(pushRequest, unused.toString());
      case SubmitResult.Refused refused -> throw fault(refused);
    };
  }

  /// Returns why a push reaches nobody. Registration ids of which none is the app's are invalid,
  /// not merely without a device. `messageId` is the id the push would have had.
  JpushException nobody(PushRequest pushRequest, String messageId) {
    Optional<String> stranger =
        AudienceReader.registrationIds(pushRequest.push().audience())
            .filter(ids -> engine.registrations().count(pushRequest.push().app(), ids) == 0)
            .map(ids -> ids.parts().getFirst())
            .map(first -> ((Segment.RegistrationIs) first).id().value());
    return stranger
        .map(AudienceReader::invalidRegistration)
        .orElseGet(() -> JpushError.NO_TARGET.fault().withMessageId(messageId));
  }

  /// Returns the error for a push that the engine refuses.
  static JpushException fault(SubmitResult.Refused refused) {
    return switch (refused) {
      case SubmitResult.NobodyMatches _, SubmitResult.NoTarget _ -> JpushError.NO_TARGET.fault();
      case SubmitResult.NothingToReplace(TaskId earlier) ->
          PushOptions.unknownOverride(earlier.toString());
      case SubmitResult.PayloadTooLong _ ->
          new JpushException(JpushError.TOO_LARGE, refused.reason());
      case SubmitResult.IdTaken _,
          SubmitResult.TooManyTargets _,
          SubmitResult.LifetimeOutOfRange _,
          SubmitResult.NotForSendRate _,
          SubmitResult.RejectedByReview _ ->
          new JpushException(JpushError.INVALID, refused.reason());
    };
  }
}
