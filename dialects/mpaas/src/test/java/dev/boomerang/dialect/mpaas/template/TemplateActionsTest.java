// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.model.app.AppId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateActionsTest {
  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignedRequest create() {
    return fixture
        .action("CreateTemplate")
        .param("TemplateName", "测试模板")
        .param("Title", "#title#")
        .param("Content", "恭喜#name#中了#money#元");
  }

  private Answer get(String name, String value) {
    return fixture.action("GetTemplate").param(name, value).send();
  }

  private int count() {
    return fixture.engine.templates().page(new AppId(MpaasFixture.APP), 0, 1).total();
  }

  private static void refused(Answer answer, String verdict) {
    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.json().path("Success").asBoolean(true)).isFalse();
    assertThat(answer.text("/Code") + " " + answer.text("/Msg").split(":", 2)[0])
        .isEqualTo(verdict);
    assertThat(answer.json().has("Data")).isFalse();
    assertThat(answer.json().has("PushResult")).isFalse();
  }

  @Test
  void template_isShownAsItWasMade_everyMemberAText() {
    Answer made =
        create()
            .param("DescInfo", "模板描述")
            .param("Uri", "mpaas://landing/#name#?a=1&b=#money#")
            .param("Variables", "title,name,money")
            .param("PushStyle", "2")
            .param("ShowStyle", "1")
            .param("JumpAction", "1")
            .param("ImageUrls", "{\"miuiUrl\":\"https://e/m\",\"defaultUrl\":\"https://e/d\"}")
            .param("IconUrls", "{\"hmsUrl\":\"https://e/i\"}")
            .param("TenantId", "LZFPEFIM")
            .send();

    assertThat(made.json().path("Success").asBoolean()).isTrue();
    assertThat(made.text("/Code")).isEqualTo("100");
    assertThat(made.text("/Msg")).isEqualTo("SUCCESS");
    assertThat(made.text("/RequestId")).isNotEmpty();
    JsonNode data = get("TemplateName", "测试模板").json().path("Data");
    assertThat(data).isEqualTo(get("TemplateId", made.text("/Data")).json().path("Data"));
    assertThat(data).allMatch(JsonNode::isTextual).hasSize(14);
    assertThat(data.path("Id").asText()).isEqualTo(made.text("/Data"));
    assertThat(data.path("Name").asText()).isEqualTo("测试模板");
    assertThat(data.path("DescInfo").asText()).isEqualTo("模板描述");
    assertThat(data.path("Title").asText()).isEqualTo("#title#");
    assertThat(data.path("Content").asText()).isEqualTo("恭喜#name#中了#money#元");
    assertThat(data.path("Uri").asText()).isEqualTo("mpaas://landing/#name#?a=1&b=#money#");
    assertThat(data.path("Variables").asText()).isEqualTo("title,name,money");
    assertThat(data.path("PushStyle").asText()).isEqualTo("2");
    assertThat(data.path("ShowStyle").asText()).isEqualTo("1");
    assertThat(data.path("Action").asText()).isEqualTo("1");
    assertThat(data.path("ImageUrls").asText())
        .isEqualTo("{\"defaultUrl\":\"https://e/d\",\"miuiUrl\":\"https://e/m\"}");
    assertThat(data.path("IconUrls").asText()).isEqualTo("{\"hmsUrl\":\"https://e/i\"}");
    assertThat(data.path("GmtCreate").asText())
        .isEqualTo(Long.toString(MpaasFixture.START.toEpochMilli()));
    assertThat(data.path("GmtModified").asText()).isEqualTo(data.path("GmtCreate").asText());
  }

  @Test
  void whatIsNotGiven_hasItsDefault() {
    create().param("DescInfo", "").param("PushStyle", "").send();

    JsonNode data = get("TemplateName", "测试模板").json().path("Data");

    assertThat(data.path("Variables").asText()).isEqualTo("money,name,title");
    for (String member : "DescInfo Uri ImageUrls IconUrls".split(" ", -1)) {
      assertThat(data.path(member).asText("absent")).as(member).isEmpty();
    }
    for (String member : "PushStyle ShowStyle Action".split(" ", -1)) {
      assertThat(data.path(member).asText()).as(member).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TemplateName | ` ` | 3037 TEMPLATE_NAME_NULL",
        "TemplateName | a,b | 3038 TEMPLATE_NAME_INVALID",
        "Title | ` ` | 3040 TEMPLATE_TITLE_INVALID",
        "Content | `` | 3039 TEMPLATE_CONTENT_INVALID",
        "Uri | https://e/a b | 3042 TEMPLATE_URI_INVALID",
        "Uri | `https://e/\t` | 3042 TEMPLATE_URI_INVALID",
        "PushStyle | 3 | 3028 INVALID_PARAM",
        "ShowStyle | 2 | 3028 INVALID_PARAM",
        "JumpAction | url | 3028 INVALID_PARAM",
        "ImageUrls | x | 3028 INVALID_PARAM",
        "IconUrls | {\"nokiaUrl\":\"u\"} | 3028 INVALID_PARAM",
        "WorkspaceId | other | 8012 INVALID_INSTANCE_ID",
        "WorkspaceId | `` | 8012 INVALID_INSTANCE_ID",
        "AppId | `` | 8012 INVALID_INSTANCE_ID",
        "AppId | OTHER570DA89211721 | 8014 ACCOUNT_NO_PERMISSION",
        "AppId | NOSUCHAPP | 8014 ACCOUNT_NO_PERMISSION",
      })
  void wrongValue_getsItsCode_andTheMessageNamesIt(String name, String value, String verdict) {
    Answer answer = create().param(name, value.replace("\\t", "\t")).send();

    refused(answer, verdict);
    assertThat(answer.text("/Msg")).startsWith(verdict.substring(5) + ": " + name + " ");
    assertThat(count()).as("nothing was stored").isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "TemplateName, 200, 3038 TEMPLATE_NAME_INVALID",
    "DescInfo, 200, 3041 TEMPLATE_DESC_INFO_INVALID",
    "Title, 2048, 3040 TEMPLATE_TITLE_INVALID",
    "Content, 2048, 3039 TEMPLATE_CONTENT_INVALID",
    "Uri, 2048, 3042 TEMPLATE_URI_INVALID",
    "Variables, 4096, 3028 INVALID_PARAM",
  })
  void texts_haveALongestLength(String name, int longest, String verdict) {
    refused(create().param(name, "x".repeat(longest + 1)).send(), verdict);
    assertThat(count()).isZero();

    assertThat(create().param(name, "x".repeat(longest)).send().text("/Code")).isEqualTo("100");
  }

  @Test
  void lengthOfANameCountsCharacters_notTheirParts() {
    assertThat(create().param("TemplateName", "😀".repeat(200)).send().text("/Code"))
        .isEqualTo("100");
  }

  @ParameterizedTest
  @CsvSource({
    "TemplateName, 3037 TEMPLATE_NAME_NULL",
    "Title, 3040 TEMPLATE_TITLE_INVALID",
    "Content, 3039 TEMPLATE_CONTENT_INVALID",
  })
  void absentParameter_isTheActionsMatter_becauseNoSdkDemandsAny(String name, String verdict) {
    refused(create().withoutParam(name).send(), verdict);
  }

  @Test
  void name_isUniqueWithinTheApp() {
    create().send();

    refused(create().param("Title", "another").send(), "3036 TEMPLATE_ALREADY_EXIST");
    assertThat(
            fixture
                .otherAppAction("CreateTemplate")
                .param("TemplateName", "测试模板")
                .param("Title", "t")
                .param("Content", "c")
                .send()
                .text("/Code"))
        .isEqualTo("100");
  }

  @Test
  void app_hasAtMostAHundred() {
    for (int i = 0; i < 100; i++) {
      assertThat(create().param("TemplateName", "t" + i).send().text("/Code")).isEqualTo("100");
    }

    refused(create().send(), "3056 TEMPLATE_NUM_TOO_MUCH");
    assertThat(count()).isEqualTo(100);
    fixture.action("DeleteTemplate").param("TemplateName", "t7").send();
    assertThat(create().send().text("/Code")).isEqualTo("100");
  }

  @Test
  void list_hasPages_theNewestFirst() {
    for (int i = 1; i <= 5; i++) {
      fixture.clock.advance(Duration.ofSeconds(1));
      create().param("TemplateName", "t" + i).send();
    }
    SignedRequest list = fixture.action("ListTemplatePage");

    Answer all = list.send();
    Answer second = list.param("CurrentPage", "2").param("PageSize", "2").send();
    Answer beyond = list.param("CurrentPage", "9").param("PageSize", "2").send();

    assertThat(all.json().path("Data"))
        .extracting(t -> t.path("Name").asText())
        .containsExactly("t5", "t4", "t3", "t2", "t1");
    assertThat(all.text("/CurrentPage") + all.text("/PageSize")).isEqualTo("1100");
    assertThat(second.json().path("Data"))
        .extracting(t -> t.path("Name").asText())
        .containsExactly("t3", "t2");
    assertThat(second.json().path("CurrentPage").isInt()).isTrue();
    assertThat(second.json().path("TotalSize").asInt()).isEqualTo(5);
    assertThat(beyond.json().path("Data").isArray()).isTrue();
    assertThat(beyond.json().path("Data")).isEmpty();
  }

  @Test
  void list_inXml_hasItems() {
    create().send();

    String xml =
        fixture.action("ListTemplatePage").param("Format", "XML").send().reply().body().text();

    assertThat(xml).contains("<ListTemplatePageResponse><RequestId>", "<Data><item><Id>");
  }

  @ParameterizedTest
  @CsvSource({"CurrentPage, 0", "CurrentPage, x", "PageSize, 0", "PageSize, 501"})
  void pageThatCannotBe_isInvalid(String name, String value) {
    refused(fixture.action("ListTemplatePage").param(name, value).send(), "3028 INVALID_PARAM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetTemplate", "DeleteTemplate"})
  void templateThatIsNotThere_isSaidSo(String action) {
    Answer made = create().send();
    create().param("TemplateName", "another").send();
    SignedRequest call = fixture.action(action);

    refused(call.send(), "3025 NEED_TEMPLATE");
    refused(call.param("TemplateName", " ").param("TemplateId", "").send(), "3025 NEED_TEMPLATE");
    refused(call.param("TemplateName", "none").send(), "3022 TEMPLATE_NOT_EXIST");
    refused(call.param("TemplateId", "123456").send(), "3022 TEMPLATE_NOT_EXIST");
    refused(call.param("TemplateId", "x").send(), "3022 TEMPLATE_NOT_EXIST");
    refused(
        call.param("TemplateId", made.text("/Data")).param("TemplateName", "another").send(),
        "3022 TEMPLATE_NOT_EXIST");
    refused(
        fixture.otherAppAction(action).param("TemplateId", made.text("/Data")).send(),
        "3022 TEMPLATE_NOT_EXIST");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void deletedTemplate_isGone_andItsNameFree() {
    String id = create().send().text("/Data");

    Answer deleted =
        fixture
            .action("DeleteTemplate")
            .param("TemplateId", id)
            .param("TemplateName", "测试模板")
            .send();

    assertThat(deleted.json().path("Success").asBoolean()).isTrue();
    assertThat(deleted.text("/Code") + deleted.text("/Msg")).isEqualTo("100SUCCESS");
    refused(get("TemplateId", id), "3022 TEMPLATE_NOT_EXIST");
    assertThat(create().send().text("/Code")).isEqualTo("100");
  }

  @Test
  void nul_isRefused_alsoInsideOfJson() {
    refused(create().param("Title", "a\0b").send(), "3028 INVALID_PARAM");
    refused(
        create().param("ImageUrls", "{\"defaultUrl\":\"a\\u0000b\"}").send(), "3028 INVALID_PARAM");
  }
}
