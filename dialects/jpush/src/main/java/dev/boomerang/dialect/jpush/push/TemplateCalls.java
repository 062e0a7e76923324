// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.ErrorFamily;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.request.AudienceReader;
import dev.boomerang.dialect.jpush.request.PushRequestReader;
import dev.boomerang.dialect.jpush.request.TemplateLookup;
import dev.boomerang.dialect.jpush.schedule.ScheduleCalls;
import dev.boomerang.dialect.jpush.schedule.ScheduleJson;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Pushes made from a template of the app, by its id or its name: several at once, each with values
/// and targets of its own.
///
/// Source: JPush "Push API v3", template push. Its replies have an envelope of their own; the error
/// of a whole call is as everywhere.
public final class TemplateCalls {
  private static final int MOST = 1_000;

  /// The members that a push made from a template has of its own.
  private static final List<String> MEMBERS = List.of("keys", "audience", "options");

  /// The only kinds of targets that may stand together.
  private static final Set<String> TAGS = Set.of("tag", "tag_and", "tag_not");

  /// Kinds that may be in several pushes of one call.
  private static final Set<String> NAMES = Set.of("alias", "registration_id");

  private final Templates templates;
  private final PushRequestReader pushRequestReader;
  private final PushSender sender;
  private final ScheduleCalls schedules;

  public TemplateCalls(
      Templates templates,
      PushRequestReader pushRequestReader,
      PushSender sender,
      ScheduleCalls schedules) {
    this.templates = templates;
    this.pushRequestReader = pushRequestReader;
    this.sender = sender;
    this.schedules = schedules;
  }

  public Reply push(Caller caller, Call call) {
    return forEachEntry(
        call,
        caller,
        "push_list",
        (template, body, param) -> {
          PushResult result = sender.submit(pushRequestReader.read(caller.app(), template, param));
          return Json.object().put("message_id", result.messageId());
        });
  }

  /// Creates a schedule for each push, all with one name and one trigger. Each can be asked for,
  /// changed and deleted like any other; its push has the template beside its values.
  public Reply schedule(Caller caller, Call call) {
    return forEachEntry(
        call,
        caller,
        "schedule_list",
        (template, body, param) -> {
          ObjectNode planned =
              Json.object()
                  .put("name", body.requiredText("schedule_name", MOST))
                  .put("enabled", true);
          body.node("trigger").ifPresent(trigger -> planned.set("trigger", trigger));
          ObjectNode push =
              planned.putObject("push").put(TemplateLookup.MEMBER, template.id().toString());
          for (String member : MEMBERS) {
            param.node(member).ifPresent(node -> push.set(member, node));
          }
          Schedule schedule = schedules.create(caller, ScheduleJson.of(planned), Optional.empty());
          return Json.object().put("schedule_id", ScheduleJson.id(schedule));
        });
  }

  private interface EntryAction {
    ObjectNode run(Template template, Fields body, Fields param);
  }

  private Reply forEachEntry(Call call, Caller caller, String list, EntryAction entryAction) {
    Fields body = PushCalls.body(call);
    Template template = TemplateLookup.find(templates, caller.app().id(), body, "id");
    List<Fields> params = body.entries("params", MOST);
    if (params.isEmpty()) {
      throw body.invalid("params", Kind.MISSING, "must be given");
    }
    checkTargets(body, params);
    ObjectNode answer = Json.object().put("code", 0).put("message", "success");
    var results = answer.putObject("data").putArray(list);
    params.forEach(
        param -> results.add(runEntry(param, () -> entryAction.run(template, body, param))));
    return Reply.json(200, Json.write(answer));
  }

  /// All pushes of a call have targets of one kind.
  private static void checkTargets(Fields body, List<Fields> params) {
    Set<String> kinds = params.stream().map(TemplateCalls::kind).collect(Collectors.toSet());
    if (kinds.size() > 1) {
      throw body.invalid("params", Kind.MALFORMED, "must have audiences of one kind");
    }
    if (params.size() > 1 && !NAMES.containsAll(kinds)) {
      throw body.invalid(
          "params", Kind.OUT_OF_RANGE, "must have one entry for an audience of this kind");
    }
    int names = params.stream().mapToInt(TemplateCalls::names).sum();
    if (names > MOST) {
      throw body.invalid(
          "params", Kind.OUT_OF_RANGE, "must have at most " + MOST + " targets in all");
    }
  }

  private static String kind(Fields param) {
    if (!param.has("audience")) {
      throw param.invalid("audience", Kind.MISSING, "must be given");
    }
    if (AudienceReader.isAll(param)) {
      return "all";
    }
    Set<String> given =
        param.object("audience").names().stream()
            .map(name -> TAGS.contains(name) ? "tag" : name)
            .collect(Collectors.toSet());
    if (given.size() > 1) {
      throw param.invalid("audience", Kind.MALFORMED, "must have targets of one kind");
    }
    return given.stream().findFirst().orElse("");
  }

  private static int names(Fields param) {
    return AudienceReader.isAll(param)
        ? 0
        : NAMES.stream()
            .map(name -> param.object("audience").node(name))
            .flatMap(Optional::stream)
            .mapToInt(node -> node.size())
            .sum();
  }

  /// Runs one entry of a batch; its failure does not stop the others.
  private static ObjectNode runEntry(Fields param, Supplier<ObjectNode> step) {
    ObjectNode answer = Json.object();
    param.text("trace_id", MOST).ifPresent(trace -> answer.put("trace_id", trace));
    try {
      if (!param.object("geofence").names().isEmpty()) {
        throw param.invalid("geofence", Kind.MALFORMED, "is not supported here");
      }
      ObjectNode done = step.get();
      return answer.put("code", 0).put("message", "success").setAll(done);
    } catch (JpushException fault) {
      return fault.addTo(answer);
    } catch (InvalidFieldException fault) {
      return ErrorFamily.PUSH.toFault(fault).addTo(answer);
    }
  }
}
