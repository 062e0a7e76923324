// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lists everything that one registration may have and has not opened, and what waits for it.
public final class WithdrawableDeliveries {
  private static final int PAGE = 500;

  @FunctionalInterface
  private interface Reading {
    List<DeliveryId> after(TaskId task);
  }

  private WithdrawableDeliveries() {}

  public static List<DeliveryId> of(Registration registration, Store store, Instant now) {
    var id = registration.id();
    return Stream.<Reading>of(
            after -> store.deliveries().onDevice(id, after, PAGE),
            after -> store.broadcasts().onDevice(id, registration.app(), after, PAGE),
            after -> store.deliveries().undelivered(id, after, now, PAGE),
            after ->
                ids(
                    store
                        .broadcasts()
                        .waiting(id, registration.audienceAttributes(), after, now, PAGE)))
        .flatMap(reading -> all(reading).stream())
        .distinct()
        .toList();
  }

  private static List<DeliveryId> ids(List<MailboxEntry> mailboxEntries) {
    return mailboxEntries.stream().map(mailboxEntry -> mailboxEntry.delivery().id()).toList();
  }

  private static List<DeliveryId> all(Reading reading) {
    var all = new ArrayList<DeliveryId>();
    List<DeliveryId> page;
    do {
      page = reading.after(all.isEmpty() ? TaskId.NONE : all.getLast().task());
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }
}
