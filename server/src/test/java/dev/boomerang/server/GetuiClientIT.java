// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.getui.push.v2.sdk.ApiHelper;
import com.getui.push.v2.sdk.GtApiConfiguration;
import com.getui.push.v2.sdk.api.AuthApi;
import com.getui.push.v2.sdk.api.PushApi;
import com.getui.push.v2.sdk.api.StatisticApi;
import com.getui.push.v2.sdk.api.UserApi;
import com.getui.push.v2.sdk.common.ApiResult;
import com.getui.push.v2.sdk.dto.req.Audience;
import com.getui.push.v2.sdk.dto.req.AudienceDTO;
import com.getui.push.v2.sdk.dto.req.AuthDTO;
import com.getui.push.v2.sdk.dto.req.BadgeDTO;
import com.getui.push.v2.sdk.dto.req.CidAliasListDTO;
import com.getui.push.v2.sdk.dto.req.CidByTagDTO;
import com.getui.push.v2.sdk.dto.req.Condition;
import com.getui.push.v2.sdk.dto.req.ConditionListDTO;
import com.getui.push.v2.sdk.dto.req.Settings;
import com.getui.push.v2.sdk.dto.req.TagDTO;
import com.getui.push.v2.sdk.dto.req.UserDTO;
import com.getui.push.v2.sdk.dto.req.message.PushBatchDTO;
import com.getui.push.v2.sdk.dto.req.message.PushChannel;
import com.getui.push.v2.sdk.dto.req.message.PushDTO;
import com.getui.push.v2.sdk.dto.req.message.PushMessage;
import com.getui.push.v2.sdk.dto.req.message.RevokeBean;
import com.getui.push.v2.sdk.dto.req.message.android.GTNotification;
import com.getui.push.v2.sdk.dto.req.message.ios.Alert;
import com.getui.push.v2.sdk.dto.req.message.ios.Aps;
import com.getui.push.v2.sdk.dto.req.message.ios.IosDTO;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs Getui's own Java client of RestAPI V2 against the running server, with a device on
/// HiveMQ's.
@Timeout(120)
class GetuiClientIT {
  @TempDir private Path folder;
  private LocalServer server;
  private JsonNode demo;
  private NativeApiClient api;
  private GtApiConfiguration configuration;
  private ApiHelper helper;
  private PushApi pushes;
  private UserApi users;
  private StatisticApi statistics;
  private HiveMqttDevice device;
  private int requests;

  @BeforeEach
  void start() throws Exception {
    server = LocalServer.start(folder, Map.of());
    demo = server.demo();
    api = server.api();
    configuration = configuration(demo.at("/getui/masterSecret").asText());
    helper = ApiHelper.build(configuration);
    pushes = helper.creatApi(PushApi.class);
    users = helper.creatApi(UserApi.class);
    statistics = helper.creatApi(StatisticApi.class);
    device = HiveMqttDevice.connect(api, demo, "ada");
  }

  private GtApiConfiguration configuration(String secret) {
    var made = new GtApiConfiguration();
    made.setAppId(demo.at("/getui/appId").asText());
    made.setAppKey(demo.at("/getui/appKey").asText());
    made.setMasterSecret(secret);
    made.setDomain(server.url());
    return made;
  }

  @AfterEach
  void stop() {
    device.close();
    ApiHelper.close(configuration);
    server.close();
  }

  private static <T> T data(ApiResult<T> result) {
    assertThat(result.getMsg()).isEqualTo("success");
    assertThat(result.isSuccess()).isTrue();
    return result.getData();
  }

  private <T> PushDTO<T> push(T audience) {
    PushDTO<T> push = toNobodyYet();
    push.setAudience(audience);
    return push;
  }

  private <T> PushDTO<T> toNobodyYet() {
    var push = new PushDTO<T>();
    push.setRequestId("request-number-" + ++requests);
    push.setGroupName("grp");
    push.setPushMessage(notification("标题", "正文 😀"));
    return push;
  }

  private static PushMessage notification(String title, String body) {
    var notification = new GTNotification();
    notification.setTitle(title);
    notification.setBody(body);
    notification.setClickType("url");
    notification.setUrl("https://example.test/");
    notification.setChannelLevel("3");
    var message = new PushMessage();
    message.setNotification(notification);
    return message;
  }

  private Audience cid() {
    var audience = new Audience();
    audience.addCid(device.id());
    return audience;
  }

  private static Audience alias(String alias) {
    var audience = new Audience();
    audience.addAlias(alias);
    return audience;
  }

  private static Condition condition(String key, String value, String type) {
    var condition = new Condition();
    condition.setKey(key);
    condition.addValue(value);
    condition.setOptType(type);
    return condition;
  }

