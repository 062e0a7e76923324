// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests what RestAPI V2 does when one part of a call is wrong.
class AllOrNothingTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada");

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'transmission':'" + GetuiFixture.FORBIDDEN + "'}|push_message is invalid: it has a word",
        "{'revoke':{'old_task_id':'RASS_0101_x'}}|old_task_id is invalid"
      })
  void batch_withOneThatIsRefused_pushesNothing(String message, String answer) {
    String audience = V2ApiFixture.cids(ada.id().value());
    String body =
        "{'msg_list':[%s,%s]}"
            .formatted(
                api.body(audience, V2ApiFixture.TEXT),
                api.body(audience, "'push_message':" + message));

    Reply reply = api.call("POST", "/push/single/batch/cid", body);

    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith(answer);
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  /// A tag goes to many cids at once; one that has as many tags as it may have does not hinder the
  /// others.
  @Test
  void tag_isNotAdded_toTheOneWhoHasTooMany() {
    String full = ada.id().value();
    String other = api.fixture.android("bob").id().value();
    String tags =
        IntStream.range(0, 100).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
    api.data("POST", "/user/custom_tag/cid/" + full, "{'custom_tag':[" + tags + "]}");

    JsonNode added =
        api.data("PUT", "/user/custom_tag/batch/t", "{'cid':['%s','%s']}".formatted(full, other));

    assertThat(added.path(full).asText()).isEqualTo("false");
    assertThat(added.path(other).asText()).isEqualTo("true");
    assertThat(api.getuiUser(full).profile().tags()).hasSize(100).doesNotContain("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5"})
  void logIn_withATimeThatIsNoNumber_isRefused_whateverItsSign(String timestamp) {
    String sign = GetuiFixture.sign("SHA-256", GetuiFixture.KEY, timestamp, GetuiFixture.SECRET);

    Reply reply = api.auth(GetuiFixture.KEY, timestamp, sign);

    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).isEqualTo("sign is invalid");
  }
}
