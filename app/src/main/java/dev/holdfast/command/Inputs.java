package dev.holdfast.command;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.format.DocumentFiles;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.wire.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files of documents as arguments of commands. */
public final class Inputs {
  private Inputs() {}

  /**
   * Reads all files, one after the other.
   *
   * @throws BadConfiguration with what is wrong with each file, and with documents that come twice
   */
  public static List<LabelledDocument> read(List<Path> files) {
    return read(files, Inputs::lines);
  }

  /**
   * Reads all files, one after the other; one that is in a format of {@link DocumentFiles} is one
   * document, with its name for an id and without an annotation.
   *
   * @param collection of the latter
   * @throws BadConfiguration as {@link #read(List)}
   */
  public static List<LabelledDocument> read(List<Path> files, CollectionName collection) {
    return read(
        files,
        file -> LabelledDocuments.isOne(file) ? lines(file) : List.of(document(file, collection)));
  }

  private interface Reader {
    List<LabelledDocument> read(Path file) throws IOException;
  }

  private static List<LabelledDocument> read(List<Path> files, Reader reader) {
    List<String> problems = new ArrayList<>();
    List<LabelledDocument> documents = new ArrayList<>();
    Map<DocumentKey, Path> seen = new HashMap<>();
    for (Path file : files) {
      for (LabelledDocument document : read(file, reader, problems)) {
        Path before = seen.put(document.document().key(), file);
        if (before != null) {
          problems.add(
              "%s: expected each document once, found %s again, first in %s"
                  .formatted(file, document.document().key(), before));
        }
        documents.add(document);
      }
    }
    if (!problems.isEmpty()) {
      throw new BadConfiguration(problems);
    }
    return documents;
  }

  private static List<LabelledDocument> read(Path file, Reader reader, List<String> problems) {
    if (!Files.isRegularFile(file)) {
      problems.add("expected a file of documents, found none at " + file);
      return List.of();
    }
    try {
      return reader.read(file);
    } catch (IOException e) {
      problems.add(e.getMessage());
      return List.of();
    }
  }

  private static List<LabelledDocument> lines(Path file) throws IOException {
    return LabelledDocuments.read(file);
  }

  private static LabelledDocument document(Path file, CollectionName collection)
      throws IOException {
    try {
      DocumentId id = new DocumentId(file.getFileName().toString());
      return LabelledDocument.bare(DocumentFiles.read(file, id, collection));
    } catch (BadInput | IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
