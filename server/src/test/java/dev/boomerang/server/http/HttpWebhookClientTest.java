// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.boomerang.port.WebhookClient.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpWebhookClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final HttpServer receiver = receiver();
  private final HttpWebhookClient outbound =
      new HttpWebhookClient(new WebhookClientConfig(PATIENCE, true));

  private static HttpServer receiver() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    outbound.close();
    receiver.stop(0);
  }

  private void answering(HttpHandler handler) {
    receiver.createContext("/", handler);
  }

  private void answering(int status) {
    answering(exchange -> end(exchange, status, 0));
  }

  private void end(HttpExchange exchange, int status, int bytes) throws IOException {
    seen.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Host")
            + " "
            + exchange.getRequestHeaders().getFirst("X-Mark")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.sendResponseHeaders(status, bytes == 0 ? -1 : bytes);
    try (var out = exchange.getResponseBody()) {
      out.write(new byte[bytes]);
    }
  }

  private String at(String host) {
    return host + ":" + receiver.getAddress().getPort();
  }

  private Response post(HttpWebhookClient by, String url) {
    return by.post(URI.create(url), Map.of("X-Mark", "m"), "{\"a\":\"北京\"}".getBytes(UTF_8));
  }

  @Test
  void request_arrivesWhole() {
    answering(204);

    assertThat(post(outbound, "http://" + at("localhost") + "/told/1?a=b%20c"))
        .isEqualTo(new Response.Status(204));
    assertThat(post(outbound, "http://" + at("127.0.0.1"))).isEqualTo(new Response.Status(204));

    assertThat(seen)
        .containsExactly(
            "POST /told/1?a=b%20c " + at("localhost") + " m {\"a\":\"北京\"}",
            "POST / " + at("127.0.0.1") + " m {\"a\":\"北京\"}");
  }

  @Test
  void path_beyondAscii_isEncoded() {
    answering(204);

    assertThat(post(outbound, "http://" + at("127.0.0.1") + "/北?q=京"))
        .isEqualTo(new Response.Status(204));

    assertThat(seen.getFirst()).startsWith("POST /%E5%8C%97?q=%E4%BA%AC ");
  }

  @Test
  void hostWithAnUnderscore_isCalledByItsName() {
    answering(204);
    HostResolver names = _ -> List.of(InetAddress.getLoopbackAddress());
    try (var here = new HttpWebhookClient(new WebhookClientConfig(PATIENCE, true), names)) {
      assertThat(post(here, "http://" + at("my_app") + "/hook"))
          .isEqualTo(new Response.Status(204));
      assertThat(post(here, "http://" + at("例_子.测试") + "/hook"))
          .isEqualTo(new Response.Status(204));
    }

    assertThat(seen.getFirst()).startsWith("POST /hook " + at("my_app") + " ");
    assertThat(seen.getLast()).startsWith("POST /hook xn--").contains(".xn--0zwm56d:");
  }

  @Test
  void hostWithAnUnderscore_isLookedUp() {
    assertThat(post(outbound, "http://my_app.invalid:8080/hook"))
        .isInstanceOfSatisfying(
            Response.NoResponse.class,
            noResponse -> assertThat(noResponse.reason()).contains("my_app"));
  }

  @Test
  void redirect_isNotFollowed() {
    answering(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://" + at("localhost") + "/other");
          end(exchange, 307, 0);
        });

    assertThat(post(outbound, "http://" + at("localhost") + "/one"))
        .isEqualTo(new Response.Status(307));
    assertThat(seen).hasSize(1);
  }

  @Test
  void privateAddress_isRefused_withoutASingleByte() {
    answering(200);
    try (var careful = new HttpWebhookClient(WebhookClientConfig.DEFAULT)) {
      for (String host : List.of("localhost", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]")) {
        assertThat(post(careful, "http://" + at(host) + "/"))
            .as(host)
            .isInstanceOf(Response.Refused.class);
      }
      assertThat(post(careful, "http://10.0.0.1/")).isInstanceOf(Response.Refused.class);
      assertThat(post(careful, "http://[::1]/")).isInstanceOf(Response.Refused.class);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void linkLocalAddress_isRefused_evenIfPrivateOnesAreNot() {
    assertThat(post(outbound, "http://169.254.169.254/latest/meta-data"))
        .isInstanceOf(Response.Refused.class);
    assertThat(post(outbound, "http://0.0.0.0:" + receiver.getAddress().getPort() + "/"))
        .isInstanceOf(Response.Refused.class);
  }

  @Test
  void serverThatIsNotThere_isSilence() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(post(outbound, "http://127.0.0.1:" + free + "/"))
        .isInstanceOf(Response.NoResponse.class);
    assertThat(post(outbound, "http://no-such-host.invalid/"))
        .isInstanceOf(Response.NoResponse.class);
  }

  @Test
  void serverThatSaysNothing_isSilence() throws IOException {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var impatient =
            new HttpWebhookClient(new WebhookClientConfig(Duration.ofMillis(200), true))) {
      assertThat(post(impatient, "http://127.0.0.1:" + mute.getLocalPort() + "/"))
          .isInstanceOf(Response.NoResponse.class);
    }
  }

  @Test
  void longAnswer_isCutOff_andTheNextRequestGoesThrough() {
    answering(exchange -> end(exchange, 200, 10_000_000));

    for (int i = 0; i < 3; i++) {
      assertThat(post(outbound, "http://" + at("localhost") + "/"))
          .isEqualTo(new Response.Status(200));
    }
  }
}
