// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests that together have every member there is: as they are they are taken, and with one
/// more, in whatever object, they are refused by its path.
class UnknownMembersTest {
  private static final String MORE = "zzz";

  /// Objects whose members are the caller's own names.
  private static final Set<String> OWN = Set.of("extras", "values", "params", "channels");

  private final ApiFixture apiFixture = new ApiFixture();
  private ApiFixture.Registered phone = new ApiFixture.Registered("", "");

  @BeforeEach
  void prepare() {
    phone = apiFixture.register(SHOP, ",\"userId\":\"ada\",\"alias\":\"a\",\"deviceId\":\"d\"");
    Reply made =
        ask("POST", "templates", "{'name':'welcome','notification':{'title':'#t#','body':'b'}}");
    assertThat(made.status()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply ask(String method, String path, String body) {
    String json = body.replace('\'', '"').replace("PHONE", phone.id());
    return path.equals("device")
        ? apiFixture.asDevice(phone, method, json)
        : apiFixture.asApp(SHOP, method, "/api/v1/" + path.replace("PHONE", phone.id()), json);
  }

  private String task(String more) {
    String push = "{'notification':{'title':'t','body':'b'}," + more + "}";
    return ApiFixture.json(ask("POST", "pushes", push)).path("id").asText();
  }

  private static String push(String members) {
    return "{'name':'n','ttlSeconds':60,'messageId':'m','strategy':'self-only',"
        + "'callback':{'url':'https://example.com/','params':{'p':'v'},'events':['clicked']},"
        + members
        + "}";
  }

  private record Request(String method, String path, String body) {
    @Override
    public String toString() {
      return method + " " + path + " " + body;
    }
  }

  private static Stream<Request> requests() {
    String look =
        "'notification':{'title':'t','body':'b','style':'bigText','image':'https://e.example/i',"
            + "'icon':'https://e.example/c','silent':true,'extras':{'k':'v'},"
            + "'click':{'action':'url','uri':'https://e.example/'}}";
    String data = "'data':{'body':'b','extras':{'k':'v'}}";
    long later = NOW.plus(Duration.ofHours(1)).toEpochMilli();
    return Stream.concat(
        Stream.of(
                push("'audience':{'users':['ada'],'platform':'android'},'requestId':'r'," + look),
                push("'audience':{'registrations':['PHONE']},'replace':{'slot':'s'}," + data),
                push("'audience':{'devices':['d']},'schedule':{'at':" + later + "}," + data),
                push(
                    "'audience':{'aliases':['a']},'schedule':{'cycle':{'from':'2026-02-01',"
                        + "'to':'2026-03-31','every':'week','days':[1],'time':'09:00:00',"
                        + "'zone':'Asia/Shanghai'}},"
                        + data),
                push(
                    "'audience':{'targets':[{'user':'ada','messageId':'i'," + look + "}]}," + look),
                push("'audience':{'targets':[{'device':'d'," + data + "}]}," + look),
                push(
                    "'audience':{'targets':[{'registration':'PHONE','values':{'t':'x'}},"
                        + "{'registration':'PHONE'}]},"
                        + "'template':{'name':'welcome','values':{'t':'v'},'extras':{'k':'v'}}"),
                push("'audience':{'targets':[{'alias':'a'}]}," + look),
                push(
                    "'audience':{'everyone':{'bound':{'from':0,'to':1},'unbound':{'from':0,'to':"
                        + later
                        + "}},'platform':'android'},"
                        + look),
                push("'audience':{'everyone':true},'pace':{'perSecond':1}," + look),
                push(
                    "'audience':{'segment':{'all':[{'user':'ada'},{'any':[{'alias':'a'},"
                        + "{'not':{'tag':'t'}}]},{'platform':'android'},"
                        + "{'registration':'PHONE'},{'not':{'region':'r'}},"
                        + "{'not':{'attribute':{'name':'a','value':'v'}}}]}},'pace':{'overSeconds':1},"
                        + look),
                push("'open':true," + look))
            .map(body -> new Request("POST", "pushes", body)),
        Stream.of(
            new Request(
                "POST",
                "templates",
                "{'name':'n','description':'d'," + look.replace(",'extras':{'k':'v'}", "") + "}"),
            new Request(
                "POST", "audiences/count", "{'segment':{'attribute':{'name':'a','value':'v'}}}"),
            new Request("PUT", "identity", "{'mode':'open','newSecret':true}"),
            new Request("PATCH", "registrations/PHONE", "{'blocked':true}"),
            new Request(
                "PATCH",
                "device",
                "{'userId':'u','alias':'a','tags':['t'],'region':'r','channels':{'fcm':'f'},"
                    + "'notifications':true,'identityToken':''}")));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void known_isTaken_andOneMoreIsRefusedByItsPath(Request request) {
    ObjectNode body = (ObjectNode) Json.read(request.body().replace('\'', '"')).orElseThrow();
    Map<String, ObjectNode> objects = new LinkedHashMap<>();
    objects(body, "", objects);

    objects.forEach(
        (path, object) -> {
          object.put(MORE, 1);
          Reply reply = ask(request.method(), request.path(), Json.write(body));
          object.remove(MORE);
          assertThat(reply.status()).as(path).isEqualTo(400);
          assertThat(ApiFixture.field(reply)).isEqualTo(path + MORE);
          assertThat(reply.body().text()).contains("is not a known member");
        });
    Reply reply = ask(request.method(), request.path(), Json.write(body));
    assertThat(reply.status()).as(reply.body().text()).isBetween(200, 202);
  }

  private static void objects(JsonNode node, String path, Map<String, ObjectNode> found) {
    if (node instanceof ObjectNode object) {
      found.put(path, object);
      object.properties().stream()
          .filter(member -> !OWN.contains(member.getKey()))
          .forEach(
              member ->
                  objects(
                      member.getValue(),
                      path + member.getKey() + (member.getValue().isArray() ? "" : "."),
                      found));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        objects(array.get(i), path + "[" + i + "].", found);
      }
    }
  }

  @Test
  void unknownMember_isRefused_whereATaskIsNamed() {
    String task = task("'audience':{'users':['ada']}");
    String recall = "tasks/" + task + "/recall";
    String open = "tasks/" + task("'open':true") + "/targets";

    assertRefused(ask("POST", recall, "{'dryRun':true,'target':'ada','zzz':1}"), MORE);
    assertRefused(ask("POST", recall, "{'registration':'PHONE','zzz':1}"), MORE);
    assertRefused(ask("POST", "tasks/" + task + "/stop", "{'zzz':1}"), MORE);
    assertRefused(ask("POST", open, "{'users':['ada'],'platform':'android','zzz':1}"), MORE);
    String replace = "'audience':{'users':['ada']},'replace':{'task':'" + task + "'%s}";
    assertRefused(
        ask("POST", "pushes", push(replace.formatted(",'zzz':1") + ",'data':{'body':'b'}")),
        "replace.zzz");
    assertThat(
            Stream.of(
                    ask("POST", "pushes", push(replace.formatted("") + ",'data':{'body':'b'}")),
                    ask("POST", recall, "{'dryRun':true,'target':'ada'}"),
                    ask("POST", recall, "{'registration':'PHONE'}"),
                    ask("POST", "tasks/" + task + "/stop", "{}"),
                    ask("POST", open, "{'users':['ada'],'platform':'android'}"))
                .map(Reply::status))
        .containsExactly(201, 200, 200, 200, 200);
  }

  @ParameterizedTest
  @CsvSource({
    "tasks, from=0&to=9&skip=0&limit=1&name=n&kind=broadcast",
    "schedules, from=0&to=9&skip=0&limit=1",
    "templates, skip=0&limit=1",
    "analysis, from=0&to=9&platform=android&channel=self&kind=simple",
    "registrations, user=ada",
  })
  void unknownParameter_isRefused(String path, String known) {
    assertThat(ask("GET", path + "?" + known, "").status()).isEqualTo(200);
    assertRefused(ask("GET", path + "?" + known + "&zzz=1", ""), MORE);
  }

  @Test
  void unknownParameter_ofDeliveries_isRefused() {
    String task = "deliveries?task=" + task("'audience':{'users':['ada']}");

    assertThat(ask("GET", task + "&limit=1&after=", "").status()).isEqualTo(200);
    assertRefused(ask("GET", task + "&zzz=1", ""), MORE);
    assertRefused(ask("GET", task + "&registration=" + "1".repeat(23) + "&zzz=1", ""), MORE);
    assertRefused(ask("GET", "deliveries?task=1&zzz=1", ""), MORE);
  }

  @ParameterizedTest
  @CsvSource({"skip=0, skip", "limit=1, limit", "task=1&from=0, from", "task=1&kind=simple, kind"})
  void analysis_takesNoPage_andNoSpanForOneTask(String query, String field) {
    assertRefused(ask("GET", "analysis?" + query, ""), field);
  }

  private static void assertRefused(Reply reply, String field) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
  }
}
