// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.web.HeadAuthenticator;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.QueryParameters;
import java.util.Locale;

/// Shows a page to browsers that open the server's address: what this is and where to go on. The
/// same path is mPaaS's, whose clients post or name an action; theirs go on to the dialects.
record WelcomePage(RequestRouter dialects) implements RequestRouter {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Boomerang</title>
      <h1>Boomerang</h1>
      <p>A self-hosted push server: push messages that come back. It runs.</p>
      <ul>
      <li><a href="/api/v1/openapi.json">The native API</a> as an OpenAPI 3.1 document
      <li><a href="/health/ready">Health</a>: <code>/health/live</code>, <code>/health/ready</code>
      <li><a href="/metrics">Metrics</a> for Prometheus
      </ul>
      <p>The documentation is in the folder <code>docs</code> of the sources: how to point clients of
      mPaaS, JPush, Getui and vivo at this server, the native API, the device protocol, operations.</p>
      <p>To try it: <code>./boomerang keys</code> shows the demo app's keys, <code>./boomerang
      --help</code> has the commands.</p>
      """;

  private static final Match.Found FOUND =
      new Match.Found(
          _ ->
              Reply.of(200, "text/html;charset=utf-8", PAGE)
                  .with("Content-Security-Policy", "default-src 'none'")
                  .with("X-Content-Type-Options", "nosniff"),
          HeadAuthenticator.NONE);

  @Override
  public Match match(Call head) {
    return isVisitor(head) ? FOUND : dialects.match(head);
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return dialects.refuse(refusal, head);
  }

  private static boolean isVisitor(Call call) {
    return call.path().equals("/")
        && call.method().equals("GET")
        && call.header("Accept").filter(WelcomePage::isForPeople).isPresent()
        && call.header("x-acs-action").isEmpty()
        && !QueryParameters.parse(call.query()).containsKey("Action");
  }

  private static boolean isForPeople(String accept) {
    String types = accept.toLowerCase(Locale.ROOT);
    return types.contains("text/html") || types.contains("application/xhtml+xml");
  }
}
