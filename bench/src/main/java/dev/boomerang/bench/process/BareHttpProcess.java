// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import dev.boomerang.server.http.HttpConfig;
import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.server.http.HttpServer;
import dev.boomerang.server.http.HttpServerListener;
import dev.boomerang.server.http.TimeSource;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The server's HTTP adapter with nothing behind it, as a process: it answers every call with the
/// body of a good push.
public final class BareHttpProcess {
  private static final String BODY =
      "{\"RequestId\":\"8B5B0BA5-6F4B-4F0E-9C55-6B1D4A6C1D2E\",\"ResultCode\":\"OK\","
          + "\"ResultMessage\":\"SUCCESS\",\"PushResult\":{\"Success\":true,"
          + "\"ResultMsg\":\"SUCCESS\",\"Data\":\"1780855253508096\"}}";

  private static final TimeSource TIME = new TimeSource(Clock.systemUTC(), System::nanoTime);

  private BareHttpProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Reply reply =
        Reply.json(200, BODY).with("x-acs-request-id", "8B5B0BA5-6F4B-4F0E-9C55-6B1D4A6C1D2E");
    var config = new HttpConfig("127.0.0.1", 0, Optional.empty(), Limits.DEFAULT);
    try (var server =
        HttpServer.open(config, RequestRouter.of(_ -> reply), HttpServerListener.NONE, TIME)) {
      System.out.println("ready " + server.port());
      new CountDownLatch(1).await();
    }
  }
}
