// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.Users.Invalid;
import dev.boomerang.dialect.vivo.Users.User;
import dev.boomerang.dialect.vivo.VivoDialect.Ask;
import dev.boomerang.dialect.vivo.error.VivoError;
import dev.boomerang.dialect.vivo.error.VivoFault;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/message/saveListPayload` and `/message/pushToList`: a message that is kept, then sent to as
/// many lists of users as its caller likes.
final class ListCalls {
  private static final int FEWEST = 2;
  private static final int MOST = 1_000;
  private static final int MAX_ID = 512;

  private static final Audience.Targeted NOBODY =
      new Audience.Targeted(TargetKind.REGISTRATION, List.of(), Optional.empty());

  private final Submissions submissions;
  private final Tasks tasks;
  private final Users users;
  private final Orders orders;
  private final Repeats repeats;
  private final Quotas quotas;
  private final DeviceCap cap;

  ListCalls(
      Engine engine, Users users, Orders orders, Repeats repeats, Quotas quotas, DeviceCap cap) {
    this.submissions = engine.submissions();
    this.tasks = engine.tasks();
    this.users = users;
    this.orders = orders;
    this.repeats = repeats;
    this.quotas = quotas;
    this.cap = cap;
  }

  /// Whom a call names. If both are given, ids count.
  private record Names(TargetKind targetKind, List<String> texts) {
    static Names read(Fields body) {
      List<String> ids = list(body, "regIds");
      List<String> aliases = ids.isEmpty() ? list(body, "aliases") : List.of();
      if (ids.isEmpty() && aliases.isEmpty()) {
        throw new VivoFault(VivoError.NO_LIST);
      }
      return ids.isEmpty()
          ? new Names(TargetKind.ALIAS, aliases)
          : new Names(TargetKind.REGISTRATION, ids);
    }

    private static List<String> list(Fields body, String field) {
      List<String> names = body.texts(field, MOST, MAX_ID);
      if (!names.isEmpty() && names.size() < FEWEST) {
        throw body.invalid(field, Kind.OUT_OF_RANGE, "must have 2 to 1000 entries");
      }
      return List.copyOf(new LinkedHashSet<>(names));
    }
  }

  ObjectNode save(Ask ask) {
    Order order = orders.read(ask, Order.Kind.LIST);
    AppId app = ask.app().id();
    return repeats.task(
        Repeats.of(ask, Order.Kind.LIST.path(), order.requestId()),
        key -> {
          quotas.takeListPayload(app);
          return Submitted.reply(submissions.open(order.push(app, NOBODY, key)));
        });
  }

  ObjectNode push(Ask ask) {
    Fields body = ask.fields();
    String requestId = Orders.requestId(body);
    Task task = task(ask);
    Names names = Names.read(body);
    boolean test = Orders.isTest(body) || TaskDetail.of(task.source()).test();
    return repeats.answer(Repeats.of(ask, "pushToList", requestId), () -> push(task, names, test));
  }

  private ObjectNode push(Task task, Names names, boolean test) {
    boolean system = TaskDetail.of(task.source()).system();
    List<User> named = users.look(task.app(), names.targetKind(), names.texts(), test);
    int good = (int) named.stream().filter(User::isGood).count();
    quotas.takePushes(task.app(), system, good);
    var targets = new ArrayList<Target>();
    Map<String, Integer> passedOver = new HashMap<>();
    for (User user : named) {
      List<Registration> devices = cap.take(devices(user, test), system, test);
      devices.forEach(each -> targets.add(Target.of(each.id().value())));
      if (devices.isEmpty()) {
        String cause = user.invalid().map(Invalid::cause).orElse(DeviceCap.CONTROLLED);
        passedOver.merge(cause, 1, Integer::sum);
      }
    }
    add(task, targets, passedOver);
    ObjectNode json = VivoDialect.done();
    Users.tell(named, json.putArray("invalidUsers"));
    return json;
  }

  private List<Registration> devices(User user, boolean test) {
    return user.isGood()
        ? user.registrations().stream().filter(each -> !test || users.isForTests(each)).toList()
        : List.of();
  }

  /// An alias may stand for many devices, so these may be more than go at once. Where it stops half
  /// way, the same call again adds the rest.
  private void add(Task task, List<Target> targets, Map<String, Integer> passedOver) {
    Map<String, Integer> counted = passedOver;
    int from = 0;
    do {
      int to = Math.min(from + MOST, targets.size());
      List<Target> some = targets.subList(from, to);
      add(task, new Audience.Targeted(TargetKind.REGISTRATION, some, Optional.empty()), counted);
      counted = Map.of();
      from = to;
    } while (from < targets.size());
  }

  private void add(Task task, Audience.Targeted audience, Map<String, Integer> passedOver) {
    switch (submissions.add(task.app(), task.id(), audience, passedOver)) {
      case AddTargetsResult.Added _ -> {}
      case AddTargetsResult.Closed _ ->
          throw new VivoFault(VivoError.TASK, "it takes no more users");
      case AddTargetsResult.NotFound() -> throw unknownTask();
      case AddTargetsResult.Refused(var why) -> throw Submitted.fault(why);
    }
  }

  private Task task(Ask ask) {
    String id = ask.fields().requiredText("taskId", MAX_ID).strip();
    return TaskId.parse(id)
        .flatMap(parsed -> tasks.find(ask.app().id(), parsed))
        .orElseThrow(ListCalls::unknownTask);
  }

  static VivoFault unknownTask() {
    return new VivoFault(VivoError.TASK, "there is no such task");
  }
}
