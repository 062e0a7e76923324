// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.request.PushOptions;
import dev.boomerang.dialect.jpush.request.VendorHints;
import dev.boomerang.model.push.Task;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import java.util.Optional;

/// Holds the answer to a push: `msg_id`, and the `sendno` that is echoed. Both are texts: one
/// client reads nothing else, and numbers lose digits in JavaScript.
record PushResult(String messageId, String sendno) {

  /// The result of the push that made `task`, as it was given when the task was accepted.
  static PushResult of(Task task) {
    ObjectNode options =
        Optional.ofNullable(task.vendorHints().get(VendorHints.OPTIONS))
            .flatMap(Json::read)
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseGet(Json::object);
    return new PushResult(task.id().toString(), PushOptions.sendno(Fields.of(options)));
  }

  ObjectNode json() {
    return Json.object().put("sendno", sendno).put("msg_id", messageId);
  }
}
