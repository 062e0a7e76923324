// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.error;

import dev.boomerang.web.ErrorRow;

/// The errors of the gateway. A `*` stands for a parameter's name.
///
/// Source: Alibaba Cloud OpenAPI "公共错误码" (common error codes) and answers quoted in public bug
/// reports. Clients parse the two signature texts: up to the string to sign they have exactly one
/// colon, and nothing follows it. See
/// [RpcSignature][dev.boomerang.dialect.mpaas.signature.RpcSignature].
public enum GatewayError implements ErrorRow {
  ACCESS_KEY_NOT_FOUND("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found."),
  ACCESS_KEY_INACTIVE("InvalidAccessKeyId.Inactive", 400, "Specified access key is disabled."),
  RPC_SIGNATURE_MISMATCH(
      "SignatureDoesNotMatch",
      400,
      "Specified signature is not matched with our calculation. server string to sign is:*"),
  ACS3_SIGNATURE_MISMATCH(
      "SignatureDoesNotMatch",
      400,
      "Specified signature does not match our calculation. server StringToSign is [*]"),
  MISSING("Missing*", 400, "* is mandatory for this action."),
  INVALID("Invalid*", 400, "Specified parameter * is not valid."),
  INVALID_FORMAT("InvalidParameter.Format", 400, "Specified parameter Format is not valid."),
  TIMESTAMP_FORMAT(
      "InvalidTimeStamp.Format", 400, "Specified time stamp or date value is not well formatted."),
  TIMESTAMP_EXPIRED(
      "InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired."),
  NONCE_USED("SignatureNonceUsed", 400, "Specified signature nonce was used already."),
  ACTION_NOT_FOUND(
      "InvalidAction.NotFound",
      404,
      "Specified api is not found, please check your url and method."),
  METHOD("UnsupportedHTTPMethod", 400, "This http method is not supported."),
  MALFORMED("InvalidRequest", 400, "The request cannot be read: *."),
  TOO_LARGE("RequestEntityTooLarge", 413, "The request is too large: *."),
  TOO_SLOW("RequestTimeout", 408, "The request did not arrive in time."),
  THROTTLED("Throttling.User", 400, "Request was denied due to user flow control."),
  INTERNAL("InternalError", 500, "The request has failed due to a server fault."),
  UNAVAILABLE(
      "ServiceUnavailable",
      503,
      "The request has failed due to a temporary failure of the server.");
  private final Columns columns;

  GatewayError(String code, int status, String text) {
    columns = new Columns(code, status, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }
}
