// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.schedule.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Calls of every action there is, each in a world where it succeeds, for the clients' tests to
/// send. `found` is what has to stand in the answer, by JSON pointer. Values in braces stand for
/// ids that are made with the world.
record ActionCall(String action, Map<String, String> form, Map<String, String> found) {
  static final String TITLE = "标题 a+b*c~d/e&f=g%h";

  private static final Map<String, String> OK = Map.of("/ResultCode", "OK");

  static List<ActionCall> all() {
    return Stream.of(pushes(), revocations(), analysis(), schedules(), devices(), templates())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ActionCall> pushes() {
    Map<String, String> push = Map.of("TaskName", "测试任务", "ExpiredSeconds", "300");
    Map<String, String> toUser =
        both(push, Map.of("DeliveryType", "3", "TargetMsgkey", "{\"user1024\":\"m1\"}"));
    Map<String, String> made =
        Map.of("TemplateName", "模板", "TemplateKeyValue", "{\"name\":\"张三\"}");
    Map<String, String> pushed = both(OK, Map.of("/PushResult/Success", "true"));
    return List.of(
        new ActionCall("PushSimple", both(toUser, Map.of("Title", TITLE, "Content", "内容")), pushed),
        new ActionCall(
            "PushSimple",
            both(
                both(toUser, Map.of("Title", TITLE, "Content", "内容")),
                Map.of(
                    "StrategyType", "1",
                    "StrategyContent", "{\"fixedTime\":{tomorrow}}")),
            pushed),
        new ActionCall("PushTemplate", both(toUser, made), pushed),
        new ActionCall(
            "PushMultiple",
            both(
                push,
                Map.of(
                    "DeliveryType", "3",
                    "TemplateName", "模板",
                    "TargetMsg.1.Target", "user1024",
                    "TargetMsg.1.MsgKey", "m1",
                    "TargetMsg.1.TemplateKeyValue", "{\"name\":\"张三\"}")),
            pushed),
        new ActionCall(
            "PushBroadcast",
            both(
                both(push, made),
                Map.of(
                    "DeliveryType", "1",
                    "Msgkey", "b1",
                    "PushStatus", "0",
                    "BindPeriod", "4")),
            pushed));
  }

  private static List<ActionCall> revocations() {
    Map<String, String> done = both(OK, Map.of("/PushResult/Success", "true"));
    return List.of(
        new ActionCall(
            "RevokePushMessage", Map.of("MessageId", "made1", "TargetId", "user1024"), done),
        new ActionCall("RevokePushTask", Map.of("TaskId", "{task}"), done));
  }

  private static List<ActionCall> analysis() {
    return List.of(
        new ActionCall(
            "QueryPushAnalysisCoreIndex",
            Map.of(
                "StartTime", "{now}",
                "EndTime", "{now}",
                "Platform", "ANDROID",
                "Channel", "ANDROID",
                "Type", "MULTIPLE",
                "TaskId", "{task}"),
            both(
                OK,
                Map.of(
                    "/ResultContent/Data/PushTotalNum", "1.0",
                    "/ResultContent/Data/ArrivalRate", "0.0"))),
        new ActionCall(
            "QueryPushAnalysisTaskList",
            Map.of("StartTime", "{now}", "PageNumber", "1", "PageSize", "10"),
            both(
                OK,
                Map.of(
                    "/ResultContent/Data/0/TaskId", "{task}",
                    "/ResultContent/Data/0/TaskName", "批量",
                    "/ResultContent/Data/0/TemplateId", "{template}",
                    "/ResultContent/Data/0/Type", "2"))),
        new ActionCall(
            "QueryPushAnalysisTaskDetail",
            Map.of("TaskId", "{task}"),
            both(
                OK,
                Map.of(
                    "/ResultContent/Data/TaskId", "{task}",
                    "/ResultContent/Data/PushNum", "1.0",
                    "/ResultContent/Data/Duration", "00 小时 00 分 00 秒"))));
  }

  private static List<ActionCall> schedules() {
    Map<String, String> listed =
        both(
            OK,
            Map.of(
                "/ResultContent/Data/TotalCount", "1",
                "/ResultContent/Data/List/0/UniqueId", "{schedule}",
                "/ResultContent/Data/List/0/PushTitle", TITLE,
                "/ResultContent/Data/List/0/ExecutedStatus", "0"));
    Map<String, String> ids = Map.of("UniqueIds", "{schedule}, other");
    Map<String, String> cancelled = both(OK, Map.of("/ResultContent", "{{schedule}=1,other=0}"));
    return List.of(
        new ActionCall(
            "QueryPushSchedulerList",
            Map.of("StartTime", "{now}", "EndTime", "{tomorrow}", "UniqueId", "{schedule}"),
            listed),
        new ActionCall("QueryMpsSchedulerList", Map.of(), listed),
        new ActionCall("CancelPushScheduler", ids, cancelled),
        new ActionCall("CancelMpsScheduler", both(ids, Map.of("Type", "1")), cancelled));
  }

  private static List<ActionCall> devices() {
    Map<String, String> device = Map.of("DeliveryToken", "devtoken1", "OsType", "1");
    return List.of(
        new ActionCall("PushBind", both(device, Map.of("UserId", "张三")), OK),
        new ActionCall(
            "PushUnBind", Map.of("DeliveryToken", "devtoken1", "UserId", "user1024"), OK),
        new ActionCall("PushReport", device, OK),
        new ActionCall(
            "PushQueryDeviceState",
            Map.of("TargetType", "2", "Target", "user1024"),
            Map.of("/Code", "100", "/Data/Statue", "OFFLINE")));
  }

  private static List<ActionCall> templates() {
    Map<String, String> name = Map.of("TemplateName", "模板");
    Map<String, String> done = Map.of("/Code", "100", "/Success", "true");
    return List.of(
        new ActionCall(
            "CreateTemplate",
            Map.of(
                "TemplateName", "新模板",
                "DescInfo", "描述",
                "Title", "你好#name#",
                "Content", "恭喜中奖#money#元",
                "Variables", "name,money",
                "PushStyle", "0",
                "ShowStyle", "0"),
            done),
        new ActionCall("DeleteTemplate", name, done),
        new ActionCall(
            "GetTemplate",
            name,
            both(done, Map.of("/Data/Name", "模板", "/Data/Content", "你好#name#"))),
        new ActionCall(
            "ListTemplatePage",
            Map.of("CurrentPage", "1", "PageSize", "10"),
            both(done, Map.of("/TotalSize", "1", "/Data/0/Title", TITLE))));
  }

  private static Map<String, String> both(Map<String, String> some, Map<String, String> more) {
    var all = new TreeMap<>(some);
    all.putAll(more);
    return all;
  }

  /// Whether the answer has a member `Code`, which pop-core takes for an error's.
  boolean answersWithCode() {
    return found.containsKey("/Code");
  }

  /// Makes what this call is about, and puts its ids in their places.
  ActionCall in(World world) {
    Map<String, String> made = make(world);
    return new ActionCall(action, filled(form, made), filled(found, made));
  }

  /// The client's answer, read as JSON, which may have lost the fraction of a whole number.
  void check(JsonNode answer) {
    found.forEach(
        (pointer, value) ->
            assertThat(answer.at(pointer).asText())
                .as("%s of %s", pointer, answer)
                .isEqualTo(value.replaceFirst("\\.0$", "")));
  }

  private static Map<String, String> filled(Map<String, String> texts, Map<String, String> made) {
    var filled = new TreeMap<String, String>();
    texts.forEach(
        (name, text) -> {
          String value = text;
          for (var each : made.entrySet()) {
            value = value.replace("{" + each.getKey() + "}", each.getValue());
          }
          filled.put(name, value);
        });
    return filled;
  }

  private static Map<String, String> make(World world) {
    var app = new AppId(World.APP);
    Instant now = world.clock.instant();
    world.device("devtoken1", "user1024");
    var notification = Notification.of(TITLE, "你好#name#");
    var template =
        (Templates.CreateResult.Created)
            world
                .engine
                .templates()
                .create(app, new Templates.Draft("模板", "", "name", notification));
    var audience =
        new Audience.Targeted(
            TargetKind.USER, List.of(Target.of("user1024", "made1")), Optional.empty());
    var task =
        (SubmitResult.Accepted)
            world
                .engine
                .submissions()
                .submit(push(app, audience, Kind.MULTIPLE, Optional.of("模板")));
    var schedule =
        (ScheduleResult.Accepted)
            world
                .engine
                .schedules()
                .schedule(
                    push(app, audience, Kind.SIMPLE, Optional.empty()),
                    new Trigger.Once(now.plus(Duration.ofHours(1))));
    return Map.of(
        "now", Long.toString(now.toEpochMilli()),
        "tomorrow", Long.toString(now.plus(Duration.ofDays(1)).toEpochMilli()),
        "template", template.template().id().toString(),
        "task", task.task().id().toString(),
        "schedule", schedule.schedule().id().value());
  }

  private static Push push(AppId app, Audience audience, Kind kind, Optional<String> template) {
    return new Push(
        app,
        "批量",
        audience,
        Notification.of(TITLE, "内容"),
        Push.Options.of(new Source(MpaasDialect.ORIGIN, kind, template), Duration.ofMinutes(5)));
  }

  @Override
  public String toString() {
    return action;
  }
}
