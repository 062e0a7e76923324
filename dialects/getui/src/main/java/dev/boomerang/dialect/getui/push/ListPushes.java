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

/// List pushes: a message that is kept first, and users who get it, in any number of calls until
/// its time is over. Nobody gets it twice.
public final class ListPushes {
  private static final int CHUNK = 500;

  private final RecipientLookup recipients;
  private final OpenTasks openTasks;
  private final TaskRevoker revoker;
  private final TaskResolver taskResolver;
  private final QuotaCounter quotas;

  public ListPushes(
      RecipientLookup recipients,
      OpenTasks openTasks,
      TaskRevoker revoker,
      TaskResolver taskResolver,
      QuotaCounter quotas) {
    this.recipients = recipients;
    this.openTasks = openTasks;
    this.revoker = revoker;
    this.taskResolver = taskResolver;
    this.quotas = quotas;
  }

  /// Keeps the message; it survives anything from here on.
  public TaskName open(PushRequest request) {
    if (request.instruction() instanceof PushRequest.Revoke revoke) {
      revoker.old(request.app(), revoke);
    }
    return PushMapper.name(
        openTasks
            .open(PushMapper.of(request, TaskName.Kind.LIST, PushMapper.to(List.of())))
            .task());
  }

  /// Pushes it to these. Every cid that was named is answered for; aliases that nobody has, have
  /// none.
  public PushResult add(AppId app, String name, Recipients... whom) {
    Task task =
        taskResolver
            .task(app, name)
            .filter(found -> PushMapper.kind(found) == TaskName.Kind.LIST)
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK));
    int asked = Arrays.stream(whom).mapToInt(each -> each.names().size()).sum();
    if (asked == 0) {
      throw new GetuiException(ErrorKind.Simple.NO_TARGET);
    }
    quotas.take(app, Quota.LIST_MINUTE);
    quotas.take(app, Quota.LIST_DAY, asked);
    quotas.take(app, Quota.TOTAL_DAY, asked);
    Map<String, List<Registration>> named = new LinkedHashMap<>();
    Map<String, TargetStatus> cids = new LinkedHashMap<>();
    for (Recipients each : whom) {
      recipients.of(app, each).forEach((one, found) -> named.merge(one, found, ListPushes::concat));
      if (each instanceof Recipients.Cids(var names)) {
        names.forEach(cid -> cids.put(cid, TargetStatus.IGNORED));
      }
    }
    List<Registration> all = named.values().stream().flatMap(List::stream).distinct().toList();
    all.forEach(person -> cids.put(person.id().value(), TargetStatus.IGNORED));
    Optional<PushRequest.Revoke> revoke = PushMapper.revoke(task.source());
    if (revoke.isPresent()) {
      cids.putAll(revoker.of(revoker.old(app, revoke.get()), all, false));
    } else {
      addTargets(task, all.stream().filter(recipients::isReachable).toList(), cids);
    }
    return new PushResult(PushMapper.name(task), cids, TargetStatuses.byName(named, cids));
  }

  /// A cid may be another one's alias.
  private static List<Registration> concat(List<Registration> some, List<Registration> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  private void addTargets(Task task, List<Registration> reached, Map<String, TargetStatus> cids) {
    for (int at = 0; at < reached.size(); at += CHUNK) {
      List<Registration> chunk = reached.subList(at, Math.min(at + CHUNK, reached.size()));
      for (Delivery delivery : openTasks.add(task.app(), task.id(), chunk)) {
        cids.put(delivery.id().registration().value(), TargetStatus.of(delivery));
      }
    }
  }
}
