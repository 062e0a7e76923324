// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.push.TaskName;
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

/// Pushes in two steps, to lists and to apps: a message is kept, and has a name by which it is sent
/// off then.
///
/// Source: Getui "V1 server SDK", toList, toApp.
final class ListCalls {
  static final String CONTENT = "contentId";

  private static final int MAX_TARGETS = 1_000;
  private static final int MAX_ASYNC_TARGETS = 10_000;
  private static final long LIST = 1;
  private static final long APP = 2;

  private final GetuiServices getui;
  private final PushRequestReader orders;
  private final AppIdCheck apps;

  ListCalls(GetuiServices getui, PushRequestReader orders, AppIdCheck apps) {
    this.getui = getui;
    this.orders = orders;
    this.apps = apps;
  }

  ObjectNode content(Caller caller, Fields fields) {
    long type =
        fields.number("contentType", LIST, APP).orElse(fields.has("appIdList") ? APP : LIST);
    return named(type == LIST ? list(caller, fields) : app(caller, fields));
  }

  private ObjectNode named(TaskName name) {
    return WireReplies.ok().put(CONTENT, name.v1(getui.config().zone()));
  }

  private TaskName list(Caller caller, Fields fields) {
    return getui.lists().open(orders.read(caller, fields, Optional.empty()));
  }

  private TaskName app(Caller caller, Fields fields) {
    apps.required(caller, fields);
    PushRequest order = orders.read(caller, fields, Optional.empty());
    List<AudienceCondition> conditions = AudienceReader.conditions(fields);
    Optional<Segment> segment =
        conditions.isEmpty()
            ? Optional.empty()
            : Optional.of(ConditionSegments.segment(conditions));
    return getui
        .appPushes()
        .prepare(order, segment, TimeFormats.pushTime(fields, getui.config().zone()));
  }

  /// Sends what was kept for an app. Again changes nothing.
  ObjectNode sendToApp(Caller caller, Fields fields) {
    String content = LenientFields.task(fields, CONTENT);
    return named(getui.appPushes().launch(caller.id(), content)).put(CONTENT, content);
  }

  /// To those of the app who have a tag, in one step.
  ObjectNode sendToTag(Caller caller, Fields fields) {
    String tag = fields.requiredText("tag", LenientFields.MAX_NAME);
    PushRequest order = orders.read(caller, fields, PushCalls.requestKey("getui-tag", fields));
    TaskName name =
        getui
            .appPushes()
            .send(
                order,
                Optional.of(new Segment.All(List.of(new Segment.HasTag(tag)))),
                Optional.empty());
    return named(name).put("taskId", name.v1(getui.config().zone()));
  }

  /// Sends what was kept to these, in any number of calls; nobody gets it twice.
  ObjectNode sendToList(Caller caller, Fields fields) {
    int most = most(fields);
    List<String> cids = LenientFields.names(fields, "clientIdList", most);
    List<String> aliases = LenientFields.names(fields, "aliasList", most);
    if (cids.size() + aliases.size() > most) {
      throw fields.invalid("clientIdList", Kind.OUT_OF_RANGE, "must name at most " + most);
    }
    return sendToList(caller, fields, new Recipients.Cids(cids), new Recipients.Aliases(aliases));
  }

  /// The entries are `{cid: tag}`: to the cids that have their tag.
  ObjectNode sendToTaggedList(Caller caller, Fields fields) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (Fields entry : fields.entries("clientIdList", most(fields))) {
      entry.names().forEach(cid -> asked.put(cid, entry.requiredText(cid, LenientFields.MAX_NAME)));
    }
    Map<String, Registration> known = getui.users().find(caller.id(), asked.keySet());
    var meant = new ArrayList<String>();
    asked.forEach(
        (cid, tag) -> {
          if (known.containsKey(cid) && known.get(cid).profile().tags().contains(tag)) {
            meant.add(cid);
          }
        });
    if (meant.isEmpty() && !asked.isEmpty()) {
      throw new WireResultException(WireResult.TAG_NOBODY);
    }
    return sendToList(
        caller, fields, new Recipients.Cids(meant), new Recipients.Aliases(List.of()));
  }

  private static int most(Fields fields) {
    boolean isSilent =
        LenientFields.isTrue(fields, "async") && !LenientFields.isTrue(fields, "needDetails");
    return isSilent ? MAX_ASYNC_TARGETS : MAX_TARGETS;
  }

  private ObjectNode sendToList(
      Caller caller, Fields fields, Recipients.Cids cids, Recipients.Aliases aliases) {
    String content = LenientFields.task(fields, CONTENT);
    PushResult sent = getui.lists().add(caller.id(), content, cids, aliases);
    ObjectNode answer = named(sent.name());
    if (LenientFields.isTrue(fields, "needDetails")) {
      Map<String, TargetStatus> details = new LinkedHashMap<>();
      cids.names()
          .forEach(cid -> details.put(cid, sent.cids().getOrDefault(cid, TargetStatus.IGNORED)));
      answer.set("details", TargetStatus.json(details));
    }
    if (LenientFields.isTrue(fields, "needAliasDetails")) {
      Map<String, TargetStatus> details = new LinkedHashMap<>();
      aliases
          .names()
          .forEach(alias -> details.putAll(sent.aliases().getOrDefault(alias, Map.of())));
      answer.set("aliasDetails", TargetStatus.json(details));
    }
    return answer;
  }
}
