// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.ContentReviewer.Objection;
import java.time.Duration;

/// Tells what became of a push.
public sealed interface SubmitResult {

  /// The task is stored: from here on it survives any crash.
  record Accepted(Task task) implements SubmitResult {}

  /// The same call was accepted before. `first` is its answer again, and nothing more is delivered.
  record Repeated(Task first) implements SubmitResult {}

  /// The push was refused, and nothing was stored.
  sealed interface Refused extends SubmitResult {
    String reason();
  }

  record NoTarget() implements Refused {
    @Override
    public String reason() {
      return "no target";
    }
  }

  record TooManyTargets(int limit) implements Refused {
    @Override
    public String reason() {
      return "more than " + limit + " targets";
    }
  }

  record PayloadTooLong(int bytes, int limit) implements Refused {
    @Override
    public String reason() {
      return "payload of " + bytes + " bytes, at most " + limit;
    }
  }

  record LifetimeOutOfRange(Duration longest) implements Refused {
    @Override
    public String reason() {
      return "lifetime must be positive and at most " + longest.toSeconds() + " seconds";
    }
  }

  /// The push cannot go at a rate: only what is the same for all its targets can, and only when
  /// they are known.
  record NotForSendRate(String reason) implements Refused {}

  /// The app has pushed no such task, or not within the window in which it can be replaced.
  record NothingToReplace(TaskId earlier) implements Refused {
    @Override
    public String reason() {
      return "there is no task " + earlier + " to replace";
    }
  }

  /// The segment picks no registration, or the strategy leaves no channel to all of them. `unused`
  /// is the id that was made for the task; no other will have it.
  record NobodyMatches(TaskId unused) implements Refused {
    @Override
    public String reason() {
      return "no registration matches the audience";
    }
  }

  /// A reviewer objects to what the push says.
  record RejectedByReview(Objection objection) implements Refused {
    @Override
    public String reason() {
      return objection.reason();
    }
  }

  /// A request key or message id was used before for something else.
  record IdTaken(Task by) implements Refused {
    @Override
    public String reason() {
      return "a message id or request id is already used by task " + by.id();
    }
  }
}
