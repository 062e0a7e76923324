// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFormatTest {
  private static final String XML = "text/xml;charset=utf-8";
  private static final String JSON = "application/json;charset=utf-8";

  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "json", "Json"})
  void json_inAnyCase(String format) {
    assertThat(type(fixture.pushSimple().param("Format", format).send().reply())).isEqualTo(JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XML", "xml"})
  void xml_namesItsRootAfterTheAction(String format) {
    Reply reply = fixture.pushSimple().param("Format", format).send().reply();

    assertThat(type(reply)).isEqualTo(XML);
    assertThat(reply.body().text())
        .matches(
            "<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?><PushSimpleResponse>"
                + "<RequestId>[0-9A-F-]{36}</RequestId><ResultCode>OK</ResultCode>"
                + "<ResultMessage>SUCCESS</ResultMessage><PushResult><Success>true</Success>"
                + "<ResultMsg>SUCCESS</ResultMsg><Data>\\d+</Data></PushResult>"
                + "</PushSimpleResponse>");
  }

  @Test
  void xmlError_hasTheRootError() {
    Reply reply = fixture.pushSimple().param("Format", "XML").withoutParam("AppId").send().reply();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(type(reply)).isEqualTo(XML);
    assertThat(reply.body().text())
        .contains("<Error><RequestId>")
        .contains("<HostId>push.example.com:7300</HostId><Code>MissingAppId</Code>")
        .endsWith("</Recommend></Error>");
  }

  @Test
  void xmlError_escapesWhatTheCallerSaid() {
    Reply reply =
        fixture
            .pushSimple()
            .param("Format", "XML")
            .param("<a>&\u0001", "x")
            .secret("wrong")
            .send()
            .reply();

    assertThat(reply.body().text()).contains("POST&amp;%2F&amp;%253Ca%253E%2526%2501%3Dx%26Acc");
  }

  @Test
  void withoutAFormat_theOlderSchemeAnswersInXml_acs3InJson() {
    SignedRequest push = fixture.pushSimple().withoutParam("Format");

    assertThat(type(push.send().reply())).isEqualTo(XML);
    assertThat(type(push.send(push.acs3()).reply())).isEqualTo(JSON);
  }

  @Test
  void json_isRawUtf8() {
    Reply reply =
        fixture.pushSimple().param("TargetMsgkey", "{\"u\":\"消息\",\"v\":\"消息\"}").send().reply();

    assertThat(reply.body().text()).contains("消息").doesNotContain("\\u");
  }

  @Test
  void xml_ofEveryKindOfValue() {
    var node = Json.object().put("Text", "a<b>&\"\r\n\u0000").put("Flag", true).put("Number", 5);
    node.putArray("List").add("x").addObject().put("Y", "z");

    assertThat(XmlWriter.write("R", node))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><R><Text>a&lt;b&gt;&amp;\"&#13;\n"
                + "\uFFFD</Text><Flag>true</Flag><Number>5</Number>"
                + "<List><item>x</item><item><Y>z</Y></item></List></R>");
  }

  private static String type(Reply reply) {
    return reply.headers().get("Content-Type").orElseThrow();
  }
}
