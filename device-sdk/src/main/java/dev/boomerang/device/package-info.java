// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The device side of Boomerang, for Java and Android (API 26 and up, no Android imports). Start at
 * {@link dev.boomerang.device.PushClient}; an app implements {@link dev.boomerang.device.Screen}.
 *
 * <p>Invariants of this package:
 *
 * <ul>
 *   <li>One thread, the client's loop, owns all state and makes every call to the app. Nothing else
 *       touches it; other threads only post to it.
 *   <li>What is not in the {@link dev.boomerang.device.DeviceStorage} has not happened: a message
 *       is acknowledged only after it was stored, a receipt is forgotten only after the server
 *       acknowledged it.
 *   <li>Live changes and the reading of the journal take the same path ({@code Chapter.apply}), so
 *       a restarted client is in the state the old one had stored.
 * </ul>
 */
@NullMarked
package dev.boomerang.device;

import org.jspecify.annotations.NullMarked;
