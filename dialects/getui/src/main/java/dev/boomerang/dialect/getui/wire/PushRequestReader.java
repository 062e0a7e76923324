// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.field.StrategyReader;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the message fields of a request, which are the same in all pushes.
///
/// Source: Getui "V1 server SDK", toSingle, toList, toApp.
final class PushRequestReader {
  /// Is the lifetime of a push that may wait, if its caller gives none or 0.
  private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  private static final Duration MIN_LIFETIME = Duration.ofHours(1);
  private static final Duration MAX_LIFETIME = Duration.ofDays(3);
  private static final int MAX_TRANSMISSION = 3_072;
  private static final int MAX_GROUP = 40;
  private static final int MAX_SPEED = 1_000_000;
  private static final Pattern SPAN = Pattern.compile("duration=(\\d{1,15})-(\\d{1,15})");

  private final AppIdCheck apps;
  private final Clock clock;

  PushRequestReader(AppIdCheck apps, Clock clock) {
    this.apps = apps;
    this.clock = clock;
  }

  /// Returns the push that the fields describe. The app inside the message must be the caller's as
  /// well as that of the request.
  PushRequest read(Caller caller, Fields fields, Optional<RequestKey> key) {
    Transparent message = ClientDataReader.message(fields);
    if (!message.getAppId().isBlank()) {
      apps.check(caller, message.getAppId());
    }
    // This is checked only: our own channel is the same in every network.
    fields.number("pushNetWorkType", 0, 2);
    MessageContent content =
        MessageContent.read(
            message,
            fields.text("pushType", LenientFields.MAX_NAME).orElse(""),
            transmission(fields),
            caller.app().name());
    return new PushRequest(
        caller.id(),
        fields.text("taskGroupName", MAX_GROUP).orElse(""),
        content.instruction(),
        new PushRequest.Options(
            lifetime(fields, message),
            strategy(fields),
            fields.number("speed", 0, MAX_SPEED).orElse(0L).intValue(),
            new PushRequest.CollapseIds(
                content.notifyId(), ApnsPayload.collapseId(message.getPushInfo())),
            hints(fields)),
        key);
  }

  /// Returns the text for the app; one that is too long has a result of its own, unlike other
  /// fields.
  private static String transmission(Fields fields) {
    try {
      return fields.text("transmissionContent", MAX_TRANSMISSION).orElse("");
    } catch (InvalidFieldException fault) {
      throw fault.kind() == Kind.OUT_OF_RANGE
          ? new WireResultException(WireResult.TOO_LONG)
          : fault;
    }
  }

  /// Returns the lifetime. Without `isOffline` a message is for users who are connected now.
  /// Nothing is kept beyond the time within which it may be shown. The document lets callers ask
  /// for one hour at least.
  private Duration lifetime(Fields fields, Transparent message) {
    Duration requested =
        fields
            .number("offlineExpireTime", 0, MAX_LIFETIME.toMillis())
            .filter(millis -> millis > 0)
            .map(Duration::ofMillis)
            .orElse(DEFAULT_LIFETIME);
    boolean isOffline = LenientFields.isTrue(fields, "isOffline");
    if (isOffline && requested.compareTo(MIN_LIFETIME) < 0) {
      throw fields.invalid(
          "offlineExpireTime",
          Kind.OUT_OF_RANGE,
          "must be 0, or " + MIN_LIFETIME.toMillis() + " to " + MAX_LIFETIME.toMillis());
    }
    Duration lifetime = isOffline ? requested : Duration.ZERO;
    return shownUntil(message)
        .map(until -> Duration.between(clock.instant(), until))
        .map(remaining -> remaining.compareTo(lifetime) < 0 ? remaining : lifetime)
        .orElse(lifetime);
  }

  /// Returns when the message may no longer be shown; empty if it may be at any time. Of several
  /// conditions the first counts.
  private Optional<Instant> shownUntil(Transparent message) {
    return message.getConditionList().stream()
        .filter(condition -> !condition.isBlank() && !condition.equals("duration=0"))
        .findFirst()
        .map(this::end);
  }

  /// Returns the end of `duration=begin-end`, both in milliseconds since 1970. The beginning is
  /// checked and not kept: the message is pushed at once.
  private Instant end(String condition) {
    Matcher span = SPAN.matcher(condition);
    if (!span.matches()) {
      throw new InvalidFieldException(
          "condition", Kind.MALFORMED, "must be duration=<milliseconds>-<milliseconds>");
    }
    Instant begin = Instant.ofEpochMilli(Long.parseLong(span.group(1)));
    Instant end = Instant.ofEpochMilli(Long.parseLong(span.group(2)));
    if (!begin.isBefore(end) || !end.isAfter(clock.instant())) {
      throw new InvalidFieldException(
          "condition", Kind.OUT_OF_RANGE, "must end later, and not be over");
    }
    return end;
  }

  /// Returns the strategy, which is JSON in a text.
  private static Strategy strategy(Fields fields) {
    return fields
        .text("strategyJson", 1_024)
        .filter(text -> !text.isBlank())
        .map(
            text ->
                Json.read(text)
                    .filter(ObjectNode.class::isInstance)
                    .map(node -> StrategyReader.of(Fields.of((ObjectNode) node)))
                    .orElseThrow(
                        () -> fields.invalid("strategyJson", Kind.MALFORMED, "must be JSON")))
        .orElse(Strategy.ONLINE_ELSE_VENDOR);
  }

  /// Returns the message unchanged, for vendors' channels.
  private static Map<String, String> hints(Fields fields) {
    Map<String, String> hints = new HashMap<>();
    fields
        .node(ClientDataReader.NAME)
        .ifPresent(
            node ->
                hints.put("getui.client_data", ClientDataReader.withoutWhitespace(node.asText())));
    fields
        .text("strategyJson", 1_024)
        .filter(text -> !text.isBlank())
        .ifPresent(text -> hints.put("getui.strategy", text));
    return hints;
  }
}
