// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import java.util.HashMap;
import java.util.Map;

/// The memory that all calls under way may hold together, in bytes: bodies as they arrive, what is
/// unpacked, parsed or filled in from them, and answers until they are sent.
///
/// No caller gets more than half of it, and callers of whom only the address is known no more than
/// three quarters together, so that there is always room for those whose key was good.
public final class MemoryBudget {
  /// What is asked for came to this.
  public enum Grant {
    GRANTED,
    /// This call alone holds more than a caller may.
    TOO_LARGE,
    /// Others hold what it would need.
    BUSY
  }

  private final long total;
  private final long perAccount;
  private final long anonymousTotal;

  /// What each account holds.
  private final Map<String, Long> accounts = new HashMap<>();

  private long used;
  private long anonymousUsed;

  public MemoryBudget(long totalBytes) {
    if (totalBytes < 1) {
      throw new IllegalArgumentException("the budget must be positive");
    }
    total = totalBytes;
    perAccount = totalBytes / 2;
    anonymousTotal = totalBytes / 4 * 3;
  }

  /// The most that one caller may hold.
  public long perAccount() {
    return perAccount;
  }

  /// What is held now.
  public synchronized long used() {
    return used;
  }

  /// Begins a call from an address.
  public Lease open(String address) {
    return new Lease(address);
  }

  /// What one call holds. Closing it gives everything back.
  public final class Lease implements AutoCloseable {
    private String account;
    private boolean anonymous = true;
    private long held;
    private boolean closed;

    private Lease(String address) {
      account = "address " + address;
    }

    /// Takes more, or nothing of it. A lease that is closed takes nothing and says BUSY.
    public Grant grow(long bytes) {
      synchronized (MemoryBudget.this) {
        if (held + bytes > perAccount) {
          return Grant.TOO_LARGE;
        }
        if (closed
            || used + bytes > total
            || accounts.getOrDefault(account, 0L) + bytes > perAccount
            || (anonymous && anonymousUsed + bytes > anonymousTotal)) {
          return Grant.BUSY;
        }
        move(bytes);
        return Grant.GRANTED;
      }
    }

    /// Takes what is there already and cannot be refused any more, over the limits too.
    public void add(long bytes) {
      synchronized (MemoryBudget.this) {
        if (!closed) {
          move(bytes);
        }
      }
    }

    /// Gives back what it holds, and stays open.
    public void drop() {
      synchronized (MemoryBudget.this) {
        move(-held);
      }
    }

    /// Charges what it holds, and will, to a caller whose key was good.
    public void identify(String caller) {
      synchronized (MemoryBudget.this) {
        long mine = held;
        move(-mine);
        account = "caller " + caller;
        anonymous = false;
        move(mine);
      }
    }

    private void move(long bytes) {
      held += bytes;
      used += bytes;
      anonymousUsed += anonymous ? bytes : 0;
      long now = accounts.getOrDefault(account, 0L) + bytes;
      if (now == 0) {
        accounts.remove(account);
      } else {
        accounts.put(account, now);
      }
    }

    public long held() {
      synchronized (MemoryBudget.this) {
        return held;
      }
    }

    /// Whether the other draws on what this one is short of: the same account, or the same share.
    public boolean competesWith(Lease other) {
      synchronized (MemoryBudget.this) {
        return other.held > 0 && (account.equals(other.account) || other.anonymous);
      }
    }

    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        if (!closed) {
          closed = true;
          move(-held);
        }
      }
    }
  }
}
