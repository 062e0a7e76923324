// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Checks tags, their groups and segments.
class TagCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private JsonNode good(String path, String body) {
    return requireSuccess(fixture.post(path, body));
  }

  private TaskId push(String expression) {
    return taskId(
        fixture.post("/message/tagPush", fixture.message("'tagExpression':" + expression)));
  }

  private void members(String call, String tag, String... aliases) {
    good(
        "/tag/" + call + "Members",
        "{'name':'%s','type':2,'ids':['%s']}".formatted(tag, String.join("','", aliases)));
  }

  @Test
  void expression_selectsByAnyAllAndNone() {
    Registration a = fixture.phone("a", "x", "y");
    Registration b = fixture.phone("b", "x", "z");
    Registration c = fixture.phone("c", "y");
    Registration d = fixture.phone("d");

    TaskId any = push("{'orTags':['y','z'],'andTags':[],'notTags':[]}");
    TaskId all = push("{'andTags':['x','y']}");
    TaskId none = push("{'orTags':['x','y'],'notTags':['z']}");
    TaskId mixed = push("{'orTags':['y','z'],'andTags':['x'],'notTags':['y']}");
    TaskId everyone = push("{'orTags':[],'andTags':[],'notTags':[]}");
    TaskId nobody = push("{'andTags':['unheard of']}");

    assertThat(fixture.tasks(a)).containsExactly(any, all, none, everyone);
    assertThat(fixture.tasks(b)).containsExactly(any, mixed, everyone);
    assertThat(fixture.tasks(c)).containsExactly(any, none, everyone);
    assertThat(fixture.tasks(d)).containsExactly(everyone);
    assertThat(good("/tag/add", "{'name':'q'}").toString())
        .isEqualTo("{\"result\":0,\"desc\":\"成功\"}");
    JsonNode statistics = fixture.statistics(nobody);
    assertThat(statistics.path("target").asInt(-1)).isZero();
  }

  @Test
  void members_areAddedAndRemoved_andInvalidUsersAreReturned() {
    Registration ada = fixture.phone("ada");
    Registration off = fixture.phone("off");
    fixture.switchOffNotifications(off);
    good("/tag/add", "{'name':'vip','desc':'d','group':'','type':0}");

    JsonNode added =
        good(
            "/tag/addMembers",
            "{'name':'vip','type':1,'ids':['%s','%s','7']}".formatted(ada.id(), off.id()));

    assertThat(added.path("data").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":1,\"userid\":\"7\"}]"
                .formatted(off.id()));
    assertThat(fixture.tags(ada)).containsExactly("vip");
    assertThat(fixture.tags(off)).containsExactly("vip");
    JsonNode removed = good("/tag/removeMembers", "{'name':'vip','type':2,'ids':['ada']}");
    assertThat(removed.path("data").toString()).isEqualTo("[]");
    assertThat(fixture.tags(ada)).isEmpty();
  }

  @Test
  void tagOfADevice_existsWithoutBeingAdded() {
    Registration ada = fixture.phone("ada", "made by the device");
    fixture.phone("bob");

    members("add", "made by the device", "bob");
    good("/tag/update", "{'oldName':'made by the device','newName':'renamed'}");

    assertThat(fixture.tags(ada)).containsExactly("renamed");
  }

  @Test
  void rename_changesDevicesAndSegments() {
    Registration ada = fixture.phone("ada", "other");
    good("/tag/add", "{'name':'sz','desc':'Shenzhen','group':'city'}");
    good("/tagSegment/add", "{'name':'south','expression':{'orTags':['sz','gz']}}");
    members("add", "sz", "ada");

    good("/tag/update", "{'oldName':'sz','newName':'深圳','type':0}");

    assertThat(fixture.tags(ada)).containsExactlyInAnyOrder("other", "深圳");
    TagCatalog catalog =
        new TagCatalogs(fixture.engine.documents(), fixture.engine.registrations())
            .read(VivoFixture.SHOP);
    assertThat(catalog.tags())
        .containsExactly(java.util.Map.entry("深圳", new TagCatalog.Tag("Shenzhen", "city")));
    assertThat(catalog.segments().values().iterator().next().any()).containsExactly("深圳", "gz");
  }

  @Test
  void deviceHasOneTagOfAnExclusiveGroup() {
    Registration ada = fixture.phone("ada", "free");
    good("/tagGroup/add", "{'name':'level','type':2,'desc':'x'}");
    good("/tag/add", "{'name':'gold','group':'level'}");
    good("/tagGroup/addToGroup", "{'name':'level','tagList':['silver','bronze'],'type':0}");
    members("add", "gold", "ada");

    members("add", "silver", "ada");
    assertThat(fixture.tags(ada)).containsExactlyInAnyOrder("free", "silver");
    good("/tagGroup/update", "{'oldName':'level','newName':'rank','type':0}");
    members("add", "bronze", "ada");

    assertThat(fixture.tags(ada)).containsExactlyInAnyOrder("free", "bronze");
    TagCatalog catalog =
        new TagCatalogs(fixture.engine.documents(), fixture.engine.registrations())
            .read(VivoFixture.SHOP);
    assertThat(catalog.groups())
        .containsExactly(java.util.Map.entry("rank", new TagCatalog.Group(true, "x")));
  }

  @Test
  void segmentName_standsForItsExpression() {
    Registration ada = fixture.phone("ada", "sz", "vip");
    Registration bob = fixture.phone("bob", "gz");
    good("/tagSegment/add", "{'name':'south','expression':{'orTags':['sz']}}");
    good(
        "/tagSegment/update",
        "{'oldName':'south','newName':'south2','expression':{'orTags':['sz','gz']}}");

    TaskId both = push("{'orTags':['south2']}");
    TaskId one = push("{'orTags':['south2'],'notTags':['vip']}");
    TaskId nobody = push("{'orTags':['south']}");

    assertThat(fixture.tasks(ada)).containsExactly(both);
    assertThat(fixture.tasks(bob)).containsExactly(both, one);
    assertThat(nobody).isNotNull();
  }

  /// A client that got no response sends the same call again.
  @Test
  void addingTheSameAgain_succeeds_andAddingAnotherIsRefused() {
    good("/tagGroup/add", "{'name':'level','type':2,'desc':'x'}");
    good("/tag/add", "{'name':'gold','desc':'d','group':'level'}");
    good("/tagSegment/add", "{'name':'rich','expression':{'orTags':['gold']}}");
    TagCatalog before =
        new TagCatalogs(fixture.engine.documents(), fixture.engine.registrations())
            .read(VivoFixture.SHOP);

    good("/tagGroup/add", "{'name':'level','type':2,'desc':'x'}");
    good("/tagGroup/add", "{'name':'level','type':2}");
    good("/tag/add", "{'name':'gold','desc':'d','group':'level'}");
    good("/tag/add", "{'name':'gold'}");
    good("/tagSegment/add", "{'name':'rich','expression':{'orTags':['gold'],'andTags':[]}}");
    refused("/tagGroup/add", "{'name':'level','type':1}");
    refused("/tagGroup/add", "{'name':'level','type':2,'desc':'y'}");
    refused("/tag/add", "{'name':'gold','group':'other'}");
    refused("/tag/add", "{'name':'gold','desc':''}");
    refused("/tagSegment/add", "{'name':'rich','expression':{'orTags':['silver']}}");

    assertThat(
            new TagCatalogs(fixture.engine.documents(), fixture.engine.registrations())
                .read(VivoFixture.SHOP))
        .isEqualTo(before);
  }

  private void refused(String path, String body) {
    assertThat(code(fixture.post(path, body))).as(path + body).isEqualTo(10601);
  }

  @Test
  void segment_keepsItsExpression_ifTheUpdateGivesNone() {
    Registration ada = fixture.phone("ada", "sz");
    good("/tagSegment/add", "{'name':'south','expression':{'orTags':['sz']}}");

    good("/tagSegment/update", "{'oldName':'south','newName':'warm'}");

    assertThat(fixture.tasks(ada)).isEmpty();
    TaskId task = push("{'orTags':['warm']}");
    assertThat(fixture.tasks(ada)).containsExactly(task);
  }

  @Test
  void mostTagsAndMembersOfOneCall_areAccepted() {
    good("/tagGroup/add", "{'name':'g','type':1}");
    String hundred = "'t'" + ",'t'".repeat(99);
    good("/tagGroup/addToGroup", "{'name':'g','tagList':[" + hundred + "]}");
    assertThat(
            code(
                fixture.post(
                    "/tagGroup/addToGroup", "{'name':'g','tagList':[" + hundred + ",'t']}")))
        .isEqualTo(10614);
    String thousand = "'1'" + ",'1'".repeat(999);
    good("/tag/addMembers", "{'name':'t','type':1,'ids':[" + thousand + "]}");
  }

  @Test
  void tagsOfOtherApps_areUnknown() {
    good("/tag/add", "{'name':'vip'}");

    assertThat(
            code(
                fixture.as(
                    fixture.bankToken(),
                    "POST",
                    "/tag/addMembers",
                    "{'name':'vip','type':1,'ids':['1']}")))
        .isEqualTo(10601);
  }
}
