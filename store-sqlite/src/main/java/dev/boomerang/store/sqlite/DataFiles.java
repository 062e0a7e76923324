// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Knows the files of an open store, and whether they are still those that were opened. SQLite goes
/// on writing to a file that was deleted or moved away, and all of that would be gone with the
/// process.
final class DataFiles {
  private static final String OWNER_ONLY = "rw-------";
  private static final String OWNER_FOLDER = "rwx------";

  /// Below this the disk counts as full: a checkpoint or a large push would not fit.
  private static final long LEAST_FREE_BYTES = 1 << 20;

  private final Path folder;
  private final List<Opened> files;

  private record Opened(Path path, Optional<Object> key) {
    static Opened of(Path path) throws IOException {
      return new Opened(path, keyOf(path));
    }

    boolean isStill() {
      try {
        return keyOf(path).equals(key);
      } catch (IOException _) {
        return false;
      }
    }
  }

  private DataFiles(Path folder, List<Opened> files) {
    this.folder = folder;
    this.files = files;
  }

  /// Remembers the database and its log, which must exist.
  static DataFiles opened(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    return new DataFiles(folder, List.of(Opened.of(file), Opened.of(beside(file, "-wal"))));
  }

  /// Makes the folder, and in it the database's file and its companions, for nobody but their
  /// owner. What is there already stays as it is.
  static void make(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    boolean posix = false;
    if (!Files.exists(folder)) {
      Path above = folder.getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      posix = Files.getFileStore(above == null ? folder : above).supportsFileAttributeView("posix");
      if (posix) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_FOLDER)));
      } else {
        Files.createDirectory(folder);
      }
    }
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      makePrivate(file);
      makePrivate(beside(file, ".lock"));
    }
  }

  /// SQLite gives its log and index the permissions of the database.
  private static void makePrivate(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }
  }

  static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /// Returns what is wrong with the files; empty if they are those that were opened.
  Optional<IOException> missing() {
    for (Opened file : files) {
      if (!file.isStill()) {
        return Optional.of(
            new FileSystemException(
                file.path().toString(), null, "deleted or replaced while the store is open"));
      }
    }
    return Optional.empty();
  }

  /// Returns whether the file system has next to no room left.
  boolean isFull() throws IOException {
    return Files.getFileStore(folder).getUsableSpace() < LEAST_FREE_BYTES;
  }

  /// Returns the key of a file; empty where the file system has none.
  private static Optional<Object> keyOf(Path path) throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }
}
