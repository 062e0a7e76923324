// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tags, their groups and segments.
class TagCallsTest {
  private final VivoFixture world = new VivoFixture();

  @AfterEach
  void close() {
    world.close();
  }

  private JsonNode good(String path, String body) {
    return VivoFixture.requireSuccess(world.post(path, body));
  }

  private TaskId push(String expression) {
    return VivoFixture.taskId(
        world.post("/message/tagPush", world.message("'tagExpression':" + expression)));
  }

  private void members(String call, String tag, String... aliases) {
    good(
        "/tag/" + call + "Members",
        "{'name':'%s','type':2,'ids':['%s']}".formatted(tag, String.join("','", aliases)));
  }

  @Test
  void expression_asksForAnyAndAllAndNone() {
    Registration a = world.phone("a", "x", "y");
    Registration b = world.phone("b", "x", "z");
    Registration c = world.phone("c", "y");
    Registration d = world.phone("d");

    TaskId any = push("{'orTags':['y','z'],'andTags':[],'notTags':[]}");
    TaskId all = push("{'andTags':['x','y']}");
    TaskId none = push("{'orTags':['x','y'],'notTags':['z']}");
    TaskId mixed = push("{'orTags':['y','z'],'andTags':['x'],'notTags':['y']}");
    TaskId everyone = push("{'orTags':[],'andTags':[],'notTags':[]}");
    TaskId nobody = push("{'andTags':['unheard of']}");

    assertThat(world.tasks(a)).containsExactly(any, all, none, everyone);
    assertThat(world.tasks(b)).containsExactly(any, mixed, everyone);
    assertThat(world.tasks(c)).containsExactly(any, none, everyone);
    assertThat(world.tasks(d)).containsExactly(everyone);
    assertThat(good("/tag/add", "{'name':'q'}").toString())
        .isEqualTo("{\"result\":0,\"desc\":\"成功\"}");
    JsonNode numbers =
        VivoFixture.requireSuccess(world.get("/report/getStatistics?taskIds=" + nobody))
            .at("/statistics/0");
    assertThat(numbers.path("target").asInt(-1)).isZero();
  }

  @Test
  void members_areAddedAndRemoved_andTheDeadAreTold() {
    Registration ada = world.phone("ada");
    Registration off = world.phone("off");
    world.switchOff(off);
    good("/tag/add", "{'name':'vip','desc':'d','group':'','type':0}");

    JsonNode added =
        good(
            "/tag/addMembers",
            "{'name':'vip','type':1,'ids':['%s','%s','7']}".formatted(ada.id(), off.id()));

    assertThat(added.path("data").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":1,\"userid\":\"7\"}]"
                .formatted(off.id()));
    assertThat(world.tags(ada)).containsExactly("vip");
    assertThat(world.tags(off)).containsExactly("vip");
    JsonNode removed = good("/tag/removeMembers", "{'name':'vip','type':2,'ids':['ada']}");
    assertThat(removed.path("data").toString()).isEqualTo("[]");
    assertThat(world.tags(ada)).isEmpty();
  }

  @Test
  void tagOfADevice_isThereWithoutBeingAdded() {
    Registration ada = world.phone("ada", "made by the device");
    world.phone("bob");

    members("add", "made by the device", "bob");
    good("/tag/update", "{'oldName':'made by the device','newName':'renamed'}");

    assertThat(world.tags(ada)).containsExactly("renamed");
  }

  @Test
  void rename_isTheDevicesToo_andTheSegments() {
    Registration ada = world.phone("ada", "other");
    good("/tag/add", "{'name':'sz','desc':'Shenzhen','group':'city'}");
    good("/tagSegment/add", "{'name':'south','expression':{'orTags':['sz','gz']}}");
    members("add", "sz", "ada");

    good("/tag/update", "{'oldName':'sz','newName':'深圳','type':0}");

    assertThat(world.tags(ada)).containsExactlyInAnyOrder("other", "深圳");
    TagCatalog book = new TagCatalogs(world.engine.documents()).read(VivoFixture.SHOP);
    assertThat(book.tags())
        .containsExactly(java.util.Map.entry("深圳", new TagCatalog.Tag("Shenzhen", "city")));
    assertThat(book.segments().values().iterator().next().any()).containsExactly("深圳", "gz");
  }

