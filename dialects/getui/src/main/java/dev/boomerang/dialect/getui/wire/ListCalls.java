// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.GetuiTaskId;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.user.AudienceCondition;
import dev.boomerang.dialect.getui.user.ConditionSegments;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pushes to lists and apps in two steps: a message is stored, and then sent by its name.
///
/// Source: Getui "V1 server SDK", toList, toApp.
final class ListCalls {
  static final String CONTENT_ID = "contentId";

  /// Limits the targets of a call; a call whose answer lists nobody may have ten times as many.
  private static final int MAX_TARGETS = 1_000;

  private static final int MAX_ASYNC_TARGETS = 10_000;
  private static final long LIST = 1;
  private static final long APP = 2;

  private final GetuiServices getui;
  private final PushRequestReader requestReader;
  private final AppIdCheck apps;

  ListCalls(GetuiServices getui, PushRequestReader requestReader, AppIdCheck apps) {
    this.getui = getui;
    this.requestReader = requestReader;
    this.apps = apps;
  }

  /// Stores a message for a list or an app and answers its name. Libraries that send no
  /// `contentType` name apps for an app push only.
  ObjectNode storeContent(Caller caller, Fields fields) {
    long type =
        fields.number("contentType", LIST, APP).orElse(fields.has("appIdList") ? APP : LIST);
    return contentAnswer(type == LIST ? storeList(caller, fields) : storeApp(caller, fields));
  }

  /// Answers a task's name in the form of the V1 protocols.
  private ObjectNode contentAnswer(GetuiTaskId name) {
    return WireReplies.ok().put(CONTENT_ID, name.v1(getui.config().zone()));
  }

  private GetuiTaskId storeList(Caller caller, Fields fields) {
    return getui.listPushes().open(requestReader.read(caller, fields, Optional.empty()));
  }

  /// Stores an app push with its conditions and time. Nobody gets it before [#sendToApp] is called.
  private GetuiTaskId storeApp(Caller caller, Fields fields) {
    apps.checkRequired(caller, fields);
    PushRequest request = requestReader.read(caller, fields, Optional.empty());
    List<AudienceCondition> conditions = AudienceReader.conditions(fields);
    Optional<Segment> segment =
        conditions.isEmpty()
            ? Optional.empty()
            : Optional.of(ConditionSegments.segment(conditions));
    return getui
        .appPushes()
        .prepare(request, segment, TimeFormats.pushTime(fields, getui.config().zone()));
  }

  /// Sends a message that was stored for an app. A repeated call changes nothing.
  ObjectNode sendToApp(Caller caller, Fields fields) {
    String contentId = LenientFields.task(fields, CONTENT_ID);
    // The answer repeats the name as the caller wrote it.
    return contentAnswer(getui.appPushes().launch(caller.id(), contentId))
        .put(CONTENT_ID, contentId);
  }

  /// Pushes to the users of the app who have a tag, in one step.
  ObjectNode sendToTag(Caller caller, Fields fields) {
    String tag = fields.requiredText("tag", LenientFields.MAX_NAME);
    PushRequest request =
        requestReader.read(caller, fields, PushCalls.requestKey("getui-tag", fields));
    GetuiTaskId name =
        getui
            .appPushes()
            .send(
                request,
                Optional.of(new Segment.All(List.of(new Segment.HasTag(tag)))),
                Optional.empty());
    return contentAnswer(name).put("taskId", name.v1(getui.config().zone()));
  }

  /// Sends a stored message to these users, in any number of calls; no user gets it twice.
  ObjectNode sendToList(Caller caller, Fields fields) {
    int limit = targetLimit(fields);
    List<String> cids = LenientFields.names(fields, "clientIdList", limit);
    List<String> aliases = LenientFields.names(fields, "aliasList", limit);
    if (cids.size() + aliases.size() > limit) {
      throw fields.invalid("clientIdList", Kind.OUT_OF_RANGE, "must name at most " + limit);
    }
    return sendToList(caller, fields, new Recipients.Cids(cids), new Recipients.Aliases(aliases));
  }

  /// Sends a stored message to entries of `{cid: tag}`: to the cids that have their tag.
  ObjectNode sendToTaggedList(Caller caller, Fields fields) {
    Map<String, String> tagByCid = new LinkedHashMap<>();
    for (Fields entry : fields.entries("clientIdList", targetLimit(fields))) {
      entry
          .names()
          .forEach(cid -> tagByCid.put(cid, entry.requiredText(cid, LenientFields.MAX_NAME)));
    }
    // Tags are looked up now, not when the message was stored.
    Map<String, Registration> registrationByCid =
        getui.users().find(caller.id(), tagByCid.keySet());
    var taggedCids = new ArrayList<String>();
    tagByCid.forEach(
        (cid, tag) -> {
          if (registrationByCid.containsKey(cid)
              && registrationByCid.get(cid).profile().tags().contains(tag)) {
            taggedCids.add(cid);
          }
        });
    if (taggedCids.isEmpty() && !tagByCid.isEmpty()) {
      throw new WireResultException(WireResult.TAG_NOBODY);
    }
    return sendToList(
        caller, fields, new Recipients.Cids(taggedCids), new Recipients.Aliases(List.of()));
  }

  /// Returns how many targets a call may have: more if its caller does not wait for details.
  private static int targetLimit(Fields fields) {
    boolean isSilent =
        LenientFields.isTrue(fields, "async") && !LenientFields.isTrue(fields, "needDetails");
    return isSilent ? MAX_ASYNC_TARGETS : MAX_TARGETS;
  }

  /// Adds the users to the stored message and answers; details only if they are asked for, in the
  /// order of the request.
  private ObjectNode sendToList(
      Caller caller, Fields fields, Recipients.Cids cids, Recipients.Aliases aliases) {
    String contentId = LenientFields.task(fields, CONTENT_ID);
    PushResult result = getui.listPushes().add(caller.id(), contentId, cids, aliases);
    ObjectNode answer = contentAnswer(result.name());
    if (LenientFields.isTrue(fields, "needDetails")) {
      Map<String, TargetStatus> details = new LinkedHashMap<>();
      cids.names()
          .forEach(
              cid ->
                  details.put(cid, result.statusByCid().getOrDefault(cid, TargetStatus.IGNORED)));
      answer.set("details", TargetStatus.json(details));
    }
    if (LenientFields.isTrue(fields, "needAliasDetails")) {
      Map<String, TargetStatus> details = new LinkedHashMap<>();
      aliases
          .names()
          .forEach(alias -> details.putAll(result.statusesByAlias().getOrDefault(alias, Map.of())));
      answer.set("aliasDetails", TargetStatus.json(details));
    }
    return answer;
  }
}
