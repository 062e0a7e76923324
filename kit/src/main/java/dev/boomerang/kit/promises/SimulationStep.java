// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

/// Names one thing that happens in a [Simulation]. `device` and `pick` are reduced to what exists
/// at that moment, so any numbers make a step.
public record SimulationStep(Act act, int device, int pick) {
  public enum Act {
    PUSH_TO_DEVICE,
    PUSH_TO_USER,
    PUSH_TO_ALL,
    PUSH_LATER,
    PUSH_OVER,
    PUSH_PACED,
    CONNECT,
    DISCONNECT,
    WRITE,
    DEFER,
    RECEIVE,
    OPEN,
    DISMISS,
    SEND_RECEIPTS,
    RECALL_TASK,
    RECALL_DELIVERY,
    RECALL_SCHEDULE,
    STOP,
    RELEASE,
    SECONDS_PASS,
    HOURS_PASS,
    RESTART,
    CRASH,
    CRASH_WHILE_FIRING
  }
}
