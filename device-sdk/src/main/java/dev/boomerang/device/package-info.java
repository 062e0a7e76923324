// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Contains the device side of Boomerang, for Java and Android (API 26 and up, no Android imports).
 * Start at {@link dev.boomerang.device.PushClient}; an app implements {@link
 * dev.boomerang.device.NotificationHandler}.
 *
 * <p>The API is this package, {@code storage} and {@code registration}; what is below {@code
 * internal} may change at any time.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>One thread, the client's event loop, owns all state and makes every call to the app.
 *       Nothing else touches it; other threads only post to it.
 *   <li>Only what is in the {@link dev.boomerang.device.storage.DeviceStorage} counts: a message is
 *       acknowledged only after it was stored, and a receipt is forgotten only after the server
 *       acknowledged it.
 *   <li>Live changes and the reading of the journal take the same path ({@code
 *       JournaledState.apply}), so a restarted client is in the state the old one had stored.
 * </ul>
 */
@NullMarked
package dev.boomerang.device;

import org.jspecify.annotations.NullMarked;
