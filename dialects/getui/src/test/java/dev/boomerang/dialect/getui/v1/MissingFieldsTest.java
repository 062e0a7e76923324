// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests that REST V1 names the field that a body lacks, or that has a value it cannot have.
class MissingFieldsTest {
  private final V1ApiFixture api = new V1ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/push_single|{TEXT,'cid':'c','alias':'a'}|alias must not be given together with cid",
        "/push_single|{TEXT,'cid':' '}|cid must not be blank",
        "/push_single|{TEXT,'cid':'c','push_info':{'multimedia':[{'type':1}]}}|push_info.multimedia[0].url"
            + " must be given",
        "/push_single|{TEXT,'cid':'c','push_info':{'multimedia':[{'url':'u','type':4}]}}|push_info.multimedia[0].type"
            + " must be 1 to 3",
        "/push_single_batch|{}|msg_list must be given",
        "/push_single_batch|{'msg_list':[]}|msg_list must be given",
        "/push_list|{'cid':['c']}|taskid must be given",
        "/push_list|{'taskid':'T','cid':['c'],'alias':['a']}|alias must not be given together with"
            + " cid",
        "/push_list|{'taskid':'T'}|cid or alias must be given",
        "/push_app|{TEXT,'condition':[{'values':['a']}]}|condition[0].key must be given",
        "/push_app|{TEXT,'condition':[{'key':'tag','values':[]}]}|condition[0].values must have an"
            + " entry",
        "/push_app|{TEXT,'condition':[{'key':'tag','values':['a'],'opt_type':3}]}|condition[0].opt_type"
            + " must be 0 to 2",
        "/push_by_tag|{TEXT}|tag must be given",
        "/push_by_tag|{TEXT,'tag':[]}|tag must be given",
        "/bind_alias|{}|alias_list must be given",
        "/set_tags|{'cid':'c'}|tag_list must be given",
        "/user_blk_list|{}|cid must be given",
        "/push_result|{'taskIdList':[]}|taskIdList must be given"
      })
  void call_saysWhatIsMissing_andDoesNothing(String path, String body, String description) {
    String text = body.replace("TEXT", V1ApiFixture.TEXT);

    JsonNode answer = GetuiFixture.json(api.call("POST", path, text));

    assertThat(answer.path("desc").asText()).isEqualTo(description);
    assertThat(answer.path("result").asText()).isEqualTo("invalid_param");
  }
}
