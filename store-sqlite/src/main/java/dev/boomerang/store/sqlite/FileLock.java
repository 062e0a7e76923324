// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a second store away from the file. SQLite itself would let it in, and the two would then
/// answer from what each believes to be the truth. The operating system lets go of it when the
/// process dies, however it dies.
final class FileLock implements AutoCloseable {
  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  static FileLock take(Path file) throws IOException {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      held = tryLock(channel);
    } finally {
      if (!held) {
        channel.close();
      }
    }
    if (!held) {
      throw new FileSystemException(
          file.toString(), null, "in use by another server (it holds " + path + ")");
    }
    return new FileLock(channel);
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
