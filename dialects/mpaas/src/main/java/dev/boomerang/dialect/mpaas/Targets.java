// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.DELIVERY_TYPE_NOT_SUPPORTED;
import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;
import static dev.boomerang.dialect.mpaas.ResultCode.SINGLE_PUSH_TARGET_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.ResultCode.TOKEN_OR_USERID_NULL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.By;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Whom a simple or template push is for: `DeliveryType` and `TargetMsgkey`, a JSON object of
/// targets with their business message ids.
final class Targets {
  static final String TARGET_MSGKEY = "TargetMsgkey";

  /// Source: "极简推送": at most 10 targets.
  private static final int MAX_TARGETS = 10;

  /// The documents want message ids unique and name no code for one that is not. Within a call the
  /// same id for two targets is refused; the same id again in another call is the engine's matter
  /// ([Submitted]).
  private static final boolean MESSAGE_IDS_DIFFER_WITHIN_A_CALL = true;

  static final int MAX_NAME = 512;
  static final int MAX_MESSAGE_ID = 256;

  private Targets() {}

  static Audience audience(Args args) {
    String type = args.filled(Pushes.DELIVERY_TYPE, DELIVERY_TYPE_NOT_SUPPORTED).strip();
    return switch (type) {
      case "1" -> devices(Platform.ANDROID, args);
      case "2" -> devices(Platform.IOS, args);
      case "3" -> new Audience.Named(By.USER, targets(args), Optional.empty());
      case "7" -> devices(Platform.HARMONY, args);
      case "5", "6" ->
          throw unsupported("must be 1, 2, 3 or 7: Live Activities (5, 6) are not served");
      default ->
          throw unsupported(
              "must be 1 (Android device), 2 (iOS device), 3 (user) or 7 (HarmonyOS device)");
    };
  }

  private static Audience devices(Platform platform, Args args) {
    return new Audience.Named(By.DEVICE, targets(args), Optional.of(platform));
  }

  private static ResultFault unsupported(String problem) {
    return new ResultFault(DELIVERY_TYPE_NOT_SUPPORTED, Pushes.DELIVERY_TYPE, problem);
  }

  private static List<Target> targets(Args args) {
    ObjectNode all =
        args.object(TARGET_MSGKEY, INVALID_PARAM)
            .filter(object -> !object.isEmpty())
            .orElseThrow(
                () -> new ResultFault(TOKEN_OR_USERID_NULL, TARGET_MSGKEY, "has no target"));
    if (all.size() > MAX_TARGETS) {
      throw new ResultFault(
          SINGLE_PUSH_TARGET_TOO_MUCH,
          TARGET_MSGKEY,
          "has %d targets, at most %d".formatted(all.size(), MAX_TARGETS));
    }
    var targets = new ArrayList<Target>(all.size());
    var seen = new HashSet<String>();
    for (var entry : all.properties()) {
      String messageId = messageId(entry.getValue());
      if (!seen.add(messageId) && MESSAGE_IDS_DIFFER_WITHIN_A_CALL) {
        throw Args.invalid(TARGET_MSGKEY, "has the message id " + messageId + " twice");
      }
      targets.add(Target.of(name(entry.getKey()), messageId));
    }
    return targets;
  }

  private static String name(String name) {
    if (name.isBlank()) {
      throw new ResultFault(TOKEN_OR_USERID_NULL, TARGET_MSGKEY, "has a blank target");
    }
    if (name.length() > MAX_NAME) {
      throw Args.invalid(TARGET_MSGKEY, "has a target of more than " + MAX_NAME + " characters");
    }
    return Args.storable(TARGET_MSGKEY, name);
  }

  private static String messageId(JsonNode value) {
    String id = value.isTextual() || value.isNumber() ? value.asText() : "";
    if (id.isBlank()) {
      throw Args.invalid(TARGET_MSGKEY, "must give every target a message id, as text");
    }
    if (id.length() > MAX_MESSAGE_ID) {
      throw Args.invalid(
          TARGET_MSGKEY, "has a message id of more than " + MAX_MESSAGE_ID + " characters");
    }
    return Args.storable(TARGET_MSGKEY, id);
  }
}
