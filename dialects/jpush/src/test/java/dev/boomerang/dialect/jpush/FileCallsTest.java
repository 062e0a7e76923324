// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.file.UploadedTargetFiles;
import dev.boomerang.dialect.jpush.request.TargetFiles;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileCallsTest {
  private static final String BOUNDARY = "---------------------------1795219936169";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private static String part(String name, String more, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + more
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String file(String content) {
    return part("filename", "; filename=\"targets.txt\"\r\nContent-Type:text/plain", content);
  }

  private Reply upload(String kind, String contentType, String body) {
    Headers headers =
        JpushFixture.basic(JpushFixture.KEY, JpushFixture.SECRET).with("Content-Type", contentType);
    return jpushFixture.call("POST", "/v3/files/" + kind, headers, body.getBytes(UTF_8));
  }

  private Reply upload(String kind, String parts) {
    return upload(
        kind, "multipart/form-data; boundary=" + BOUNDARY, parts + "--" + BOUNDARY + "--\r\n");
  }

  private String uploaded(String kind, String parts) {
    Reply reply = upload(kind, parts);
    assertThat(reply.body().text()).contains("file_id");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(JpushFixture.json(reply).properties()).hasSize(1);
    return JpushFixture.json(reply).path("file_id").textValue();
  }

  private List<String> lines(String id) {
    return new UploadedTargetFiles(jpushFixture.engine.uploads())
        .find(Fixtures.SHOP, id)
        .orElseThrow()
        .lines();
  }

  @Test
  void file_asTheJavaClientSendsIt_isKept() {
    String id = uploaded("registration_id", "\r\n" + part("ttl", "", "24") + file("rid1\nrid2\n"));

    assertThat(id).matches(JpushFixture.KEY + "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(lines(id)).containsExactly("rid1", "rid2");
    assertThat(jpushFixture.get("/v3/files/" + id).body().text())
        .isEqualTo(
            "{\"file_id\":\""
                + id
                + "\",\"type\":\"registration_id\",\"create_time\":\"2026-01-01 16:00:00\","
                + "\"file_name\":\"targets.txt\",\"expire_time\":\"2026-01-02 16:00:00\"}");
  }

  @Test
  void file_linesAreTrimmed_emptyOnesDropped() {
    String id = uploaded("alias", file("  ada\r\n\r\n\t张三 \r\n bob"));

    assertThat(lines(id)).containsExactly("ada", "张三", "bob");
    assertThat(new UploadedTargetFiles(jpushFixture.engine.uploads()).find(Fixtures.SHOP, id))
        .map(TargetFiles.TargetFile::kind)
        .contains(TargetFiles.Kind.ALIAS);
    assertThat(new UploadedTargetFiles(jpushFixture.engine.uploads()).find(Fixtures.BANK, id))
        .isEmpty();
  }

  @Test
  void file_withAQuotedBoundaryAndOddHeaders_isKept() {
    String body =
        """
        preamble
        --b c
        content-type: text/plain
        content-disposition: form-data; filename="x.txt"; name="filename"

        ada
        --b c--
        epilogue\
        """
            .replace("\n", "\r\n");

    Reply reply = upload("alias", "Multipart/Form-Data; Boundary=\"b c\"", body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(lines(JpushFixture.json(reply).path("file_id").textValue())).containsExactly("ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--BOUNDARY",
        "--BOUNDARY\r\n",
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"filename\"\r\n",
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\nada",
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\nada\r\n",
        "--BOUNDARX--\r\n"
      })
  void body_thatBreaksOff_is1003(String body) {
    Reply reply =
        upload(
            "alias",
            "multipart/form-data; boundary=" + BOUNDARY,
            body.replace("BOUNDARY", BOUNDARY));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(1003);
  }

  @Test
  void upload_thatLacksWhatItNeeds_isRefused() {
    assertThat(JpushFixture.code(upload("alias", part("ttl", "", "24")))).isEqualTo(1002);
    assertThat(JpushFixture.code(upload("alias", part("file", "", "ada")))).isEqualTo(1002);
    assertThat(JpushFixture.code(upload("alias", file(" \r\n ")))).isEqualTo(1003);
    assertThat(JpushFixture.code(upload("alias", file("a\0b")))).isEqualTo(1003);
    assertThat(JpushFixture.code(upload("alias", "application/json", "{}"))).isEqualTo(1003);
    assertThat(jpushFixture.get("/v3/files").body().text())
        .isEqualTo("{\"total_count\":0,\"files\":[]}");
  }

  @ParameterizedTest
  @CsvSource({"0, 1003", "721, 1003", "x, 1003", "1, 0", "720, 0"})
  void ttl_is1To720Hours(String ttl, int code) {
    assertThat(JpushFixture.code(upload("alias", part("ttl", "", ttl) + file("ada"))))
        .isEqualTo(code);
  }

  @Test
  void file_whoseTimeIsOver_isGone() {
    uploaded("alias", part("ttl", "", "2") + file("ada"));
    String kept = uploaded("alias", file("bob"));
    jpushFixture.clock.advance(Duration.ofHours(2));

    JsonNode list = JpushFixture.json(jpushFixture.get("/v3/files/"));

    assertThat(list.path("total_count").intValue()).isEqualTo(1);
    assertThat(list.at("/files/0/file_id").textValue()).isEqualTo(kept);
    assertThat(list.at("/files/0/type").textValue()).isEqualTo("alias");
  }

  @Test
  void files_moreThan20_are1003() {
    for (int i = 0; i < 10; i++) {
      uploaded("alias", file("ada"));
      uploaded("registration_id", file("rid"));
    }
    assertThat(JpushFixture.code(upload("alias", file("ada")))).isEqualTo(1003);

    String first =
        JpushFixture.json(jpushFixture.get("/v3/files")).at("/files/0/file_id").textValue();
    jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/files/" + first, "");

    uploaded("alias", file("ada"));
  }

  @Test
  void file_deleted_isGone_andAnUnknownOneCountsAsDeleted() {
    String id = uploaded("alias", file("ada"));

    for (int i = 0; i < 2; i++) {
      Reply reply = jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/files/" + id, "null");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().text()).isEqualTo("{}");
    }
    assertThat(JpushFixture.code(jpushFixture.get("/v3/files/" + id))).isEqualTo(1003);
  }

  @Test
  void file_ofAnotherApp_isNotThere() {
    String id = uploaded("alias", file("ada"));

    assertThat(
            JpushFixture.code(jpushFixture.as(JpushFixture.BANK_KEY, "GET", "/v3/files/" + id, "")))
        .isEqualTo(1003);
    jpushFixture.as(JpushFixture.BANK_KEY, "DELETE", "/v3/files/" + id, "");
    assertThat(jpushFixture.get("/v3/files/" + id).status()).isEqualTo(200);
  }

  @Test
  void image_isTheAddressesThatWereGiven() {
    Reply created =
        jpushFixture.post(
            "/v3/images/byurls",
            "{'image_type':1,'image_url':'http://x/y.png','oppo_image_url':'http://x/o.png'}");
    String id = JpushFixture.json(created).path("media_id").textValue();

    assertThat(created.body().text())
        .isEqualTo("{\"media_id\":\"" + id + "\",\"oppo_image_url\":\"http://x/o.png\"}");
    Reply changed =
        jpushFixture.as(
            JpushFixture.KEY,
            "PUT",
            "/v3/images/byurls/" + id,
            "{'xiaomi_image_url':'http://x/m.png'}");
    assertThat(changed.body().text())
        .isEqualTo(
            "{\"media_id\":\""
                + id
                + "\",\"oppo_image_url\":\"http://x/o.png\",\"xiaomi_image_url\":\"http://x/m.png\"}");
    assertThat(jpushFixture.get("/v3/files").body().text())
        .isEqualTo("{\"total_count\":0,\"files\":[]}");
    assertThat(JpushFixture.code(jpushFixture.get("/v3/files/" + id))).isEqualTo(1003);
  }

  @Test
  void image_thatCannotBe_isRefused() {
    assertThat(JpushFixture.code(jpushFixture.post("/v3/images/byurls", "{'image_type':1}")))
        .isEqualTo(1002);
    assertThat(JpushFixture.code(jpushFixture.post("/v3/images/byurls", "{'image_url':'u'}")))
        .isEqualTo(1002);
    assertThat(
            JpushFixture.code(
                jpushFixture.as(
                    JpushFixture.KEY, "PUT", "/v3/images/byurls/no", "{'image_url':'u'}")))
        .isEqualTo(1003);
    assertThat(JpushFixture.code(jpushFixture.post("/v3/images/byfiles", ""))).isEqualTo(2007);
  }
}
