// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

import java.util.HashMap;
import java.util.Map;

/// Limits the memory that all calls under way hold together, in bytes: bodies as they arrive, what
/// is unpacked, parsed or filled in from them, and answers until they are sent.
///
/// No caller gets more than half of it, and callers of whom only the address is known no more than
/// three quarters together, so that there is always memory for those whose key was good. Of either
/// share, what still arrives may be half: who sends slowly keeps nobody from being worked for.
public final class MemoryBudget {
  /// Tells whether a request for memory was granted.
  public enum Grant {
    GRANTED,
    /// This call alone holds more than a caller may.
    TOO_LARGE,
    /// Others hold what it would need.
    BUSY
  }

  private final long total;
  private final long perAccount;

  /// The bytes that each account holds, and how many of them are for what still arrives.
  private final Map<String, Sums> accounts = new HashMap<>();

  private final Sums all = new Sums();
  private final Sums anonymous = new Sums();

  private static final class Sums {
    private long held;
    private long arriving;

    boolean fits(long bytes, boolean arrives, long most) {
      return held + bytes <= most && (!arrives || arriving + bytes <= most / 2);
    }

    void add(long bytes, long ofThemArriving) {
      held += bytes;
      arriving += ofThemArriving;
    }
  }

  public MemoryBudget(long totalBytes) {
    if (totalBytes < 1) {
      throw new IllegalArgumentException("the budget must be positive");
    }
    total = totalBytes;
    perAccount = totalBytes / 2;
  }

  /// Returns the most that one caller may hold, in bytes.
  public long perAccount() {
    return perAccount;
  }

  /// Returns the number of bytes held now.
  public synchronized long used() {
    return all.held;
  }

  /// Begins a call from an address.
  public Lease open(String address) {
    return new Lease(address);
  }

  /// A lease is what one call holds. Closing it gives everything back.
  public final class Lease implements AutoCloseable {
    private String account;
    private boolean isAnonymous = true;
    private long held;
    private long arriving;
    private boolean closed;

    private Lease(String address) {
      account = "address " + address;
    }

    /// Takes more bytes for work: all of them or none. A closed lease takes none and returns BUSY.
    public Grant grow(long bytes) {
      return take(bytes, false);
    }

    /// Takes more bytes for a part of the request that arrives.
    public Grant arrive(long bytes) {
      return take(bytes, true);
    }

    private Grant take(long bytes, boolean arrives) {
      synchronized (MemoryBudget.this) {
        if (held + bytes > (arrives ? perAccount / 2 : perAccount)) {
          return Grant.TOO_LARGE;
        }
        Sums mine = accounts.getOrDefault(account, new Sums());
        boolean fits =
            !closed
                && all.fits(bytes, false, total)
                && mine.fits(bytes, arrives, perAccount)
                && (!isAnonymous || anonymous.fits(bytes, arrives, total / 4 * 3));
        if (fits) {
          move(bytes, arrives ? bytes : 0);
        }
        return fits ? Grant.GRANTED : Grant.BUSY;
      }
    }

    /// Says that the request has arrived whole.
    public void arrived() {
      synchronized (MemoryBudget.this) {
        move(0, -arriving);
      }
    }

    /// Adds bytes that are in memory already and cannot be refused any more, beyond the limits too.
    public void add(long bytes) {
      synchronized (MemoryBudget.this) {
        if (!closed) {
          move(bytes, 0);
        }
      }
    }

    /// Gives back all bytes, and stays open.
    public void drop() {
      synchronized (MemoryBudget.this) {
        move(-held, -arriving);
      }
    }

    /// Charges what it holds, and will, to a caller whose key was good.
    public void identify(String caller) {
      synchronized (MemoryBudget.this) {
        long mine = held;
        long mineArriving = arriving;
        move(-mine, -mineArriving);
        account = "caller " + caller;
        isAnonymous = false;
        move(mine, mineArriving);
      }
    }

    private void move(long bytes, long ofThemArriving) {
      held += bytes;
      arriving += ofThemArriving;
      all.add(bytes, ofThemArriving);
      if (isAnonymous) {
        anonymous.add(bytes, ofThemArriving);
      }
      Sums mine = accounts.computeIfAbsent(account, _ -> new Sums());
      mine.add(bytes, ofThemArriving);
      if (mine.held == 0) {
        accounts.remove(account);
      }
    }

    public long held() {
      synchronized (MemoryBudget.this) {
        return held;
      }
    }

    /// Returns whether the other draws on what this one is short of: the same account, or the same
    /// share.
    public boolean competesWith(Lease other) {
      synchronized (MemoryBudget.this) {
        return other.held > 0 && (account.equals(other.account) || other.isAnonymous);
      }
    }

    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        if (!closed) {
          move(-held, -arriving);
          closed = true;
        }
      }
    }
  }
}