  private JsonNode next(String type) throws InterruptedException {
    JsonNode message = device.next();
    assertThat(message.path("type").asText()).isEqualTo(type);
    return message;
  }

  private void bindAlias(String alias) {
    var list = new CidAliasListDTO();
    list.add(new CidAliasListDTO.CidAlias(device.id(), alias));
    data(users.bindAlias(list));
  }

  @Test
  void push_isShown_andRevoked() throws Exception {
    PushDTO<Audience> push = push(cid());
    Map<String, Map<String, String>> sent = data(pushes.pushToSingleByCid(push));
    assertThat(sent.values()).containsExactly(Map.of(device.id(), "successed_online"));
    JsonNode shown = next("notify");
    assertThat(shown.path("title").asText()).isEqualTo("标题");
    assertThat(shown.path("body").asText()).isEqualTo("正文 😀");
    device.report(shown.path("delivery").asText(), "shown");

    assertThat(data(pushes.pushToSingleByCid(push))).isEqualTo(sent);

    PushDTO<Audience> revoke = push(cid());
    var what = new RevokeBean();
    what.setOldTaskId(sent.keySet().iterator().next());
    what.setForce(false);
    var message = new PushMessage();
    message.setRevoke(what);
    revoke.setPushMessage(message);
    assertThat(data(pushes.pushToSingleByCid(revoke)).keySet())
        .doesNotContainAnyElementsOf(sent.keySet());
    assertThat(next("withdraw").at("/deliveries/0")).isEqualTo(shown.path("delivery"));
    what.setOldTaskId("RASS_0101_x");
    revoke.setRequestId("another-request-id");
    assertThat(pushes.pushToSingleByCid(revoke).getCode()).isEqualTo(20001);
  }

  @Test
  void everyKindOfPush_isTaken() throws Exception {
    bindAlias("别名");
    data(users.userBindTags(device.id(), TagDTO.build().addTag("vip")));

    data(pushes.pushToSingleByAlias(push(alias("别名"))));
    next("notify");
    var batch = new PushBatchDTO();
    batch.addPushDTO(push(cid())).addPushDTO(push(cid()));
    assertThat(data(pushes.pushBatchByCid(batch))).hasSize(2);
    next("notify");
    next("notify");
    var aliases = new PushBatchDTO();
    aliases.setAsync(true);
    aliases.addPushDTO(push(alias("别名")));
    assertThat(pushes.pushBatchByAlias(aliases).isSuccess()).isTrue();
    next("notify");
    data(pushes.pushAll(push("all")));
    next("notify");
    var tagged = new Audience();
    tagged.addCondition(condition("custom_tag", "vip", "or"));
    tagged.addCondition(condition("phone_type", "android", "and"));
    data(pushes.pushByTag(push(tagged)));
    next("notify");
    var fast = new Audience();
    fast.setFastCustomTag("vip");
    data(pushes.pushByFastCustomTag(push(fast)));
    next("notify");
    var byTag = new Audience();
    byTag.addCidByTag(cidByTag());
    data(pushes.pushToSingleCidByTag(push(byTag)));
    next("notify");
  }

  private CidByTagDTO cidByTag() {
    var cidByTag = new CidByTagDTO();
    cidByTag.setCid(device.id());
    cidByTag.addTag("vip");
    return cidByTag;
  }

  @Test
  void lists_areMadeAndPushed() throws Exception {
    bindAlias("ada");
    data(users.userBindTags(device.id(), TagDTO.build().addTag("vip")));
    String first = data(pushes.createMsg(toNobodyYet())).getTaskId();
    String second = data(pushes.createMsg(toNobodyYet())).getTaskId();
    String third = data(pushes.createMsg(toNobodyYet())).getTaskId();

    AudienceDTO cids = list(first, cid());
    assertThat(data(pushes.pushListByCid(cids)).get(first))
        .isEqualTo(Map.of(device.id(), "successed_online"));
    next("notify");
    AudienceDTO aliases = list(second, alias("ada"));
    aliases.setAsync(true);
    assertThat(pushes.pushListByAlias(aliases).isSuccess()).isTrue();
    next("notify");
    var byTag = new Audience();
    byTag.addCidByTag(cidByTag());
    data(pushes.pushListCidByTag(list(third, byTag)));
    next("notify");

    data(pushes.stopPush(first));
    assertThat(pushes.pushListByCid(cids).getCode()).isEqualTo(20001);
  }

  private static AudienceDTO list(String task, Audience audience) {
    var list = new AudienceDTO();
    list.setTaskid(task);
    list.setAudience(audience);
    return list;
  }

