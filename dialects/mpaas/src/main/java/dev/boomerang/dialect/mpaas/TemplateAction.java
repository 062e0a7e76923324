// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.ACCOUNT_NO_PERMISSION;
import static dev.boomerang.dialect.mpaas.ResultCode.APPID_WRONG;
import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_INSTANCE_ID;
import static dev.boomerang.dialect.mpaas.ResultCode.NEED_APPID_WORKSPACEID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.util.List;

/// An action on templates: they have an answer of their own, `{Success, Code, Msg, Data}` with the
/// numeric code as text, for success `"100"`, and no parameter that every SDK demands.
///
/// For what is wrong with `AppId` and `WorkspaceId` they have codes of their own, too. An `AppId`
/// other than the key's is `ACCOUNT_NO_PERMISSION`, whether such an app exists or not; the rest is
/// `INVALID_INSTANCE_ID`. Two codes of the vendor's list cannot occur: `FLOW_CONTROL_ERROR` because
/// the gateway throttles before (`Throttling.User`), `INVALID_TENANT_ID` because there are no
/// tenants here and any `TenantId` is taken.
///
/// Source: mPaaS "消息模板".
interface TemplateAction extends Action {
  String TEMPLATE_ID = "TemplateId";

  @Override
  default List<String> mandatory() {
    return List.of();
  }

  @Override
  default ObjectNode refuse(ResultFault fault) {
    ResultFault named = named(fault);
    return envelope(false, named.code(), named.text());
  }

  private static ResultFault named(ResultFault fault) {
    boolean app = fault.parameter().equals(Args.APP_ID);
    if (fault.code() == APPID_WRONG) {
      return fault.as(app ? ACCOUNT_NO_PERMISSION : INVALID_INSTANCE_ID);
    }
    return fault.code() == NEED_APPID_WORKSPACEID ? fault.as(INVALID_INSTANCE_ID) : fault;
  }

  static ObjectNode ok() {
    return envelope(true, ResultCode.SUCCESS, ResultCode.SUCCESS.text());
  }

  private static ObjectNode envelope(boolean success, ResultCode code, String message) {
    return Json.object().put("Success", success).put("Code", code.code()).put("Msg", message);
  }
}
