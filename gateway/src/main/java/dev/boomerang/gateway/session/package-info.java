// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The logic of a device session, free of Netty and of sockets: the queue of messages to send, the
/// window of unacknowledged packets, the gate for offered messages, the reader of the mailbox, and
/// the queue of receipts. A session speaks to its connection through [DeviceLink].
///
/// - The state of a session is touched on its event loop only. The one exception is its
///   [OfferGate], which is atomic.
/// - An event loop never blocks: the store is asked on virtual threads, one call at a time for each
///   session and kind, and the answer comes back to the loop as a task.
/// - A message is published inside the engine's fence or not at all. A message that is dropped
///   unsent is reported to the engine, unless it was sent before.
/// - The queues are bounded. What does not fit waits in the store and is read again when there is
///   room.
@NullMarked
package dev.boomerang.gateway.session;

import org.jspecify.annotations.NullMarked;
