// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final MemoryStore store = new MemoryStore();
  private final ApiFixture apiFixture = new ApiFixture(store);

  @AfterEach
  void close() {
    apiFixture.close();
  }

  @Test
  void deferral_isInTheTimeline_withItsTime() {
    var device = apiFixture.register(SHOP, "");
    Reply pushed =
        apiFixture.asApp(
            SHOP,
            "POST",
            "/api/v1/pushes",
            "{\"audience\":{\"registrations\":[\"%s\"]},\"notification\":{\"title\":\"Hi\"}}"
                .formatted(device.id()));
    String task = ApiFixture.json(pushed).path("id").asText();
    var id = new DeliveryId(TaskId.parse(task).orElseThrow(), new RegistrationId(device.id()));
    store
        .deliveries()
        .apply(
            List.of(
                new Change(id, new Claimed(NOW)),
                new Change(id, new Deferred(NOW, Duration.ofSeconds(30)))));

    JsonNode delivery =
        ApiFixture.json(apiFixture.asApp(SHOP, "GET", "/api/v1/deliveries?task=" + task, ""))
            .path("deliveries")
            .get(0);

    assertThat(delivery.path("state").asText()).isEqualTo("queued");
    JsonNode timeline = delivery.path("timeline");
    assertThat(timeline.findValuesAsText("state")).containsExactly("queued", "sending", "queued");
    assertThat(timeline.get(0).has("notBefore")).isFalse();
    assertThat(timeline.get(1).has("notBefore")).isFalse();
    assertThat(timeline.get(2).path("notBefore").asLong())
        .isEqualTo(NOW.plusSeconds(30).toEpochMilli());
  }
}
