// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.model.text.UrlAuthority;
import dev.boomerang.port.WebhookClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Calls callers' servers over HTTP. The name of a host is looked up once for each request, and the
/// connection goes to exactly the address that was found good, so that no name can mean another
/// machine a moment later. Redirects are not followed, and of an answer only the status is read.
public final class HttpWebhookClient implements WebhookClient, AutoCloseable {
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final int LOOKUPS = 4;
  private static final int CONNECTIONS_PER_HOST = 64;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final WebhookClientConfig config;
  private final HostResolver names;

  /// A look-up holds its thread, and would hold what carries virtual threads.
  private final ExecutorService lookups =
      Executors.newFixedThreadPool(
          LOOKUPS, Thread.ofPlatform().name("name-lookup-", 1).daemon().factory());

  private Optional<Vertx> vertx = Optional.empty();
  private Optional<HttpClient> client = Optional.empty();
  private final UnderscoreHostTls underscores = new UnderscoreHostTls();
  private Optional<ClientSSLOptions> underscoreTls = Optional.empty();

  public HttpWebhookClient(WebhookClientConfig config) {
    this(config, HostResolver.SYSTEM);
  }

  HttpWebhookClient(WebhookClientConfig config, HostResolver names) {
    this.config = config;
    this.names = names;
  }

  @Override
  public Response post(URI url, Map<String, String> headers, byte[] body) {
    Optional<UrlAuthority> authority = UrlAuthority.of(url);
    if (authority.isEmpty()) {
      return new Response.Refused("no host to call: " + url.getRawAuthority());
    }
    String host = authority.get().host();
    try {
      Optional<InetAddress> address = address(host);
      if (address.isEmpty()) {
        return new Response.Refused("not a public address: " + host);
      }
      try {
        return await(post(url, authority.get(), address.get(), headers, body));
      } catch (ExecutionException e) {
        if (e.getCause() == null || !underscores.refusesName(host, e.getCause())) {
          throw e;
        }
        return await(post(url, authority.get(), address.get(), headers, body));
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Response.NoResponse(reason(cause));
    } catch (TimeoutException _) {
      return new Response.NoResponse("no answer within " + config.patience().toMillis() + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Response.NoResponse("stopped");
    }
  }

  /// Says what failed, and what was at the bottom of it.
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String said = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return root == failure ? said : said + ": " + root.getMessage();
  }

  /// The first of a host's addresses that may be called.
  private Optional<InetAddress> address(String host)
      throws ExecutionException, InterruptedException, TimeoutException {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    java.util.concurrent.Future<List<InetAddress>> lookup =
        lookups.submit(() -> names.addresses(name));
    try {
      return lookup.get(config.patience().toMillis(), TimeUnit.MILLISECONDS).stream()
          .filter(this::isAllowed)
          .findFirst();
    } finally {
      lookup.cancel(true);
    }
  }

  private boolean isAllowed(InetAddress address) {
    return switch (AddressRules.kind(address)) {
      case PUBLIC -> true;
      case PRIVATE -> config.privateAddresses();
      case NONE -> false;
    };
  }

  private Future<Response> post(
      URI url,
      UrlAuthority authority,
      InetAddress address,
      Map<String, String> headers,
      byte[] body) {
    boolean isSecure = "https".equalsIgnoreCase(url.getScheme());
    long patience = config.patience().toMillis();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(
                SocketAddress.inetSocketAddress(new InetSocketAddress(address, authority.port())))
            .setHost(authority.host())
            .setPort(authority.port())
            .setSsl(isSecure)
            .setURI(target(url))
            .setFollowRedirects(false)
            .setConnectTimeout(patience)
            .setIdleTimeout(patience);
    if (isSecure && UnderscoreHostTls.isNeeded(authority.host())) {
      options.setSslOptions(underscoreTls());
    }
    headers.forEach(options::putHeader);
    return client()
        .request(options)
        .compose(
            request ->
                request.send(Buffer.buffer(body)).map(response -> status(request, response)));
  }

  /// Returns the path and query as they go over the wire: in ASCII.
  private static String target(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  /// Returns the status; the body of the answer is skipped, as long as it is short.
  private static Response status(HttpClientRequest request, HttpClientResponse response) {
    var bytes = new AtomicLong();
    response
        .exceptionHandler(_ -> {})
        .handler(
            part -> {
              if (bytes.addAndGet(part.length()) > MAX_ANSWER_BYTES) {
                var unused = request.reset();
              }
            });
    return new Response.Status(response.statusCode());
  }

  private Response await(Future<Response> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer
        .toCompletionStage()
        .toCompletableFuture()
        .get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized ClientSSLOptions underscoreTls() {
    if (underscoreTls.isEmpty()) {
      underscoreTls = Optional.of(UnderscoreHostTls.options());
    }
    return underscoreTls.get();
  }

  /// Made when it is first needed: many servers never call anybody.
  private synchronized HttpClient client() {
    if (client.isEmpty()) {
      Vertx made =
          Vertx.vertx(
              new VertxOptions()
                  .setPreferNativeTransport(true)
                  .setEventLoopPoolSize(1)
                  .setWorkerPoolSize(1)
                  .setInternalBlockingPoolSize(1));
      vertx = Optional.of(made);
      client =
          Optional.of(
              made.createHttpClient(
                  new HttpClientOptions()
                      .setKeepAliveTimeout((int) IDLE.toSeconds())
                      .setSslEngineOptions(underscores.engine())
                      .setDecompressionSupported(false),
                  new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST)));
    }
    return client.get();
  }

  @Override
  public synchronized void close() {
    lookups.shutdownNow();
    if (vertx.isPresent()) {
      try {
        vertx
            .get()
            .close()
            .toCompletionStage()
            .toCompletableFuture()
            .get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException _) {
        // The process ends anyway.
      }
    }
  }
}
