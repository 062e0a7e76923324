// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.transform.UnmarshallerContext;

/// Written like the generated response class of that name in Aliyun's mpaas module. The core finds
/// members by the class's name.
public final class PushSimpleResponse extends AcsResponse {
  String resultCode = "";
  String resultMessage = "";
  boolean success;
  String resultMsg = "";
  String data = "";

  @Override
  public AcsResponse getInstance(UnmarshallerContext context) {
    resultCode = context.stringValue("PushSimpleResponse.ResultCode");
    resultMessage = context.stringValue("PushSimpleResponse.ResultMessage");
    success = context.booleanValue("PushSimpleResponse.PushResult.Success");
    resultMsg = context.stringValue("PushSimpleResponse.PushResult.ResultMsg");
    data = context.stringValue("PushSimpleResponse.PushResult.Data");
    return this;
  }
}