  @Test
  void schedule_isAskedForAndDeleted() {
    PushDTO<String> later = push("all");
    var settings = new Settings();
    settings.setTtl(3_600_000);
    settings.setSpeed(100);
    settings.setScheduleTime(Clock.systemUTC().millis() + 3_600_000);
    later.setSettings(settings);
    later.setPushChannel(ios());
    String task = data(pushes.pushAll(later)).getTaskId();

    assertThat(RequiredEntries.in(data(pushes.queryScheduleTask(task)), task).getStatus())
        .isEqualTo("success");
    data(pushes.deleteScheduleTask(task));
    assertThat(pushes.queryScheduleTask("RASA_0101_x").getCode()).isEqualTo(22002);
  }

  private static PushChannel ios() {
    var alert = new Alert();
    alert.setTitle("iT");
    alert.setBody("iB");
    var aps = new Aps();
    aps.setAlert(alert);
    aps.setContentAvailable(0);
    var ios = new IosDTO();
    ios.setAps(aps);
    ios.setAutoBadge("+1");
    var channel = new PushChannel();
    channel.setIos(ios);
    return channel;
  }

  @Test
  void users_areBoundTaggedAndCounted() {
    String id = device.id();
    bindAlias("别名");
    assertThat(data(users.queryAliasByCid(id)).getAlias()).isEqualTo("别名");
    assertThat(data(users.queryAliasByCid(id, "type")).getAlias()).isEqualTo("别名");
    assertThat(data(users.queryCidByAlias("别名")).getCid()).containsExactly(id);
    assertThat(data(users.queryCidByAlias("别名", "type")).getCid()).containsExactly(id);
    var list = new CidAliasListDTO();
    list.add(new CidAliasListDTO.CidAlias(id, "别名"));
    data(users.batchUnbindAlias(list));
    bindAlias("other");
    data(users.unbindAllAlias("other"));
    data(users.unbindAllAlias("other", "type"));

    data(users.userBindTags(id, TagDTO.build().addTag("t1").addTag("t2")));
    assertThat(data(users.usersBindTag("标", UserDTO.build().addCid(id)))).containsEntry(id, "true");
    assertThat(data(users.queryUserTags(id)).get(id)).containsExactly("t1 t2 标");
    assertThat(data(users.deleteUsersTag("t1", UserDTO.build().addCid(id))))
        .containsEntry(id, "true");

    data(users.addBlackUser(Set.of(id)));
    assertThat(data(pushes.pushToSingleByCid(push(cid()))).values())
        .containsExactly(Map.of(id, "successed_ignore"));
    data(users.removeBlackUser(Set.of(id)));
    assertThat(RequiredEntries.in(data(users.queryUserStatus(Set.of(id))), id).getStatus())
        .isEqualTo("online");
    var badge = new BadgeDTO();
    badge.setBadge("+1");
    data(users.setBadge(Set.of(id), badge));
    assertThat(
            data(users.queryUser(
                    ConditionListDTO.build().addCondition(condition("custom_tag", "t2", "or"))))
                .get("user_count"))
        .isEqualTo(1);
  }

  @Test
  void reports_areRead() throws Exception {
    String task = data(pushes.createMsg(toNobodyYet())).getTaskId();
    data(pushes.pushListByCid(list(task, cid())));
    JsonNode shown = next("notify");
    device.report(shown.path("delivery").asText(), "opened");
    String number = shown.path("task").asText();
    api.await("/api/v1/tasks/" + number, view -> view.at("/counts/opened").asInt() == 1);
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();

    assertThat(
            RequiredEntries.in(
                    RequiredEntries.in(
                        data(statistics.queryPushResultByTaskIds(Set.of(task))), task),
                    "gt")
                .getClickNum())
        .isEqualTo(1);
    data(statistics.queryPushResultByTaskIdsAndActionIds(Set.of(task), Set.of("90001")));
    assertThat(
            RequiredEntries.in(
                    RequiredEntries.in(data(statistics.queryPushResultByGroupName("grp")), "grp"),
                    "total")
                .getReceiveNum())
        .isEqualTo(1);
    data(statistics.queryPushResultByDate(today));
    data(statistics.queryUserDataByDate(today));
    assertThat(data(statistics.queryOnlineUserData()).get("online_statics")).containsValue(1);
    data(statistics.queryPushCountData());
    data(statistics.queryPushTaskDetailData(Set.of(task)));
  }

  @Test
  void logIns_areCheckedAndEnded() {
    assertThatThrownBy(() -> ApiHelper.build(configuration("wrong")).creatApi(PushApi.class))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("check app info failed");
    AuthApi auth = helper.creatApi(AuthApi.class);
    String token =
        data(auth.auth(AuthDTO.build(configuration.getAppKey(), configuration.getMasterSecret())))
            .getToken();

    assertThat(token).isNotBlank();
    data(auth.close(token));

    data(statistics.queryOnlineUserData());
  }
}
