// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.engine.Templates;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Template;
import dev.boomerang.model.TemplateId;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Pushes made from a template of the app, by its id or its name: several at once, each with values
/// and targets of its own.
///
/// Source: JPush "Push API v3", template push. Its replies have an envelope of their own; the error
/// of a whole call is as everywhere.
final class TemplateCalls {
  private static final int MOST = 1_000;

  /// The only kinds of targets that may stand together.
  private static final Set<String> TAGS = Set.of("tag", "tag_and", "tag_not");

  /// Kinds that may be in several pushes of one call.
  private static final Set<String> NAMES = Set.of("alias", "registration_id");

  private final Templates templates;
  private final PushCalls pushes;

  TemplateCalls(Templates templates, PushCalls pushes) {
    this.templates = templates;
    this.pushes = pushes;
  }

  Reply push(Caller caller, Call call) {
    Fields body = PushCalls.body(call);
    Template template = template(caller.app().id(), body);
    List<Fields> params = body.entries("params", MOST);
    if (params.isEmpty()) {
      throw body.fault("params", Kind.MISSING, "must be given");
    }
    checkTargets(body, params);
    ObjectNode answer = Json.object().put("code", 0).put("message", "success");
    var list = answer.putObject("data").putArray("push_list");
    params.forEach(param -> list.add(one(caller, template, param)));
    return Reply.json(200, Json.write(answer));
  }

  private Template template(AppId app, Fields body) {
    String id = body.requiredText("id", 128);
    return TemplateId.parse(id)
        .flatMap(parsed -> templates.find(app, parsed))
        .or(() -> templates.named(app, id))
        .orElseThrow(() -> body.fault("id", Kind.MALFORMED, "is of no template"));
  }

  /// All pushes of a call have targets of one kind.
  private static void checkTargets(Fields body, List<Fields> params) {
    Set<String> kinds = params.stream().map(TemplateCalls::kind).collect(Collectors.toSet());
    if (kinds.size() > 1) {
      throw body.fault("params", Kind.MALFORMED, "must have audiences of one kind");
    }
    if (params.size() > 1 && !NAMES.containsAll(kinds)) {
      throw body.fault(
          "params", Kind.OUT_OF_RANGE, "must have one entry for an audience of this kind");
    }
    int names = params.stream().mapToInt(TemplateCalls::names).sum();
    if (names > MOST) {
      throw body.fault(
          "params", Kind.OUT_OF_RANGE, "must have at most " + MOST + " targets in all");
    }
  }

  private static String kind(Fields param) {
    if (!param.has("audience")) {
      throw param.fault("audience", Kind.MISSING, "must be given");
    }
    if (Targets.isAll(param)) {
      return "all";
    }
    Set<String> given =
        param.object("audience").names().stream()
            .map(name -> TAGS.contains(name) ? "tag" : name)
            .collect(Collectors.toSet());
    if (given.size() > 1) {
      throw param.fault("audience", Kind.MALFORMED, "must have targets of one kind");
    }
    return given.stream().findFirst().orElse("");
  }

  private static int names(Fields param) {
    return Targets.isAll(param)
        ? 0
        : NAMES.stream()
            .map(name -> param.object("audience").node(name))
            .flatMap(Optional::stream)
            .mapToInt(node -> node.size())
            .sum();
  }

  /// One fault does not stop the others.
  private ObjectNode one(Caller caller, Template template, Fields param) {
    ObjectNode answer = Json.object();
    param.text("trace_id", MOST).ifPresent(trace -> answer.put("trace_id", trace));
    try {
      if (!param.object("geofence").names().isEmpty()) {
        throw param.fault("geofence", Kind.MALFORMED, "is not supported here");
      }
      String id = pushes.submit(pushes.read(caller, template, param)).toString();
      return answer.put("code", 0).put("message", "success").put("message_id", id);
    } catch (JpushFault fault) {
      return fault.onto(answer);
    } catch (FieldFault fault) {
      return Family.PUSH.fault(fault).onto(answer);
    }
  }
}
