// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests that RestAPI V2 names the field that a body lacks, or that has a value it cannot have.
class MissingFieldsTest {
  private static final String ID = "'request_id':'request-of-ours',";

  private final V2ApiFixture api = new V2ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private void assertRefused(String method, String path, String body, String message) {
    Reply reply =
        api.call(method, path, body.replace("TEXT", V2ApiFixture.TEXT).replace("ID,", ID));

    assertThat(V2ApiFixture.message(reply)).startsWith(message);
    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|body can not be empty",
        "null|body can not be empty",
        "[]|body type error: must be a JSON object",
        "{ID,TEXT}|audience can not be empty",
        "{ID,TEXT,'audience':'all'}|audience type error: must be an object",
        "{ID,TEXT,'audience':{}}|audience.cid can not be empty",
        "{ID,TEXT,'audience':{'cid':[]}}|audience.cid can not be empty",
        "{ID,TEXT,'audience':{'cid':['a','b']}}|audience.cid is invalid: must have one entry",
        "{ID,'audience':{'cid':['a']}}|push_message can not be empty",
        "{TEXT,'request_id':' ','audience':{'cid':['a']}}|request_id can not be empty"
      })
  void singlePush_saysWhatIsMissing(String body, String message) {
    assertRefused("POST", "/push/single/cid", body, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/push/single/alias|{ID,TEXT,'audience':{'cid':['a']}}|audience.alias can not be empty",
        "/push/single/batch/cid|{}|msg_list can not be empty",
        "/push/single/batch/alias|{'msg_list':[]}|msg_list can not be empty",
        "/push/list/cid|{'audience':{'cid':['a']}}|taskid can not be empty",
        "/push/list/cid|{'taskid':'RASL_0101_x','audience':{'cid':[]}}|audience.cid can not be"
            + " empty",
        "/push/all|{ID,TEXT}|audience can not be empty",
        "/push/all|{ID,TEXT,'audience':'some'}|audience is invalid: must be \"all\"",
        "/push/tag|{ID,TEXT}|audience can not be empty",
        "/push/tag|{ID,TEXT,'audience':{}}|audience.tag can not be empty",
        "/push/tag|{ID,TEXT,'audience':{'tag':[]}}|audience.tag can not be empty",
        "/push/tag|{ID,TEXT,'audience':{'tag':[{'values':['a']}]}}|audience.tag[0].key can not be"
            + " empty",
        "/push/tag|{ID,TEXT,'audience':{'tag':[{'key':'custom_tag','values':[]}]}}|audience.tag[0].values"
            + " can not be empty",
        "/push/tag|{ID,TEXT,'audience':{'tag':[{'key':'custom_tag','values':['a'],'opt_type':'x'}]}}|audience.tag[0].opt_type"
            + " is invalid",
        "/push/single/cid_by_tag|{ID,TEXT,'audience':{}}|audience.cid_by_tag can not be empty",
        "/push/single/cid_by_tag|{ID,TEXT,'audience':{'cid_by_tag':[{'cid':'a','tag':[]}]}}|audience.cid_by_tag[0].tag"
            + " can not be empty",
        "/push/single/cid_by_tag|{ID,TEXT,'audience':{'cid_by_tag':[{'tag':['t']}]}}|audience.cid_by_tag[0].cid"
            + " can not be empty",
        "/push/single/cid_by_tag|{ID,TEXT,'audience':{'cid_by_tag':[{'cid':'nobody','tag':['t']}]}}|target"
            + " user is invalid",
        "/user/custom_tag/cid/c1|{}|custom_tag can not be empty",
        "/user/count|{}|tag can not be empty"
      })
  void call_saysWhatIsMissing(String path, String body, String message) {
    assertRefused("POST", path, body, message);
  }

  @ParameterizedTest
  @CsvSource({"PUT", "DELETE"})
  void tagWithoutCids_isRefused(String method) {
    assertRefused(method, "/user/custom_tag/batch/t", "{'cid':[]}", "cid can not be empty");
  }

  @Test
  void pathWithoutCids_isRefused() {
    assertRefused("GET", "/user/status/,", "", "cid can not be empty");
  }

  @Test
  void reportOfMoreThan200Tasks_isRefused() {
    var tasks = new StringBuilder("T0");
    for (int i = 1; i <= 200; i++) {
      tasks.append(",T").append(i);
    }

    assertRefused(
        "GET", "/report/push/task/" + tasks, "", "taskid is invalid: must be at most 200");
  }

  @Test
  void listByTag_forNobodyWhoHasIt_is21001() {
    String task = api.opened(V2ApiFixture.TEXT);
    String cid = api.fixture.android("ada").id().value();

    Reply reply =
        api.call(
            "POST",
            "/push/list/cid_by_tag",
            "{'taskid':'%s','audience':{'cid_by_tag':[{'cid':'%s','tag':['t']}]}}"
                .formatted(task, cid));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(21001);
    assertThat(reply.status()).isEqualTo(400);
  }
}
