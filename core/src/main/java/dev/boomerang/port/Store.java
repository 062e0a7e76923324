// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import java.util.Optional;

/// Holds everything that outlives the process. Every method that changes something returns only
/// after the change would survive power loss; each throws [StoreException] when there is no answer,
/// and then nothing was changed, unless [StoreException#isOutcomeUnknown] says that nobody can
/// tell.
///
/// Times are kept to the millisecond. Texts come back exactly as they were given. One that is not
/// well-formed ([dev.boomerang.model.text.WellFormedText]) is refused with [IllFormedTextException]
/// and nothing is changed, whichever the store; requests are checked long before.
///
/// All methods may block and may be called from any number of threads at once.
public interface Store extends AutoCloseable {
  AppStore apps();

  RegistrationStore registrations();

  TaskStore tasks();

  DeliveryStore deliveries();

  RecallStore recalls();

  BroadcastStore broadcasts();

  PacedRunStore pacedRuns();

  StatisticsStore statistics();

  TemplateStore templates();

  ScheduleStore schedules();

  SegmentStore segments();

  UploadStore uploads();

  WebhookOutbox webhooks();

  DocumentStore documents();

  /// Writes a row of its own, durably, and so finds out whether the store takes writes now. Throws
  /// [StoreException] if it does not.
  void check();

  /// Returns what the last write failed of; empty if it succeeded.
  default Optional<StoreFailure> lastWriteFailure() {
    return Optional.empty();
  }

  @Override
  void close();
}
