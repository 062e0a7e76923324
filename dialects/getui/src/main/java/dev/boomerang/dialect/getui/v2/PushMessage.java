// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `push_message`: exactly one of `notification`, `transmission` and `revoke`. `notifyId` is
/// that of a notification.
///
/// Source: Getui "RestAPI V2", push_message.
record PushMessage(PushRequest.Instruction instruction, Optional<String> notifyId) {
  static final int MAX_TRANSMISSION = 3_072;

  private static final int MAX_TASK = 128;
  private static final Pattern SPAN = Pattern.compile("(\\d{1,15})-(\\d{1,15})");

  /// Is the time that `duration` must be longer than.
  private static final long MIN_SPAN_MILLIS = 10 * 60_000;

  /// Reads the message. `channels` has the contents that take its place on some platforms.
  static PushMessage read(Fields body, ChannelContents channels) {
    if (!body.has("push_message")) {
      throw body.invalid("push_message", Kind.MISSING, "must be given");
    }
    Fields message = body.object("push_message");
    message.number("network_type", 0, 1);
    checkDuration(message);
    return switch (requireOneOf(message, "notification", "transmission", "revoke")) {
      case "notification" -> {
        PushMessageNotification notification =
            PushMessageNotification.read(message.object("notification"));
        yield new PushMessage(
            sendInstruction(notification.content(), channels), notification.notifyId());
      }
      case "transmission" -> {
        String text = message.requiredText("transmission", MAX_TRANSMISSION);
        yield new PushMessage(
            sendInstruction(new DataMessage(text, Map.of()), channels), Optional.empty());
      }
      case String _ ->
          new PushMessage(revokeInstruction(message.object("revoke")), Optional.empty());
    };
  }

  private static PushRequest.Instruction sendInstruction(
      Content content, ChannelContents channels) {
    Map<Platform, Content> contentByPlatform = channels.contentByPlatform();
    return new PushRequest.Send(
        contentByPlatform.isEmpty()
            ? content
            : new Content.PerPlatform(content, contentByPlatform));
  }

  private static PushRequest.Instruction revokeInstruction(Fields revoke) {
    return new PushRequest.Revoke(
        revoke.requiredText("old_task_id", MAX_TASK), revoke.flag("force").orElse(false));
  }

  /// Returns which one of these members is there; refuses none, and several.
  static String requireOneOf(Fields fields, String... names) {
    List<String> given = List.of(names).stream().filter(fields::has).toList();
    if (given.isEmpty()) {
      throw fields.invalid(names[0], Kind.MISSING, "must be given, or another content");
    }
    if (given.size() > 1) {
      throw fields.invalid(
          given.get(1), Kind.MALFORMED, "must not be given together with " + given.getFirst());
    }
    return given.getFirst();
  }

  /// Checks the time within which the message may be shown; it is for vendors' channels.
  private static void checkDuration(Fields message) {
    message
        .text("duration", 64)
        .filter(text -> !text.isEmpty())
        .ifPresent(
            text -> {
              Matcher span = SPAN.matcher(text);
              if (!span.matches()) {
                throw message.invalid(
                    "duration", Kind.MALFORMED, "must be <milliseconds>-<milliseconds>");
              }
              if (Long.parseLong(span.group(2)) - Long.parseLong(span.group(1))
                  <= MIN_SPAN_MILLIS) {
                throw message.invalid(
                    "duration", Kind.OUT_OF_RANGE, "must be longer than 10 minutes");
              }
            });
  }
}
