// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.QuotaCounter;
import dev.boomerang.dialect.getui.user.RecipientLookup;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Stores a message first, then pushes it to the users of any number of calls until it expires. No
/// user gets it twice.
public final class ListPushes {
  /// Limits the users that are added to a task in one call to the engine.
  private static final int CHUNK_SIZE = 500;

  private final RecipientLookup recipientLookup;
  private final OpenTasks openTasks;
  private final TaskRevoker revoker;
  private final TaskResolver taskResolver;
  private final QuotaCounter quotas;

  public ListPushes(
      RecipientLookup recipientLookup,
      OpenTasks openTasks,
      TaskRevoker revoker,
      TaskResolver taskResolver,
      QuotaCounter quotas) {
    this.recipientLookup = recipientLookup;
    this.openTasks = openTasks;
    this.revoker = revoker;
    this.taskResolver = taskResolver;
    this.quotas = quotas;
  }

  /// Stores the message; once this has returned, it survives a crash.
  public GetuiTaskId open(PushRequest request) {
    // Only a check: the caller learns now, and not with the first list, that the old task is
    // unknown.
    if (request.instruction() instanceof PushRequest.Revoke revoke) {
      revoker.target(request.app(), revoke);
    }
    return PushMapper.name(
        openTasks
            .open(PushMapper.of(request, GetuiTaskId.Kind.LIST, PushMapper.targets(List.of())))
            .task());
  }

  /// Pushes the message to these recipients. The result has every cid that was named; an alias that
  /// nobody has adds none.
  public PushResult add(AppId app, String name, Recipients... recipients) {
    Task task =
        taskResolver
            .task(app, name)
            .filter(found -> PushMapper.kind(found) == GetuiTaskId.Kind.LIST)
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK));
    int targetCount = Arrays.stream(recipients).mapToInt(each -> each.names().size()).sum();
    if (targetCount == 0) {
      throw new GetuiException(ErrorKind.Simple.NO_TARGET);
    }
    // All names count, also those that nobody here has.
    quotas.take(app, Quota.LIST_MINUTE);
    quotas.take(app, Quota.LIST_DAY, targetCount);
    quotas.take(app, Quota.TOTAL_DAY, targetCount);
    Map<String, List<Registration>> registrationsByName = new LinkedHashMap<>();
    Map<String, TargetStatus> statusByCid = new LinkedHashMap<>();
    for (Recipients each : recipients) {
      recipientLookup
          .find(app, each)
          .forEach(
              (recipient, found) ->
                  registrationsByName.merge(recipient, found, ListPushes::concat));
      if (each instanceof Recipients.Cids(var names)) {
        // Every cid is ignored at first; what is delivered overwrites it below.
        names.forEach(cid -> statusByCid.put(cid, TargetStatus.IGNORED));
      }
    }
    List<Registration> registrations =
        registrationsByName.values().stream().flatMap(List::stream).distinct().toList();
    registrations.forEach(
        registration -> statusByCid.put(registration.id().value(), TargetStatus.IGNORED));
    Optional<PushRequest.Revoke> revoke = PushMapper.revoke(task.source());
    if (revoke.isPresent()) {
      statusByCid.putAll(revoker.revoke(revoker.target(app, revoke.get()), registrations, false));
    } else {
      addTargets(
          task, registrations.stream().filter(recipientLookup::isReachable).toList(), statusByCid);
    }
    return new PushResult(
        PushMapper.name(task),
        statusByCid,
        TargetStatuses.byName(registrationsByName, statusByCid));
  }

  /// Joins two lists without duplicates: a cid may be another user's alias.
  private static List<Registration> concat(List<Registration> some, List<Registration> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  /// Adds the users in chunks and puts the status of each. Chunks before one that fails stay added;
  /// the same call again completes them, since nobody gets a task twice.
  private void addTargets(
      Task task, List<Registration> reachable, Map<String, TargetStatus> statusByCid) {
    for (int start = 0; start < reachable.size(); start += CHUNK_SIZE) {
      List<Registration> chunk =
          reachable.subList(start, Math.min(start + CHUNK_SIZE, reachable.size()));
      for (Delivery delivery : openTasks.add(task.app(), task.id(), chunk)) {
        statusByCid.put(delivery.id().registration().value(), TargetStatus.of(delivery));
      }
    }
  }
}
