// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.recall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.base.TaskDetail;
import dev.boomerang.dialect.vivo.base.TaskResolver;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.user.User;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.dialect.vivo.user.UserSelector;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.Recalls;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import java.util.List;

/// Answers `/message/recycle`, which recalls a message from the users that it names.
///
/// Source: vivo "消息回收接口".
public final class RecallCalls {
  private static final int MAX_USERS = 100;

  private final Recalls recalls;
  private final TaskResolver taskResolver;
  private final UserLookup userLookup;
  private final AppQuotas quotas;

  public RecallCalls(
      Recalls recalls, TaskResolver taskResolver, UserLookup userLookup, AppQuotas quotas) {
    this.recalls = recalls;
    this.taskResolver = taskResolver;
    this.userLookup = userLookup;
    this.quotas = quotas;
  }

  /// Recalls the message. The response names the users that cannot be reached; their messages are
  /// recalled too. Nothing happens for users to whom the message was not sent.
  public ObjectNode recall(AuthenticatedCall call) {
    UserSelector selector = UserSelector.read(call.fields(), "userType", "userIds", MAX_USERS);
    List<User> users = userLookup.findForRecall(call.appId(), selector);
    Task task = taskResolver.require(call);
    quotas.takeRecalls(task.app(), TaskDetail.of(task.source()).system(), users.size());
    users.stream()
        .flatMap(user -> user.registrations().stream())
        .forEach(registration -> recall(task, registration));
    ObjectNode json = SuccessResponse.create();
    User.writeInvalid(users, json.putArray("invalidUsers"));
    return json;
  }

  private void recall(Task task, Registration registration) {
    var scope = new Scope.OneDelivery(registration.id());
    switch (recalls.recall(task.app(), task.id(), scope, VivoConfig.ORIGIN)) {
      case RecallResult.Active _, RecallResult.Preview _, RecallResult.NotFound _ -> {}
      case RecallResult.TooOld(var limit) ->
          throw new VivoException(VivoError.TASK, "it was sent before " + limit);
    }
  }
}
