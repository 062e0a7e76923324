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

/// Getui's V1 wire: all actions, at the two paths that libraries know.
public final class WireV1 implements Dialect {
  private static final List<String> PATHS = List.of("/apiex.htm", "/serviceex");

  /// What an action does for a caller who is logged in.
  interface Action {
    ObjectNode answer(Caller caller, Fields fields);
  }

  /// What may be asked of an action before it runs.
  private record Known(Action action, boolean ofApp) {}

  private final LoginSessions sessions;
  private final AppIdCheck apps;
  private final GetuiServices getui;
  private final Map<String, Known> actions = new HashMap<>();

  public WireV1(GetuiServices getui) {
    this.getui = getui;
    sessions = new LoginSessions(getui);
    apps = new AppIdCheck(getui.callers());
    pushes(new PushRequestReader(apps, getui.clock()));
    users();
    reports();
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

  private void pushes(PushRequestReader orders) {
    var singles = new PushCalls(getui, orders, apps);
    var lists = new ListCalls(getui, orders, apps);
    var tasks = new TaskCalls(getui);
    addOfApp("pushMessageToSingleAction", singles::single);
    add("pushMessageToSingleBatchAction", new BatchCalls(singles)::push);
    addOfApp("pushMessageToSingleByTagAction", singles::singleByTag);
    add("getContentIdAction", lists::content);
    add("pushMessageToListAction", lists::sendToList);
    add("pushMessageToListByTagAction", lists::sendToTaggedList);
    add("pushMessageToAppAction", lists::sendToApp);
    addOfApp("pushMessageByTagAction", lists::sendToTag);
    add(WireErrorHandler.STOP, tasks::stop);
    add("cancleContentIdAction", tasks::stop);
    addOfApp("getScheduleTaskAction", tasks::schedule);
    addOfApp("delScheduleTaskAction", tasks::unschedule);
  }

  private void users() {
    var users = new UserCalls(getui);
    var tags = new TagCalls(getui);
    addOfApp("getClientIdStatusAction", users::status);
    addOfApp("alias_bind", users::bind);
    addOfApp("alias_bind_list", users::bindAll);
    addOfApp("alias_query", users::alias);
    addOfApp("alias_unbind", users::unbind);
    addOfApp("blackCidAction", users::blackList);
    addOfApp("setBadgeAction", users::badge);
    addOfApp("setTagAction", tags::set);
    addOfApp("changeTagAction", tags::change);
    addOfApp("getUserTags", tags::show);
    addOfApp("getUserCountByTags", tags::count);
    addOfApp("queryUserCount", tags::countConditions);
  }

  private void reports() {
    var reports = new ReportCalls(getui);
    add("getPushMsgResult", reports::task);
    add("getPushMsgResultByTaskidList", reports::tasks);
    addOfApp("getPushResultByGroupName", reports::group);
    addOfApp("getLast24HoursOnlineUser", reports::online);
    addOfApp("queryAppPushData", reports::pushes);
    addOfApp("queryAppUserData", reports::users);
  }

  private void add(String name, Action action) {
    actions.put(name, new Known(action, false));
  }

  /// One that has to name its app.
  private void addOfApp(String name, Action action) {
    actions.put(name, new Known(action, true));
  }

  /// Libraries look whether a server is there with HEAD, with GET or with nothing at all. What kind
  /// of content they say they send is never true.
  private Reply answer(Call call) {
    if (call.body().isEmpty()) {
      return json(WireReplies.ok());
    }
    Reply reply = json(read(call));
    return Gzip.isAsked(call) ? Gzip.compressed(reply) : reply;
  }

  private static Reply json(ObjectNode answer) {
    return Reply.json(200, Json.write(answer));
  }

  private ObjectNode read(Call call) {
    return new WireErrorHandler("")
        .handle(
            "getui-wire",
            () -> {
              if (LongBodyReader.isLong(call.body())) {
                checkCaller(call);
              }
              Fields fields = Fields.of(Gzip.plain(call.body()), "body");
              String action = fields.text("action", LenientFields.MAX_NAME).orElse("");
              return new WireErrorHandler(action)
                  .handle("getui-wire " + action, () -> answer(action, call, fields));
            });
  }

  /// Looks who sends a long body before it is unpacked and read whole.
  private void checkCaller(Call call) {
    Fields claim = LongBodyReader.callerFields(call.body());
    if (actions.containsKey(claim.text("action", LenientFields.MAX_NAME).orElse(""))) {
      sessions.authenticated(call, claim);
    } else {
      // Logging in and asking for hosts take a few members; what is long is something else.
      sessions.callerOf(claim);
    }
  }

  private ObjectNode answer(String action, Call call, Fields fields) {
    return switch (action) {
      case "" -> throw new WireResultException(WireResult.MALFORMED, "action must be given");
      case "getOSPushDomailUrlListAction" -> hosts(call);
      case "connect" -> sessions.connect(call, fields);
      case "close" -> sessions.close(call, fields);
      case String _ -> {
        Known known =
            Optional.ofNullable(actions.get(action))
                .orElseThrow(() -> new WireResultException(WireResult.ACTION));
        Caller caller = sessions.caller(call, fields);
        if (known.ofApp()) {
          apps.required(caller, fields);
        } else {
          apps.ifThere(caller, fields);
        }
        yield known.action().answer(caller, fields);
      }
    };
  }

  /// Where to go on: to where the caller is.
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
