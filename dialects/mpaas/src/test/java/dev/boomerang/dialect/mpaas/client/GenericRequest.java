// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.client;

import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.http.MethodType;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import java.util.Map;

/// Written like the generated request classes of Aliyun's mpaas module, which is not in a public
/// repository.
final class GenericRequest extends RpcAcsRequest<GenericResponse> {
  GenericRequest(String action, Map<String, String> form, String endpoint) {
    super("mPaaS", "2020-10-28", action, "mpaas");
    setSysMethod(MethodType.POST);
    setSysEndpoint(endpoint);
    put("AppId", MpaasFixture.APP);
    put("WorkspaceId", MpaasFixture.WORKSPACE);
    form.forEach(this::put);
  }

  void put(String name, String value) {
    putBodyParameter(name, value);
  }

  @Override
  public Class<GenericResponse> getResponseClass() {
    return GenericResponse.class;
  }
}
