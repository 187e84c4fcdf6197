package dev.holdfast.bench;

import dev.holdfast.command.Inputs;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.process.BadConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a stream in which documents of one type arrive.
 *
 * @param type whose documents these are; segments of one type have one test set
 * @param training the documents to learn, in order
 * @param tests what the type is tested with
 */
record StreamSegment(String type, List<LabelledDocument> training, TestSet tests) {
  /** How a segment is written on the command line. */
  static final String FORM = "NAME=TRAIN[@FROM-TO%]:TEST";

  private static final Pattern WRITTEN =
      Pattern.compile("([A-Za-z0-9._-]+)=(.+?)(?:@(\\d{1,3})-(\\d{1,3})%)?:([^:]+)");

  StreamSegment {
    training = List.copyOf(training);
  }

  /**
   * Reads segments as they are written on the command line.
   *
   * @param written each in the form {@link #FORM}; {@code @0-50%} takes the first half of a file
   * @param limit most training documents of each
   * @throws BadConfiguration with all that is wrong
   */
  static List<StreamSegment> read(List<String> written, int limit) {
    List<String> problems = new ArrayList<>();
    List<StreamSegment> segments = new ArrayList<>();
    Map<String, Path> testFiles = new LinkedHashMap<>();
    for (String one : written) {
      Matcher parts = WRITTEN.matcher(one);
      if (!parts.matches()) {
        problems.add("expected a segment %s, was %s".formatted(FORM, one));
        continue;
      }
      Path tests = Path.of(parts.group(5));
      Path known = testFiles.putIfAbsent(parts.group(1), tests);
      if (known != null && !known.equals(tests)) {
        problems.add(
            "expected one test file for %s, was %s and %s".formatted(parts.group(1), known, tests));
      }
      try {
        List<LabelledDocument> training =
            part(Inputs.read(List.of(Path.of(parts.group(2)))), parts);
        segments.add(
            new StreamSegment(
                parts.group(1),
                training.subList(0, Math.min(limit, training.size())),
                new TestSet(Inputs.read(List.of(tests)))));
      } catch (BadConfiguration e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadConfiguration(problems);
    }
    return segments;
  }

  private static List<LabelledDocument> part(List<LabelledDocument> all, Matcher parts) {
    int from = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    int to = parts.group(4) == null ? 100 : Integer.parseInt(parts.group(4));
    List<LabelledDocument> part =
        from < to && to <= 100
            ? all.subList(all.size() * from / 100, all.size() * to / 100)
            : List.of();
    if (part.isEmpty()) {
      throw new BadConfiguration(
          List.of(
              "%s: expected some of its documents, was %d to %d percent of %d"
                  .formatted(parts.group(2), from, to, all.size())));
    }
    return part;
  }
}
