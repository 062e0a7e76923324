// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.json;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireError;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoKeyKind;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks which error each kind of invalid call gets. [ProvocationTest] checks that there is a call
/// for each error.
class ErrorTableTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /// `*` stands for 60 letters, `$` for a blank.
  private static String filled(String text) {
    return text.replace("*", "x".repeat(60)).replace("$", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOTIFY_TYPE    | 'notifyType':5",
        "NOTIFY_TYPE    | 'notifyType':null",
        "NOTIFY_TYPE    | 'notifyType':'loud'",
        "TITLE_EMPTY    | 'title':''",
        "TITLE_EMPTY    | 'title':'$'",
        "TITLE_LONG     | 'title':'*'",
        "CONTENT_EMPTY  | 'content':null",
        "CONTENT_LONG   | 'content':'**'",
        "TIME_TO_LIVE   | 'timeToLive':59",
        "TIME_TO_LIVE   | 'timeToLive':604801",
        "TIME_TO_LIVE   | 'timeToLive':-1",
        "TIME_TO_LIVE   | 'timeToLive':'soon'",
        "SKIP_TYPE      | 'skipType':5",
        "SKIP_TYPE      | 'skipType':null",
        "URL_EMPTY      | 'skipType':2",
        "URL_EMPTY      | 'skipType':2,'skipContent':''",
        "URL_LONG       | 'skipType':2,'skipContent':'******************'",
        "CUSTOM_EMPTY   | 'skipType':3",
        "CUSTOM_LONG    | 'skipType':3,'skipContent':'******************'",
        "PAGE_EMPTY     | 'skipType':4,'skipContent':'$'",
        "PAGE_LONG      | 'skipType':4,'skipContent':'******************'",
        "NETWORK_TYPE   | 'networkType':0",
        "NETWORK_TYPE   | 'networkType':2",
        "MAP_COUNT      |"
            + " 'clientCustomMap':{'1':'','2':'','3':'','4':'','5':'','6':'','7':'','8':'','9':'','10':'','11':''}",
        "MAP_PAIR       | 'clientCustomMap':{'':'v'}",
        "MAP_PAIR       | 'clientCustomMap':{'k':{}}",
        "MAP_PAIR       | 'clientCustomMap':['k']",
        "MAP_PAIR       | 'clientCustomMap':{'a':'*********','b':'*********'}",
        "CALLBACK       | 'extra':{'callback':'http://x/***'}",
        "CALLBACK       | 'extra':{'callback':'ftp://x/y'}",
        "CALLBACK       | 'extra':{'callback':'no address'}",
        "CALLBACK       | 'extra':{'callback.id':'7'}",
        "CALLBACK_PARAM | 'extra':{'callback':'http://x/','callback.param':'**'}",
        "REQUEST_ID_EMPTY | 'requestId':''",
        "REQUEST_ID_EMPTY | 'requestId':null",
        "REQUEST_ID_LONG  | 'requestId':'**'",
        "CLASSIFICATION | 'classification':2",
        "CATEGORY       | 'category':'im'",
        "CATEGORY       | 'category':'im','classification':1",
        "CATEGORY_CLASS | 'category':'IM','classification':0",
        "CATEGORY_CLASS | 'classification':1,'category':'NEWS'",
        "PARAMETER      | 'pushMode':2",
        "PARAMETER      | 'notifyId':-1",
        "PARAMETER      | 'notifyId':2147483648",
        "PARAMETER      | 'sendOnline':'perhaps'",
        "OTHER_APP      | 'appId':10005",
        "OTHER_APP      | 'appId':'shop10004'",
      })
  void message_withAnInvalidField_isRefused(VivoError error, String members) {
    Registration phone = fixture.phone("ada");

    Reply reply = fixture.send(phone, filled(members));

    requireError(error, reply);
    assertThat(fixture.tasks(phone)).isEmpty();
  }

  /// Sends bodies that name no valid recipient.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_TARGET | {}",
        "NO_TARGET | {'regId':'','alias':''}",
        "ALIAS     | {'alias':'**'}",
        "PARAMETER | []",
        "PARAMETER | {",
        "PARAMETER | ''",
      })
  void send_withoutARecipient_isRefused(VivoError error, String body) {
    requireError(error, fixture.post("/message/send", filled(body)));
  }

  @Test
  void send_toAnUnknownUser_isRefused() {
    Reply unknown = fixture.post("/message/send", fixture.message("'regId':'123'"));

    requireError(VivoError.REG_ID, unknown);
    assertThat(json(unknown).path("invalidUser").toString())
        .isEqualTo("{\"status\":1,\"userid\":\"123\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/message/saveListPayload,''",
    "/message/all,''",
    "/message/tagPush,'''tagExpression'':{''andTags'':[]}'"
  })
  void messageToMany_livesAtLeast900Seconds(String path, String more) {
    String comma = more.isEmpty() ? "" : ",";
    requireError(
        VivoError.TIME_TO_LIVE,
        fixture.post(path, fixture.message("'timeToLive':899" + comma + more)));
    requireSuccess(fixture.post(path, fixture.message("'timeToLive':900" + comma + more)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TASK             | {'requestId':'r','regIds':['1','2']}",
        "TASK             | {'requestId':'r','taskId':'','regIds':['1','2']}",
        "TASK             | {'requestId':'r','taskId':'77','regIds':['1','2']}",
        "TASK             | {'requestId':'r','taskId':656079923690082304,'regIds':['1','2']}",
        "NO_LIST          | {'requestId':'r','taskId':'TASK'}",
        "NO_LIST          | {'requestId':'r','taskId':'TASK','regIds':[],'aliases':[]}",
        "REG_IDS_COUNT    | {'requestId':'r','taskId':'TASK','regIds':['1']}",
        "REG_IDS_COUNT    | {'requestId':'r','taskId':'TASK','regIds':[MANY]}",
        "ALIASES_COUNT    | {'requestId':'r','taskId':'TASK','aliases':['1']}",
        "ALIASES_COUNT    | {'requestId':'r','taskId':'TASK','aliases':[MANY]}",
        "REQUEST_ID_EMPTY | {'taskId':'TASK','regIds':['1','2']}",
        "REQUEST_ID_LONG  | {'requestId':'**','taskId':'TASK','regIds':['1','2']}",
        "PARAMETER        | {'requestId':'r','pushMode':3,'taskId':'TASK','regIds':['1','2']}",
      })
  void pushToList_withAnInvalidField_isRefused(VivoError error, String body) {
    TaskId task = fixture.saveListPayload();

    requireError(error, fixture.post("/message/pushToList", filled(many(body, task, 1_001))));
  }

  private static String many(String body, TaskId task, int count) {
    String ids =
        String.join(
            ",", java.util.stream.IntStream.range(0, count).mapToObj(i -> "'" + i + "'").toList());
    return body.replace("TASK", task.toString()).replace("MANY", ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAG       | /tag/add             | {}",
        "TAG       | /tag/add             | {'name':''}",
        "TAG       | /tag/add             | {'name':'**'}",
        "TAG       | /tag/update          | {'oldName':'none','newName':'x'}",
        "TAG       | /tag/update          | {'oldName':'t'}",
        "TAG       | /tag/update          | {'oldName':'t','newName':'u'}",
        "TAG       | /tag/addMembers      | {'type':1,'ids':['1']}",
        "TAG       | /tag/addMembers      | {'name':'none','type':1,'ids':['1']}",
        "TYPE      | /tag/addMembers      | {'name':'t','ids':['1']}",
        "TYPE      | /tag/addMembers      | {'name':'t','type':3,'ids':['1']}",
        "IDS_EMPTY | /tag/addMembers      | {'name':'t','type':1}",
        "IDS_EMPTY | /tag/removeMembers   | {'name':'t','type':1,'ids':[]}",
        "IDS_COUNT | /tag/removeMembers   | {'name':'t','type':1,'ids':[MANY]}",
        "TYPE      | /tagGroup/add        | {'name':'g','type':'city'}",
        "TYPE      | /tagGroup/add        | {'name':'g','type':0}",
        "TAG       | /tagGroup/update     | {'oldName':'none','newName':'x'}",
        "TAG       | /tagGroup/addToGroup | {'name':'none','tagList':['t']}",
        "IDS_EMPTY | /tagGroup/addToGroup | {'name':'g','tagList':[]}",
        "IDS_COUNT | /tagGroup/addToGroup | {'name':'g','tagList':[MANY]}",
        "TAG       | /tagSegment/add      | {'name':'s'}",
        "TAG       | /tagSegment/add      | {'name':'s','expression':{'notTags':['t']}}",
        "TAG       | /tagSegment/update   |"
            + " {'oldName':'s','newName':'s2','expression':{'orTags':['t']}}",
        "TYPE      | /invalidUser/check   | {'userIds':['1']}",
        "TYPE      | /invalidUser/check   | {'userType':0,'userIds':['1']}",
        "IDS_EMPTY | /invalidUser/check   | {'userType':1}",
        "IDS_COUNT | /invalidUser/check   | {'userType':1,'userIds':[MANY]}",
        "TYPE      | /message/recycle     | {'taskId':77,'userIds':['1']}",
        "IDS_EMPTY | /message/recycle     | {'taskId':77,'userType':2,'userIds':[]}",
        "IDS_COUNT | /message/recycle     | {'taskId':77,'userType':2,'userIds':[MANY]}",
        "TASK      | /message/recycle     | {'userType':1,'userIds':['1']}",
        "TASK      | /message/recycle     |"
            + " {'taskId':656079923690082304,'userType':1,'userIds':['1']}",
        "TAG       | /message/tagPush     |"
            + " {'notifyType':1,'title':'t','content':'c','skipType':1,'requestId':'r'}",
      })
  void call_withAnInvalidField_isRefused(VivoError error, String path, String body) {
    fixture.post("/tag/add", "{'name':'t'}");
    fixture.post("/tag/add", "{'name':'u'}");
    fixture.post("/tagGroup/add", "{'name':'g','type':1}");

    requireError(error, fixture.post(path, filled(many(body, new TaskId(1), 1_001))));
  }

  @Test
  void reports_withoutIds_orWithTooMany_areRefused() {
    String many = "1,".repeat(101);
    for (String path : List.of("/report/getStatistics", "/search/msgStatus")) {
      requireError(VivoError.TASK_IDS_EMPTY, fixture.get(path));
      requireError(VivoError.TASK_IDS_EMPTY, fixture.get(path + "?taskIds="));
      requireError(VivoError.TASK_IDS_EMPTY, fixture.get(path + "?taskIds=,"));
      requireError(VivoError.TASK_IDS_COUNT, fixture.get(path + "?taskIds=" + many));
    }
    requireSuccess(fixture.get("/search/msgStatus?taskIds=" + "1,".repeat(100)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "APP_ID_EMPTY    | {}",
        "APP_ID_EMPTY    | {'appId':''}",
        "APP_KEY_EMPTY   | {'appId':10004}",
        "TIMESTAMP_EMPTY | {'appId':10004,'appKey':'KEY'}",
        "TIMESTAMP       | {'appId':10004,'appKey':'KEY','timestamp':'today'}",
        "SIGN_EMPTY      | {'appId':10004,'appKey':'KEY','timestamp':1}",
        "TIMESTAMP       | {'appId':10004,'appKey':'KEY','timestamp':1,'sign':'x'}",
        "APP_KEY         | {'appId':10004,'appKey':'other','timestamp':NOW,'sign':'x'}",
        "SIGN            | {'appId':10004,'appKey':'KEY','timestamp':NOW,'sign':'x'}",
        "PARAMETER       | nonsense",
      })
  void auth_withAnInvalidField_isRefused(VivoError error, String body) {
    String whole =
        body.replace("KEY", VivoFixture.KEY)
            .replace("NOW", Long.toString(fixture.clock.millis()))
            .replace('\'', '"');

    requireError(error, fixture.call("POST", "/message/auth", Headers.NONE, whole));
  }

  @Test
  void auth_forAnotherApp_withAnotherSecret_orSwitchedOff_isRefused() {
    requireError(
        VivoError.APP_ID, fixture.authenticate("20008", VivoFixture.KEY, VivoFixture.SECRET));
    requireError(
        VivoError.SIGN, fixture.authenticate(VivoFixture.NUMBER, VivoFixture.KEY, "secret"));

    fixture.engine.apps().activate(VivoKeyKind.KIND, VivoFixture.KEY, false);

    requireError(VivoError.APP_STATE, fixture.authenticate());
    requireError(VivoError.APP_STATE, fixture.get("/report/getAppConfig"));
  }

  @Test
  void call_withoutAValidToken_isRefused() {
    requireError(VivoError.TOKEN, fixture.call("POST", "/message/send", Headers.NONE, "{}"));
    requireError(VivoError.TOKEN, fixture.as("x", "POST", "/message/send", "{}"));
    requireError(
        VivoError.TOKEN, fixture.as("x." + VivoFixture.KEY, "GET", "/report/getAppConfig", ""));
  }

  @Test
  void messageToMany_rejectedByReview_isRefused() {
    String casino =
        "{'notifyType':1,'title':'casino','content':'c','skipType':1,'requestId':'r',"
            + "'tagExpression':{'andTags':[]}}";
    for (String path : List.of("saveListPayload", "all", "tagPush")) {
      requireError(VivoError.REVIEW, fixture.post("/message/" + path, casino));
    }
  }
}
