package dev.holdfast.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * Where a process with its own Kafka keeps everything.
 *
 * @param path of the folder
 */
record DataFolder(Path path) {

  /** The user's folder for such data, {@code $XDG_DATA_HOME} or {@code ~/.local/share}. */
  static DataFolder ofUser(String name) {
    String home = System.getenv("XDG_DATA_HOME");
    Path base =
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(home);
    return new DataFolder(base.resolve("holdfast").resolve(name));
  }

  /** A new one for one run; see {@link #delete}. */
  static DataFolder temporary() throws IOException {
    return new DataFolder(Files.createTempDirectory("holdfast-"));
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  /** Settings that put everything that services keep on disk into this folder. */
  Map<String, String> settings() {
    return Map.of("ingest.state-directory", path.resolve("ingest").toString());
  }

  /** Removes the folder with all that is in it. */
  void delete() {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
