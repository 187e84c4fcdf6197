package dev.holdfast.command;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.process.BadConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files of labelled documents as arguments of commands. */
public final class Inputs {
  private Inputs() {}

  /**
   * Reads all files, one after the other.
   *
   * @throws BadConfiguration with what is wrong with each file, and with documents that come twice
   */
  public static List<LabelledDocument> read(List<Path> files) {
    List<String> problems = new ArrayList<>();
    List<LabelledDocument> documents = new ArrayList<>();
    Map<DocumentKey, Path> seen = new HashMap<>();
    for (Path file : files) {
      for (LabelledDocument document : read(file, problems)) {
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

  private static List<LabelledDocument> read(Path file, List<String> problems) {
    if (!Files.isRegularFile(file)) {
      problems.add("expected a file of labelled documents, found none at " + file);
      return List.of();
    }
    try {
      return LabelledDocuments.read(file);
    } catch (IOException e) {
      problems.add(e.getMessage());
      return List.of();
    }
  }
}
