// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.SinglePushes.Outcome;
import dev.boomerang.dialect.getui.push.SinglePushes.SinglePush;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pushes to one cid or alias. Once a push has been answered, it survives a crash; the same
/// `requestId` again gets the first answer.
///
/// Source: Getui "V1 server SDK", toSingle.
final class PushCalls {
  private static final int MAX_REQUEST = 200;

  private final GetuiServices getui;
  private final PushRequestReader requestReader;
  private final AppIdCheck apps;

  PushCalls(GetuiServices getui, PushRequestReader requestReader, AppIdCheck apps) {
    this.getui = getui;
    this.requestReader = requestReader;
    this.apps = apps;
  }

  /// Sends one push and answers its task and what became of it.
  ObjectNode single(Caller caller, Fields fields) {
    SinglePush single = read(caller, fields, requestKey("getui-single", fields));
    return answer(fields, getui.singlePushes().send(single.request(), single.recipient()));
  }

  /// Reads a push without sending it, for a single call and for one item of a batch.
  SinglePush read(Caller caller, Fields fields, Optional<RequestKey> key) {
    apps.checkRequired(caller, fields);
    Recipients recipient = recipients(fields);
    return new SinglePush(requestReader.read(caller, fields, key), recipient);
  }

  /// Sends many pushes and returns the result of each, in their order.
  List<Outcome> sendEach(Caller caller, List<SinglePush> singles) {
    return getui.singlePushes().sendEach(caller.id(), singles);
  }

  /// Pushes to a cid if it has the tag.
  ObjectNode singleByTag(Caller caller, Fields fields) {
    String tag = fields.requiredText("tag", LenientFields.MAX_NAME);
    String cid = LenientFields.cid(fields, "clientId");
    PushRequest request =
        requestReader.read(caller, fields, requestKey("getui-single-by-tag", fields));
    var recipient = new Recipients.Cids(List.of(cid));
    Map<String, Registration> registrationByCid =
        getui.users().find(caller.id(), recipient.names());
    boolean hasTag =
        // An unknown cid goes on to be sent, which refuses it as in every other push.
        !registrationByCid.containsKey(cid)
            || registrationByCid.get(cid).profile().tags().contains(tag);
    return answer(
        fields,
        hasTag
            ? getui.singlePushes().send(request, recipient)
            : getui.singlePushes().ignore(request, recipient));
  }

  /// Returns the key by which a repeated request is known; `scope` keeps one id apart in different
  /// actions. Empty if the caller gives none: then each request is a push of its own.
  static Optional<RequestKey> requestKey(String scope, Fields fields) {
    return fields
        .text("requestId", MAX_REQUEST)
        .filter(id -> !id.isBlank())
        .map(id -> new RequestKey(scope, id));
  }

  /// Returns the recipient. A cid comes before an alias if a request has both.
  private static Recipients recipients(Fields fields) {
    Optional<String> cid = LenientFields.name(fields, "clientId");
    if (cid.isPresent()) {
      return new Recipients.Cids(List.of(LenientFields.checkedCid(cid.get())));
    }
    return LenientFields.name(fields, "alias")
        .map(alias -> new Recipients.Aliases(List.of(alias)))
        .orElseThrow(() -> fields.invalid("clientId", Kind.MISSING, "or alias must be given"));
  }

  /// Answers a push. Of an alias with several cids, `status` is the best that any of them has.
  ObjectNode answer(Fields fields, PushResult result) {
    ObjectNode answer =
        WireReplies.ok()
            .put("taskId", result.name().v1(getui.config().zone()))
            .put("status", TargetStatus.best(result.statusByCid().values()).wire());
    if (wantsAliasDetails(fields)) {
      answer.set("aliasDetails", TargetStatus.json(result.statusByCid()));
    }
    return answer;
  }

  /// Returns whether the caller asks for the details of aliases. The name by which libraries since
  /// 4.1.1 ask for them is not known for sure.
  private static boolean wantsAliasDetails(Fields fields) {
    return fields.names().stream()
        .filter(name -> name.contains("liasDetail"))
        .anyMatch(name -> LenientFields.isTrue(fields, name));
  }
}
