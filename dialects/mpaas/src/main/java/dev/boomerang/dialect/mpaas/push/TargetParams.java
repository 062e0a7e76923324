// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.DELIVERY_TYPE_NOT_SUPPORTED;
import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;
import static dev.boomerang.dialect.mpaas.error.ResultCode.SINGLE_PUSH_TARGET_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TOKEN_OR_USERID_NULL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.text.Characters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the audience of a push that names its targets: `DeliveryType`, and for a simple or
/// template push `TargetMsgkey`, a JSON object of targets with their business message ids.
public final class TargetParams {

  /// Source: "极简推送": at most 10 targets.
  private static final int MAX_TARGETS = 10;

  /// The documents want message ids unique and name no code for one that is not. Within a call the
  /// same id for two targets is refused; the same id again in another call is the engine's matter
  /// ([SubmitResponse]).
  private static final boolean MESSAGE_IDS_DIFFER_WITHIN_A_CALL = true;

  static final int MAX_MESSAGE_ID = 256;

  private TargetParams() {}

  static Audience audience(ActionParams params) {
    return audience(params, targets(params));
  }

  static Audience audience(ActionParams params, List<Target> targets) {
    String type = params.required(PushParams.DELIVERY_TYPE, DELIVERY_TYPE_NOT_SUPPORTED).strip();
    return switch (type) {
      case "1" -> devices(Platform.ANDROID, targets);
      case "2" -> devices(Platform.IOS, targets);
      case "3" -> new Audience.Targeted(TargetKind.USER, targets, Optional.empty());
      case "7" -> devices(Platform.HARMONY, targets);
      case "5", "6" ->
          throw unsupported("must be 1, 2, 3 or 7: Live Activities (5, 6) are not served");
      default ->
          throw unsupported(
              "must be 1 (Android device), 2 (iOS device), 3 (user) or 7 (HarmonyOS device)");
    };
  }

  private static Audience devices(Platform platform, List<Target> targets) {
    return new Audience.Targeted(TargetKind.DEVICE, targets, Optional.of(platform));
  }

  private static ResultException unsupported(String problem) {
    return new ResultException(DELIVERY_TYPE_NOT_SUPPORTED, PushParams.DELIVERY_TYPE, problem);
  }

  private static List<Target> targets(ActionParams params) {
    ObjectNode all =
        params
            .object(PushParams.TARGET_MSGKEY, INVALID_PARAM)
            .filter(object -> !object.isEmpty())
            .orElseThrow(
                () ->
                    new ResultException(
                        TOKEN_OR_USERID_NULL, PushParams.TARGET_MSGKEY, "has no target"));
    if (all.size() > MAX_TARGETS) {
      throw new ResultException(
          SINGLE_PUSH_TARGET_TOO_MUCH,
          PushParams.TARGET_MSGKEY,
          "has %d targets, at most %d".formatted(all.size(), MAX_TARGETS));
    }
    var targets = new ArrayList<Target>(all.size());
    var seen = new HashSet<String>();
    for (var entry : all.properties()) {
      String messageId = messageId(PushParams.TARGET_MSGKEY, text(entry.getValue()), seen);
      targets.add(Target.of(targetName(PushParams.TARGET_MSGKEY, entry.getKey()), messageId));
    }
    return targets;
  }

  private static String text(JsonNode value) {
    return value.isTextual() || value.isNumber() ? value.asText() : "";
  }

  /// Returns a target's name as it came in `parameter`.
  static String targetName(String parameter, String name) {
    if (name.isBlank()) {
      throw new ResultException(TOKEN_OR_USERID_NULL, parameter, "names no target");
    }
    if (Characters.exceed(name, ActionParams.MAX_TARGET_LENGTH)) {
      throw ActionParams.invalid(
          parameter,
          "names a target of more than " + ActionParams.MAX_TARGET_LENGTH + " characters");
    }
    return ActionParams.requireWellFormed(parameter, name);
  }

  /// Returns a target's message id. `seen` holds those of the call's other targets; this one is
  /// added.
  static String messageId(String parameter, String id, Set<String> seen) {
    if (!seen.add(messageId(parameter, id)) && MESSAGE_IDS_DIFFER_WITHIN_A_CALL) {
      throw ActionParams.invalid(parameter, "has the message id " + id + " again");
    }
    return id;
  }

  static String messageId(String parameter, String id) {
    if (id.isBlank()) {
      throw ActionParams.invalid(parameter, "must have a message id, as text");
    }
    if (Characters.exceed(id, MAX_MESSAGE_ID)) {
      throw ActionParams.invalid(
          parameter, "has a message id of more than " + MAX_MESSAGE_ID + " characters");
    }
    return ActionParams.requireWellFormed(parameter, id);
  }
}
