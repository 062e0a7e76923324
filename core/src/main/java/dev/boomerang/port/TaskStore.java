// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.OccurrenceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Stores accepted pushes.
public interface TaskStore {

  /// Says who may take a broadcast.
  sealed interface BroadcastAudience {

    /// Everyone whom the rule covers when they come for it.
    record ByRule(Audience.Everyone rule) implements BroadcastAudience {}

    /// The registrations that were selected when it was accepted.
    record Fixed(SegmentStore.RegistrationSet registrationSet) implements BroadcastAudience {}

    /// The registrations that were selected, one after the other ([PacedRunStore]).
    record Paced(SegmentStore.RegistrationSet registrationSet, SendRate sendRate)
        implements BroadcastAudience {}
  }

  /// Holds everything that one push writes, in one piece. `broadcast` is there for a broadcast; its
  /// `deliveries` are those to the devices that are connected. Where the task overrides earlier
  /// ones ([Task#collapseKeys]), what these still have waiting for its registrations is overridden
  /// ([dev.boomerang.lifecycle.DeliveryEvent.Superseded]) in the same step, and nobody whom a
  /// broadcast covers takes an earlier one any more. `open` is there for a task that more
  /// deliveries will be added to; they go by that strategy, and belong to its one message.
  record Acceptance(
      Task task,
      Optional<RequestKey> requestKey,
      Optional<BroadcastAudience> broadcast,
      List<Message> messages,
      List<Delivery> deliveries,
      Optional<Strategy> open) {
    public Acceptance {
      messages = List.copyOf(messages);
      deliveries = List.copyOf(deliveries);
    }
  }

  sealed interface AcceptResult {
    /// All of it is stored. `overridden` are the deliveries that it overrides, `moved` counts the
    /// states they came into.
    record Stored(List<DeliveryId> overridden, TransitionCounts moved) implements AcceptResult {
      public static final Stored ALONE = new Stored(List.of(), TransitionCounts.NONE);

      public Stored {
        overridden = List.copyOf(overridden);
      }
    }

    /// Nothing was stored, because these tasks hold the request key, or one or more of the message
    /// ids for the same target. `messages` counts how many of the acceptance's messages are taken.
    record Duplicate(List<Task> by, int messages) implements AcceptResult {
      public Duplicate {
        by = List.copyOf(by);
      }
    }
  }

  /// Stores a push, all or nothing. Within an app, a request key and a pair of message id and
  /// target belong to one task for as long as that task is kept; exactly one of any number of
  /// concurrent callers gets [AcceptResult.Stored].
  default AcceptResult accept(Acceptance acceptance) {
    return acceptAll(List.of(acceptance)).getFirst();
  }

  /// Accepts many pushes in one group of writes, as [#accept] would one after the other: each is
  /// stored or [AcceptResult.Duplicate] by itself, also of one before it, and has its result in its
  /// place. The group is one write: where it fails, it fails for all of them.
  List<AcceptResult> acceptAll(List<Acceptance> acceptances);

  /// Holds more deliveries of an open task, in one piece. `unmatched` counts targets that get no
  /// delivery, those in `skipped` among them ([Task.TargetCounts]).
  record Addition(
      Task task, List<Delivery> deliveries, int unmatched, Map<String, Integer> skipped) {
    public Addition {
      deliveries = List.copyOf(deliveries);
      skipped = Map.copyOf(skipped);
    }

    public Addition(Task task, List<Delivery> deliveries, int unmatched) {
      this(task, deliveries, unmatched, Map.of());
    }

    /// Returns what this adds to the task's counts if so many deliveries are new to it.
    public Task.TargetCounts targetCounts(int added) {
      return new Task.TargetCounts(added, unmatched, skipped);
    }
  }

  sealed interface AddResult {
    /// The deliveries in `added` are stored; the other registrations have a delivery of the task
    /// already and get no second one. `overridden` and `moved` are as in [AcceptResult.Stored].
    record Stored(List<Delivery> added, List<DeliveryId> overridden, TransitionCounts moved)
        implements AddResult {
      public Stored {
        added = List.copyOf(added);
        overridden = List.copyOf(overridden);
      }
    }

    /// Nothing was stored, because the task is not open, or not any more.
    record Closed() implements AddResult {}
  }

  /// Adds deliveries to an open task, all or nothing. A registration gets one delivery of a task,
  /// however many callers add it at once.
  AddResult add(Addition addition);

  /// Returns the strategy by which a task's later deliveries go; empty if it is not open.
  Optional<Strategy> open(TaskId id);

  /// Closes a task: from then on nothing is added to it. [RecallStore#open] does the same for a
  /// whole task or its message.
  void close(TaskId id);

  Optional<Task> find(TaskId id);

  /// Returns the task that holds a request key.
  Optional<Task> findByRequestKey(AppId app, RequestKey key);

  /// Selects tasks to list: of an app, of these kinds, accepted from `from` until before `to`, of
  /// this name if one is given.
  record Filter(
      AppId app, Set<Source.Kind> kinds, Instant from, Instant to, Optional<String> name) {
    public Filter {
      kinds = Set.copyOf(kinds);
    }
  }

  /// Returns tasks, the newest first, without the first `skip`.
  List<Task> list(Filter filter, int skip, int limit);

  /// Returns a task's messages in the order of their numbers.
  List<Message> messages(TaskId id);

  /// Returns the message that a caller knows by its own id, for the target it was addressed to.
  Optional<Message> message(AppId app, String messageId, String target);

  /// Returns messages for the target whose caller's id may be [OccurrenceName] of `messageId`, the
  /// newest first. It asks an index; those whose id only looks alike are among them.
  List<Message> occurrenceMessages(AppId app, String messageId, String target);

  /// Returns the highest task or recall id ever stored, or 0: new ids start above it.
  long highestId();

  /// Clears tasks accepted before `limit` with all that belongs to them, at most `count` tasks.
  /// Returns how many it cleared.
  int purge(Instant limit, int count);
}