  @Test
  void exclusiveGroup_hasADeviceOnce() {
    Registration ada = world.phone("ada", "free");
    good("/tagGroup/add", "{'name':'level','type':2,'desc':'x'}");
    good("/tag/add", "{'name':'gold','group':'level'}");
    good("/tagGroup/addToGroup", "{'name':'level','tagList':['silver','bronze'],'type':0}");
    members("add", "gold", "ada");

    members("add", "silver", "ada");
    assertThat(world.tags(ada)).containsExactlyInAnyOrder("free", "silver");
    good("/tagGroup/update", "{'oldName':'level','newName':'rank','type':0}");
    members("add", "bronze", "ada");

    assertThat(world.tags(ada)).containsExactlyInAnyOrder("free", "bronze");
    TagCatalog book = new TagCatalogs(world.engine.documents()).read(VivoFixture.SHOP);
    assertThat(book.groups())
        .containsExactly(java.util.Map.entry("rank", new TagCatalog.Group(true, "x")));
  }

  @Test
  void segment_standsInAnExpressionForItsOwn() {
    Registration ada = world.phone("ada", "sz", "vip");
    Registration bob = world.phone("bob", "gz");
    good("/tagSegment/add", "{'name':'south','expression':{'orTags':['sz']}}");
    good(
        "/tagSegment/update",
        "{'oldName':'south','newName':'south2','expression':{'orTags':['sz','gz']}}");

    TaskId both = push("{'orTags':['south2']}");
    TaskId one = push("{'orTags':['south2'],'notTags':['vip']}");
    TaskId nobody = push("{'orTags':['south']}");

    assertThat(world.tasks(ada)).containsExactly(both);
    assertThat(world.tasks(bob)).containsExactly(both, one);
    assertThat(nobody).isNotNull();
  }

  /// A client that got no answer writes the same call again.
  @Test
  void addedAgain_asItIs_isDone_butNothingTakesItsPlace() {
    good("/tagGroup/add", "{'name':'level','type':2,'desc':'x'}");
    good("/tag/add", "{'name':'gold','desc':'d','group':'level'}");
    good("/tagSegment/add", "{'name':'rich','expression':{'orTags':['gold']}}");
    TagCatalog before = new TagCatalogs(world.engine.documents()).read(VivoFixture.SHOP);

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

    assertThat(new TagCatalogs(world.engine.documents()).read(VivoFixture.SHOP)).isEqualTo(before);
  }

  private void refused(String path, String body) {
    assertThat(VivoFixture.code(world.post(path, body))).as(path + body).isEqualTo(10601);
  }

  @Test
  void segment_keepsItsExpression_ifTheUpdateNamesNone() {
    Registration ada = world.phone("ada", "sz");
    good("/tagSegment/add", "{'name':'south','expression':{'orTags':['sz']}}");

    good("/tagSegment/update", "{'oldName':'south','newName':'warm'}");

    assertThat(world.tasks(ada)).isEmpty();
    TaskId task = push("{'orTags':['warm']}");
    assertThat(world.tasks(ada)).containsExactly(task);
  }

  @Test
  void mostTagsAndMembers_atOnce() {
    good("/tagGroup/add", "{'name':'g','type':1}");
    String hundred = "'t'" + ",'t'".repeat(99);
    good("/tagGroup/addToGroup", "{'name':'g','tagList':[" + hundred + "]}");
    assertThat(
            VivoFixture.code(
                world.post("/tagGroup/addToGroup", "{'name':'g','tagList':[" + hundred + ",'t']}")))
        .isEqualTo(10614);
    String thousand = "'1'" + ",'1'".repeat(999);
    good("/tag/addMembers", "{'name':'t','type':1,'ids':[" + thousand + "]}");
  }

  @Test
  void tags_areTheAppsOwn() {
    good("/tag/add", "{'name':'vip'}");

    assertThat(
            VivoFixture.code(
                world.as(
                    world.bankToken(),
                    "POST",
                    "/tag/addMembers",
                    "{'name':'vip','type':1,'ids':['1']}")))
        .isEqualTo(10601);
  }
}
