// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.recall;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.Recalls;
import dev.boomerang.model.app.App;
import java.util.List;

/// Recalls what was pushed to one target under one business message id in the last seven days:
/// every firing of a cycle, or one by the id of the firing's message.
///
/// Source: mPaaS "消息撤回", "通过消息 ID 撤回".
public final class RevokePushMessage implements ApiAction {
  private static final String MESSAGE_ID = "MessageId";
  private static final String TARGET_ID = "TargetId";

  private final Recalls recalls;

  public RevokePushMessage(Recalls recalls) {
    this.recalls = recalls;
  }

  @Override
  public String name() {
    return "RevokePushMessage";
  }

  @Override
  public List<String> mandatory() {
    return List.of(MESSAGE_ID, TARGET_ID);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    String messageId = params.required(MESSAGE_ID, INVALID_PARAM);
    String target = params.required(TARGET_ID, INVALID_PARAM);
    List<RecallResult> outcomes =
        recalls.recallMessages(app.id(), messageId, target, ApiAction.ORIGIN);
    return RevokeResponse.of(outcomes, MESSAGE_ID, "message", "pushed to this TargetId");
  }
}
