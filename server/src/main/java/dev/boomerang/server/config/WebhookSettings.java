// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.engine.webhook.WebhookDispatcher;
import dev.boomerang.server.http.WebhookClientConfig;

/// Settings of how webhook events are sent, and where they may go.
public record WebhookSettings(WebhookDispatcher.Config engine, WebhookClientConfig outbound) {}
