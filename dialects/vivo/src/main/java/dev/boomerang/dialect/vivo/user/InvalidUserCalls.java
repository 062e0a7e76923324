// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.push.ListCalls;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.user.UserLookup.User;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.Recalls;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import java.util.List;

/// `/invalidUser/check` and `/message/recycle`: calls about users.
public final class InvalidUserCalls {
  private static final int MAX_USERS = 100;
  private static final int MAX_TASK_ID = 64;

  private final Recalls recalls;
  private final Tasks tasks;
  private final UserLookup users;
  private final AppQuotas quotas;

  public InvalidUserCalls(Engine engine, UserLookup users, AppQuotas quotas) {
    this.recalls = engine.recalls();
    this.tasks = engine.tasks();
    this.users = users;
    this.quotas = quotas;
  }

  /// Which of these nothing would reach. Here they are told by name alone.
  ///
  /// Source: vivo "失效id查询".
  public ObjectNode check(AuthenticatedCall ask) {
    ObjectNode json = VivoDialect.done();
    ArrayNode invalid = json.putArray("invalidUsers");
    Names names = Names.of(ask);
    users.find(ask.app().id(), names.targetKind(), names.texts()).stream()
        .filter(user -> !user.isReachable())
        .map(User::name)
        .forEach(invalid::add);
    return json;
  }

  /// Takes a message back from each of these. Those that nothing would reach are told of; what they
  /// may have is taken back all the same. Ones that were not sent it have nothing to take.
  ///
  /// Source: vivo "消息回收接口".
  public ObjectNode recall(AuthenticatedCall ask) {
    Names names = Names.of(ask);
    List<User> named = users.findForRecall(ask.app().id(), names.targetKind(), names.texts());
    Task task =
        TaskId.parse(ask.fields().requiredText("taskId", MAX_TASK_ID).strip())
            .flatMap(id -> tasks.find(ask.app().id(), id))
            .orElseThrow(ListCalls::unknownTask);
    quotas.takeRecalls(task.app(), PushRequestReader.detail(task.source()).system(), named.size());
    named.stream()
        .flatMap(user -> user.registrations().stream())
        .forEach(registration -> recall(task, registration));
    ObjectNode json = VivoDialect.done();
    UserLookup.tell(named, json.putArray("invalidUsers"));
    return json;
  }

  private void recall(Task task, Registration registration) {
    var scope = new Scope.OneDelivery(registration.id());
    switch (recalls.recall(task.app(), task.id(), scope, VivoDialect.ORIGIN)) {
      case RecallResult.Active _, RecallResult.Preview _, RecallResult.NotFound _ -> {}
      case RecallResult.TooOld(var limit) ->
          throw new VivoException(VivoError.TASK, "it was sent before " + limit);
    }
  }

  /// Whom a call names.
  private record Names(TargetKind targetKind, List<String> texts) {
    static Names of(AuthenticatedCall ask) {
      Fields body = ask.fields();
      return new Names(
          UserLookup.by(body, "userType"), UserLookup.names(body, "userIds", MAX_USERS));
    }
  }
}
