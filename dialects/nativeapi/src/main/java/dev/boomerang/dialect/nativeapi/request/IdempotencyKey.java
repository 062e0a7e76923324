// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Holds the request id of a call: `requestId` in the body, or the header `Idempotency-Key`, which
/// HTTP libraries set by themselves. The header's value may stand in quotes, as the IETF's draft
/// has it, or bare, as most send it.
public record IdempotencyKey(String id, String field) {
  private static final String HEADER = "Idempotency-Key";
  private static final String MEMBER = "requestId";
  private static final int MAX_ID = 256;

  /// Matches a text in quotes, with `\\"` and `\\\\` in it.
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\[\"\\\\])*\"");

  /// Returns the id and which field it came in; empty if the call has none. Throws if both are
  /// given and differ.
  public static Optional<IdempotencyKey> of(Call call, Fields body) {
    List<String> values =
        call.headers().all(HEADER).stream().map(IdempotencyKey::checked).distinct().toList();
    if (values.size() > 1) {
      throw new InvalidFieldException(HEADER, Kind.MALFORMED, "must be given once");
    }
    Optional<String> header = values.stream().findFirst();
    if (!body.has(MEMBER)) {
      return header.map(id -> new IdempotencyKey(id, HEADER));
    }
    String member = body.requiredText(MEMBER, MAX_ID);
    if (header.filter(id -> !id.equals(member)).isPresent()) {
      throw new InvalidFieldException(HEADER, Kind.MALFORMED, "and requestId must be the same");
    }
    return Optional.of(new IdempotencyKey(member, MEMBER));
  }

  /// Returns the id in a header's value without its quotes. Refuses one that is blank, longer than
  /// [#MAX_ID] or not printable ASCII.
  private static String checked(String value) {
    String text = value.strip();
    String id =
        QUOTED.matcher(text).matches()
            ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1")
            : text;
    if (id.isBlank()) {
      throw new InvalidFieldException(HEADER, Kind.BLANK, "must not be blank");
    }
    if (id.length() > MAX_ID) {
      throw new InvalidFieldException(
          HEADER, Kind.OUT_OF_RANGE, "must have at most " + MAX_ID + " characters");
    }
    if (!id.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new InvalidFieldException(
          HEADER, Kind.MALFORMED, "must have only printable ASCII characters");
    }
    return id;
  }
}
