// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What JPush's Java client wrote to a socket for everything but pushes, replayed at a time that
/// suits it. Ids that it made up are ones that exist here, but for the cases named below.
class ManagementCapturesTest {
  private static final Pattern CID = Pattern.compile("\"cid\": ?\"[^\"]*\"");
  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]+");

  /// What the vendor refused too, or what is not done here.
  static final Map<String, Integer> REFUSED =
      Map.of("schedule.delete.404", 8104, "tags.update.error", 7002, "image.byfiles", 2007);

  @ParameterizedTest
  @MethodSource("dev.boomerang.dialect.jpush.CapturedRequest#management")
  void request_isUnderstood(CapturedRequest capturedRequest) {
    try (var jpushFixture =
        new JpushFixture(
            new JpushConfigBuilder()
                .strict()
                .developer(JpushFixture.KEY, JpushFixture.SECRET)
                .get())) {
      jpushFixture.clock.advance(
          Duration.between(jpushFixture.clock.instant(), time(capturedRequest)));
      Map<String, String> ours =
          REFUSED.containsKey(capturedRequest.step()) ? Map.of() : things(jpushFixture);

      Reply reply =
          jpushFixture.call(
              capturedRequest.text("method"),
              replaced(target(capturedRequest), ours),
              capturedRequest.headers(),
              given(jpushFixture, replaced(capturedRequest.text("body_raw"), ours))
                  .getBytes(UTF_8));

      String said = reply.status() + " " + reply.body().text();
      int expected = REFUSED.getOrDefault(capturedRequest.step(), 0);
      assertThat(JpushFixture.code(reply)).as(said).isEqualTo(expected);
      assertThat(reply.status() == 200).as(said).isEqualTo(expected == 0);
      assertThat(reply.headers().get("Content-Type").orElseThrow()).startsWith("application/json");
    }
  }

  private static Instant time(CapturedRequest capturedRequest) {
    String target = capturedRequest.target();
    if (target.startsWith("/v3/schedules")) {
      return Instant.parse("2029-12-20T00:00:00Z");
    }
    return Instant.parse(
        target.contains("start=2020") ? "2020-08-12T00:00:00Z" : "2014-06-10T08:00:00Z");
  }

  /// The recorded ids were given out by someone else.
  private static String given(JpushFixture jpushFixture, String body) {
    return CID.matcher(body).replaceAll(_ -> "\"cid\":\"" + jpushFixture.cid() + "\"");
  }

  /// What stands here for the names that the client made up.
  private static Map<String, String> things(JpushFixture jpushFixture) {
    String phone = jpushFixture.android("alias1", "tag1", "深圳").id().value();
    String schedule =
        text(
            jpushFixture.post(
                "/v3/schedules",
                "{'name':'n','enabled':true,'trigger':{'single':{'time':'"
                    + TimeFormats.second(
                        jpushFixture.clock.instant().plusSeconds(60), JpushConfig.DEFAULT.zone())
                    + "'}},'push':{'platform':'all','audience':'all','message':{'msg_content':'m'}}}"),
            "schedule_id");
    String image =
        text(
            jpushFixture.post("/v3/images/byurls", "{'image_type':1,'image_url':'u'}"), "media_id");
    String file = "--b\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\nada\r\n--b--";
    Headers headers =
        JpushFixture.basic(JpushFixture.KEY, JpushFixture.SECRET)
            .with("Content-Type", "multipart/form-data; boundary=b");
    String uploaded =
        text(
            jpushFixture.call("POST", "/v3/files/alias", headers, file.getBytes(UTF_8)), "file_id");
    return Map.of(
        "rid1",
        phone,
        "rid2",
        jpushFixture.phone(Platform.IOS, Optional.empty()).id().value(),
        "rid3",
        jpushFixture.phone(Platform.HARMONY, Optional.empty()).id().value(),
        "0eac1b80-c2ac-4b69-948b-c65b34b96512",
        schedule,
        "18100287008390041",
        jpushFixture
            .pushed("{'platform':'all','audience':'all','message':{'msg_content':'m'}}")
            .toString(),
        "gm-1",
        "7",
        "files/fid1",
        "files/" + uploaded,
        "byurls/mid",
        "byurls/" + image);
  }

  private static String text(Reply reply, String member) {
    return Optional.ofNullable(JpushFixture.json(reply).path(member).textValue())
        .orElseThrow(() -> new AssertionError(reply.body().text()));
  }

  /// What our HTTP server makes of bytes beyond ASCII in a request line.
  private static String target(CapturedRequest capturedRequest) {
    return BEYOND_ASCII
        .matcher(capturedRequest.target())
        .replaceAll(found -> URLEncoder.encode(found.group(), ISO_8859_1));
  }

  private static String replaced(String text, Map<String, String> ours) {
    String result = text;
    for (var each : ours.entrySet()) {
      result = result.replaceAll("(?<![\\w])" + each.getKey() + "(?![\\w])", each.getValue());
    }
    return result;
  }
}
