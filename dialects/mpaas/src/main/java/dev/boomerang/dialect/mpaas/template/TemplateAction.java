// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import static dev.boomerang.dialect.mpaas.error.ResultCode.ACCOUNT_NO_PERMISSION;
import static dev.boomerang.dialect.mpaas.error.ResultCode.APPID_WRONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_INSTANCE_ID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.NEED_APPID_WORKSPACEID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.web.field.Json;
import java.util.List;

/// An action on templates: they have an answer of their own, `{Success, Code, Msg, Data}` with the
/// numeric code as text, for success `"100"`, and no parameter that every SDK demands.
///
/// They also have codes of their own for errors in `AppId` and `WorkspaceId`. An `AppId` other than
/// the key's is `ACCOUNT_NO_PERMISSION`, whether such an app exists or not; the rest is
/// `INVALID_INSTANCE_ID`. Two codes of the vendor's list cannot occur: `FLOW_CONTROL_ERROR` because
/// the gateway throttles before (`Throttling.User`), `INVALID_TENANT_ID` because there are no
/// tenants here and any `TenantId` is accepted.
///
/// Source: mPaaS "消息模板".
interface TemplateAction extends ApiAction {
  String TEMPLATE_ID = "TemplateId";

  @Override
  default List<String> mandatory() {
    return List.of();
  }

  @Override
  default ObjectNode errorResponse(ResultException fault) {
    ResultException named = named(fault);
    return envelope(false, named.code(), named.text());
  }

  private static ResultException named(ResultException fault) {
    boolean app = fault.parameter().equals(ActionParams.APP_ID);
    if (fault.code() == APPID_WRONG) {
      return fault.withCode(app ? ACCOUNT_NO_PERMISSION : INVALID_INSTANCE_ID);
    }
    return fault.code() == NEED_APPID_WORKSPACEID ? fault.withCode(INVALID_INSTANCE_ID) : fault;
  }

  static ObjectNode ok() {
    return envelope(true, ResultCode.SUCCESS, ResultCode.SUCCESS.text());
  }

  private static ObjectNode envelope(boolean success, ResultCode code, String message) {
    return Json.object().put("Success", success).put("Code", code.code()).put("Msg", message);
  }
}
