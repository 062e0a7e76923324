// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.mpaas.error.GatewayException;
import dev.boomerang.dialect.mpaas.request.RequestParams;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The vendor's two published vectors, and one of our own for each scheme, computed independently.
class SignatureVectorsTest {

  @Test
  void rpcSignature_published() {
    Call call =
        call(
            "GET",
            "AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1"
                + "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0"
                + "&Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26"
                + "&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D",
            "",
            Headers.NONE);

    verifies(RpcSignature.read(call, RequestParams.of(call)), "testsecret");
  }

  @Test
  void rpcSignature_ofEveryAwkwardCharacter() {
    Call call =
        call(
            "POST",
            "AccessKeyId=testAccessKeyId&Action=PushSimple&Format=JSON&RegionId=cn-hangzhou"
                + "&SignatureMethod=HMAC-SHA1&SignatureNonce=0123456789abcdef&SignatureType="
                + "&SignatureVersion=1.0&Timestamp=2021-09-01T00:00:00Z&Version=2019-08-21"
                + "&Signature=sfI669LuH00drUUvc0kJfbEPzOs%3D",
            "AppId=APP1&Content=%E6%B5%8B%E8%AF%95+a%2Bb*c~d%2Fe%26f%3Dg%25h&DeliveryType=3"
                + "&ExpiredSeconds=600&TargetMsgkey=%7B%22user1024%22%3A%20%221%22%7D"
                + "&Title=%e6%a0%87%e9%a2%98&WorkspaceId=test",
            Headers.NONE);

    verifies(RpcSignature.read(call, RequestParams.of(call)), "testAccessKeySecret");
  }

  @Test
  void acs3Signature_published() {
    String authorization =
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
            + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
    Call call =
        call(
            "POST",
            "RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
            "",
            Headers.of(
                List.of(
                    Map.entry("host", "ecs.cn-shanghai.aliyuncs.com"),
                    Map.entry("x-acs-action", "RunInstances"),
                    Map.entry("x-acs-version", "2014-05-26"),
                    Map.entry("x-acs-date", "2023-10-26T10:22:32Z"),
                    Map.entry("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
                    Map.entry(
                        "x-acs-content-sha256",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))));

    verifies(
        Acs3Signature.read(call, RequestParams.of(call), authorization), "YourAccessKeySecret");
  }

  @Test
  void acs3Signature_ofAForm_withPartsInAnotherOrder() {
    String authorization =
        "ACS3-HMAC-SHA256 Signature="
            + "c4a62fc2d50ac183167edfff9e5e492681276cf599e0403b04601ae0a0359901, "
            + "SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;"
            + "x-acs-signature-nonce;x-acs-version , Credential=testAccessKeyId";
    Call call =
        call(
            "POST",
            "",
            "AppId=APP1&DeliveryType=3&ExpiredSeconds=600"
                + "&TargetMsgkey=%7B%22user1024%22%3A%221%22%7D"
                + "&Title=%E6%A0%87%E9%A2%98&WorkspaceId=test",
            Headers.of(
                List.of(
                    Map.entry("X-ACS-Version", "2020-10-28"),
                    Map.entry("Host", "push.example.com"),
                    Map.entry("Content-Type", "application/x-www-form-urlencoded"),
                    Map.entry("X-Acs-Action", "PushSimple"),
                    Map.entry("x-acs-date", " 2021-09-01T00:00:00Z "),
                    Map.entry("x-acs-signature-nonce", "0123456789abcdef"),
                    Map.entry(
                        "x-acs-content-sha256",
                        "fcfd8a402487bb54499638546ef535d7d8359fdaa899c07d4ee7e52c81e5d167"))));

    verifies(
        Acs3Signature.read(call, RequestParams.of(call), authorization), "testAccessKeySecret");
  }

  private static void verifies(RequestSignature requestSignature, String secret) {
    assertThatCode(() -> requestSignature.verify(new Secret(secret))).doesNotThrowAnyException();
    assertThatThrownBy(() -> requestSignature.verify(new Secret(secret + "x")))
        .isInstanceOf(GatewayException.class);
  }

  private static Call call(String method, String query, String body, Headers headers) {
    return new Call(method, "/", query, headers, Body.of(body), "127.0.0.1", Map.of());
  }
}
