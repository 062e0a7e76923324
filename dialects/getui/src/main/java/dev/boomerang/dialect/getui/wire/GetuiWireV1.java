// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves Getui's V1 wire: all actions, at the two paths that libraries know.
public final class GetuiWireV1 implements Dialect {
  private static final List<String> PATHS = List.of("/apiex.htm", "/serviceex");

  /// Answers a caller who is logged in.
  interface Action {
    ObjectNode answer(Caller caller, Fields fields);
  }

  /// Is an action, with whether its requests must name their app.
  private record RegisteredAction(Action action, boolean requiresApp) {}

  private final LoginSessions sessions;
  private final AppIdCheck apps;
  private final GetuiServices getui;
  private final Map<String, RegisteredAction> actions = new HashMap<>();

  public GetuiWireV1(GetuiServices getui) {
    this.getui = getui;
    sessions = new LoginSessions(getui);
    apps = new AppIdCheck(getui.authenticator());
    addPushActions(new PushRequestReader(apps, getui.clock()));
    addUserActions();
    addReportActions();
  }

  @Override
  public String name() {
    return GetuiServices.ORIGIN;
  }

  @Override
  public List<String> prefixes() {
    return PATHS;
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    WireResult result =
        switch (refusal) {
          case Refusal.UnknownPath _,
              Refusal.WrongMethod _,
              Refusal.Malformed _,
              Refusal.TooLarge _,
              Refusal.TooSlow _ ->
              WireResult.MALFORMED;
          case Refusal.Overloaded _, Refusal.TimedOut _ -> WireResult.SERVICE;
          case Refusal.Failed _ -> WireResult.OTHER;
        };
    var failure = new Failure(result.code(), refusal.message());
    return Reply.json(refusal.status(), Json.write(WireReplies.failed("", failure)));
  }

  @Override
  public List<Route> routes() {
    return PATHS.stream().map(path -> new Route(Route.ANY, path, this::answer)).toList();
  }

  private void addPushActions(PushRequestReader requestReader) {
    var singles = new PushCalls(getui, requestReader, apps);
    var lists = new ListCalls(getui, requestReader, apps);
    var tasks = new TaskCalls(getui);
    addForApp("pushMessageToSingleAction", singles::single);
    add("pushMessageToSingleBatchAction", new BatchCalls(singles)::push);
    addForApp("pushMessageToSingleByTagAction", singles::singleByTag);
    add("getContentIdAction", lists::storeContent);
    add("pushMessageToListAction", lists::sendToList);
    add("pushMessageToListByTagAction", lists::sendToTaggedList);
    add("pushMessageToAppAction", lists::sendToApp);
    addForApp("pushMessageByTagAction", lists::sendToTag);
    add(WireErrorHandler.STOP, tasks::stop);
    add("cancleContentIdAction", tasks::stop);
    addForApp("getScheduleTaskAction", tasks::schedule);
    addForApp("delScheduleTaskAction", tasks::unschedule);
  }

  private void addUserActions() {
    var users = new UserCalls(getui);
    var tags = new TagCalls(getui);
    addForApp("getClientIdStatusAction", users::status);
    addForApp("alias_bind", users::bind);
    addForApp("alias_bind_list", users::bindAll);
    addForApp("alias_query", users::alias);
    addForApp("alias_unbind", users::unbind);
    addForApp("blackCidAction", users::blackList);
    addForApp("setBadgeAction", users::badge);
    addForApp("setTagAction", tags::set);
    addForApp("changeTagAction", tags::change);
    addForApp("getUserTags", tags::show);
    addForApp("getUserCountByTags", tags::count);
    addForApp("queryUserCount", tags::countConditions);
  }

  private void addReportActions() {
    var reports = new ReportCalls(getui);
    add("getPushMsgResult", reports::task);
    add("getPushMsgResultByTaskidList", reports::tasks);
    addForApp("getPushResultByGroupName", reports::group);
    addForApp("getLast24HoursOnlineUser", reports::online);
    addForApp("queryAppPushData", reports::pushes);
    addForApp("queryAppUserData", reports::users);
  }

  /// Registers an action whose requests may leave out their app; one that they name must be right.
  private void add(String name, Action action) {
    actions.put(name, new RegisteredAction(action, false));
  }

  /// Registers an action whose requests must name their app.
  private void addForApp(String name, Action action) {
    actions.put(name, new RegisteredAction(action, true));
  }

  /// Answers a call. Libraries check for a server with HEAD, with GET or with an empty body. The
  /// content type that they send is never true.
  private Reply answer(Call call) {
    if (call.body().isEmpty()) {
      return json(WireReplies.ok());
    }
    Reply reply = json(read(call));
    return Gzip.isRequested(call) ? Gzip.compress(reply) : reply;
  }

  private static Reply json(ObjectNode answer) {
    return Reply.json(200, Json.write(answer));
  }

  /// Reads a body and answers its action. There are two error handlers, one inside the other: until
  /// the action is read, its name cannot decide how an error is answered.
  private ObjectNode read(Call call) {
    return new WireErrorHandler("")
        .handle(
            "getui-wire",
            () -> {
              if (LongBodyReader.isLong(call.body())) {
                checkCaller(call);
              }
              Fields fields = Fields.of(Gzip.decompress(call.body()), "body");
              String action = fields.text("action", LenientFields.MAX_NAME).orElse("");
              return new WireErrorHandler(action)
                  .handle("getui-wire " + action, () -> answer(action, call, fields));
            });
  }

  /// Checks who sends a long body before it is decompressed and read whole.
  private void checkCaller(Call call) {
    Fields callerFields = LongBodyReader.callerFields(call.body());
    if (actions.containsKey(callerFields.text("action", LenientFields.MAX_NAME).orElse(""))) {
      sessions.authenticated(call, callerFields);
    } else {
      // Logging in and asking for hosts take a few members; what is long is something else.
      sessions.callerOf(callerFields);
    }
  }

  /// Answers one action. Only the first cases may be called without being logged in.
  private ObjectNode answer(String action, Call call, Fields fields) {
    return switch (action) {
      case "" -> throw new WireResultException(WireResult.MALFORMED, "action must be given");
      case "getOSPushDomailUrlListAction" -> hosts(call);
      case "connect" -> sessions.connect(call, fields);
      case "close" -> sessions.close(call, fields);
      case String _ -> {
        RegisteredAction registered =
            Optional.ofNullable(actions.get(action))
                .orElseThrow(() -> new WireResultException(WireResult.ACTION));
        Caller caller = sessions.caller(call, fields);
        if (registered.requiresApp()) {
          apps.checkRequired(caller, fields);
        } else {
          apps.checkIfPresent(caller, fields);
        }
        yield registered.action().answer(caller, fields);
      }
    };
  }

  /// Answers the host to use from now on: the one that the caller has called.
  private static ObjectNode hosts(Call call) {
    String url =
        RequestUrl.of(call)
            .orElseThrow(
                () -> new InvalidFieldException("Host", Kind.MALFORMED, "must be in the header"));
    ObjectNode answer = WireReplies.ok();
    answer.putArray("osList").add(url);
    return answer;
  }
}
