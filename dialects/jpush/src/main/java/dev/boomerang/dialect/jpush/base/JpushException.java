// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Optional;

/// A call that is refused with an error of the table. Thrown by what reads requests, and turned
/// into its reply in [JpushDialect][dev.boomerang.dialect.jpush.JpushDialect].
public final class JpushException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final JpushError error;
  private final String text;
  private final transient List<String> illegalIds;
  private final transient Optional<String> messageId;

  public JpushException(JpushError error, String text) {
    this(error, text, List.of());
  }

  /// `illegalIds` are the registration ids that are to blame.
  public JpushException(JpushError error, String text, List<String> illegalIds) {
    this(error, text, illegalIds, Optional.empty());
  }

  private JpushException(
      JpushError error, String text, List<String> illegalIds, Optional<String> messageId) {
    super(text, null, false, false);
    this.error = error;
    this.text = text;
    this.illegalIds = illegalIds;
    this.messageId = messageId;
  }

  /// Returns the same refusal of a push that had its message id already.
  public JpushException withMessageId(String id) {
    return new JpushException(error, text, illegalIds, Optional.of(id));
  }

  Reply reply() {
    return Reply.json(error.status(), Json.write(json()));
  }

  /// Its code and message without a member around them, as template calls have errors.
  Reply flatReply() {
    return Reply.json(error.status(), Json.write(addTo(Json.object())));
  }

  /// Its code and message among the members of `json`.
  public ObjectNode addTo(ObjectNode json) {
    return json.setAll(error.json(text));
  }

  /// The body of its reply.
  public ObjectNode json() {
    ObjectNode json = error.json(text);
    if (!illegalIds.isEmpty()) {
      illegalIds.forEach(json.putArray("illegal_rids")::add);
    }
    ObjectNode body = Json.object();
    messageId.ifPresent(id -> body.put("msg_id", id));
    return body.set("error", json);
  }

  JpushError error() {
    return error;
  }

  public String description() {
    return text;
  }
}
