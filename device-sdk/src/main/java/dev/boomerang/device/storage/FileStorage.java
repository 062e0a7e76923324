// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Keeps a journal in a file: one line for each record, with a checksum, forced to the disk before
 * {@link #append} returns.
 *
 * <p>A line that power loss cut short or corrupted fails its checksum and is left out; a torn end
 * is cut off before anything is written behind it. {@link #replaceAll} writes a new file beside the
 * old one, forces it, and renames it over the old one.
 */
public final class FileStorage implements DeviceStorage {
  /** The name of the journal in its directory. */
  public static final String JOURNAL = "device.journal";

  private static final String NEXT = "device.journal.next";
  private static final String LOCK = "device.lock";
  private static final int CHECKSUM_LENGTH = 8;

  private final Path directory;
  private Optional<FileChannel> lock = Optional.empty();
  private Optional<FileChannel> journal = Optional.empty();

  FileStorage(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<String> open() throws IOException {
    Files.createDirectories(directory);
    lock();
    Files.deleteIfExists(directory.resolve(NEXT));
    Path file = directory.resolve(JOURNAL);
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    List<String> records = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        record(new String(bytes, start, i - start, UTF_8)).ifPresent(records::add);
        start = i + 1;
      }
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    journal = Optional.of(channel);
    channel.truncate(start);
    channel.position(start);
    return records;
  }

  @Override
  public void append(List<String> records) throws IOException {
    FileChannel channel = channel();
    write(channel, records);
    channel.force(false);
  }

  @Override
  public void replaceAll(List<String> records) throws IOException {
    FileChannel old = channel();
    Path next = directory.resolve(NEXT);
    FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    journal = Optional.of(channel);
    old.close();
    write(channel, records);
    channel.force(true);
    Files.move(
        next,
        directory.resolve(JOURNAL),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
  }

  @Override
  public void close() throws IOException {
    if (journal.isPresent()) {
      journal.get().close();
    }
    if (lock.isPresent()) {
      lock.get().close();
    }
  }

  /** Locks the directory: two clients on one journal would each show what the other has shown. */
  private void lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      held = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      held = false;
    } finally {
      if (!held) {
        channel.close();
      }
    }
    if (!held) {
      throw new IOException(directory + " is in use by another client");
    }
    lock = Optional.of(channel);
  }

  private FileChannel channel() throws IOException {
    if (!journal.isPresent()) {
      throw new IOException("not open");
    }
    return journal.get();
  }

  private static void write(FileChannel channel, List<String> records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String record : records) {
      bytes.write((checksum(record) + " " + record + "\n").getBytes(UTF_8));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static Optional<String> record(String line) {
    if (line.length() <= CHECKSUM_LENGTH || line.charAt(CHECKSUM_LENGTH) != ' ') {
      return Optional.empty();
    }
    String record = line.substring(CHECKSUM_LENGTH + 1);
    return line.startsWith(checksum(record)) ? Optional.of(record) : Optional.empty();
  }

  private static String checksum(String record) {
    CRC32 crc = new CRC32();
    byte[] bytes = record.getBytes(UTF_8);
    crc.update(bytes, 0, bytes.length);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /**
   * Forces the directory to the disk, so that the rename is durable. Some systems cannot open a
   * directory; there the rename has to be enough.
   */
  private void forceDirectory() {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // This system cannot open a directory.
    }
  }
}
