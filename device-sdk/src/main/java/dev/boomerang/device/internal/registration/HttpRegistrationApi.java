// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.device.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls the registration API over {@code HttpURLConnection}, which Android has too. */
public final class HttpRegistrationApi implements RegistrationApi {
  private static final String PATH = "/device/v1/registrations";
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_MESSAGE = 300;

  private final URI server;
  private final Optional<SSLContext> tls;

  public HttpRegistrationApi(URI server, Optional<SSLContext> tls) {
    this.server = server;
    this.tls = tls;
  }

  @Override
  public Registration register(Map<String, Object> request, Optional<Registration> existing)
      throws RegistrationException {
    String answer = call("POST", PATH, existing, Optional.of(new Json(request)));
    try {
      Json json = Json.read(answer);
      Json gateway = json.object("gateway").orElse(new Json(Map.of()));
      String id = json.text("registrationId");
      String secret = json.text("secret");
      if (id.isEmpty() || secret.isEmpty()) {
        throw new IOException("the answer has no registrationId or no secret");
      }
      return new Registration(id, secret, host(gateway), (int) gateway.number("port"));
    } catch (IOException e) {
      throw new RegistrationException(e);
    }
  }

  @Override
  public void update(Registration registration, Map<String, Object> patch)
      throws RegistrationException {
    call("PATCH", path(registration), Optional.of(registration), Optional.of(new Json(patch)));
  }

  @Override
  public void unregister(Registration registration) throws RegistrationException {
    call("DELETE", path(registration), Optional.of(registration), Optional.empty());
  }

  private static String path(Registration registration) {
    return PATH + "/" + registration.id;
  }

  /** Returns the gateway's host; the HTTP server's if the gateway names none or every one. */
  private String host(Json gateway) {
    return gateway
        .optionalText("host")
        .filter(host -> !host.equals("0.0.0.0") && !host.equals("::"))
        .orElse(server.getHost());
  }

  private String call(String method, String path, Optional<Registration> as, Optional<Json> body)
      throws RegistrationException {
    try {
      HttpURLConnection connection = open(path);
      try {
        return exchange(connection, method, as, body);
      } finally {
        connection.disconnect();
      }
    } catch (RegistrationException e) {
      throw e;
    } catch (IOException e) {
      throw new RegistrationException(e);
    } catch (RuntimeException e) {
      // Android throws a SecurityException if the app may not use the network.
      throw new RegistrationException(new IOException(e));
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    String base = server.toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(root + path).toURL().openConnection();
    if (connection instanceof HttpsURLConnection && tls.isPresent()) {
      ((HttpsURLConnection) connection).setSSLSocketFactory(tls.get().getSocketFactory());
    }
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setReadTimeout(READ_TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    return connection;
  }

  private static String exchange(
      HttpURLConnection connection, String method, Optional<Registration> as, Optional<Json> body)
      throws IOException {
    if (method.equals("PATCH")) {
      // HttpURLConnection does not support PATCH.
      connection.setRequestMethod("POST");
      connection.setRequestProperty("X-HTTP-Method-Override", "PATCH");
    } else {
      connection.setRequestMethod(method);
    }
    connection.setRequestProperty("Accept", "application/json");
    if (as.isPresent()) {
      String credentials = as.get().id + ":" + as.get().secret;
      connection.setRequestProperty(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
    if (body.isPresent()) {
      byte[] bytes = body.get().write().getBytes(UTF_8);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      // Not as a stream: the body of a 401, which has the error's code, could not be read then.
      try (OutputStream out = connection.getOutputStream()) {
        out.write(bytes);
      }
    }
    int status = connection.getResponseCode();
    if (status / 100 != 2) {
      String answer = read(connection.getErrorStream());
      throw new RegistrationException(
          status, code(answer), answer.substring(0, Math.min(answer.length(), LONGEST_MESSAGE)));
    }
    return read(connection.getInputStream());
  }

  /** Returns the error code of an answer; empty if the answer is not one of the device API. */
  private static String code(String answer) {
    try {
      return Json.read(answer).object("error").map(error -> error.text("code")).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String read(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return "";
    }
    try (InputStream closing = in) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = closing.read(buffer); n >= 0; n = closing.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (bytes.size() > LONGEST_ANSWER) {
          throw new IOException("the answer is too long");
        }
      }
      return new String(bytes.toByteArray(), UTF_8);
    }
  }
}
