package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.version.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people should see of one collection: the latest that was noticed, each version that was
 * refused, and of each annotator how many annotations are put aside by now, in one line however
 * many rounds did it.
 *
 * <p>Not thread-safe.
 */
final class Notices {
  private static final int MAX = 60;
  private static final Comparator<Notice> BY_TIME = Comparator.comparing(Notice::at);

  /** Oldest first: topics are read in no fixed order. */
  private final List<Notice> told = new ArrayList<>();

  /** By annotator, who was told of last at the end. */
  private final Map<String, PutAside> putAside = new LinkedHashMap<>();

  private record PutAside(Instant at, int examples) {
    PutAside plus(PutAside more) {
      return new PutAside(more.at.isAfter(at) ? more.at : at, examples + more.examples);
    }

    Notice notice(String annotator) {
      return new Notice(
          at,
          "put-aside",
          "",
          "%d of %s by now. They are not learned."
              .formatted(examples, annotator.isEmpty() ? "nobody named" : annotator));
    }
  }

  void add(Notice notice) {
    told.add(notice);
    told.sort(BY_TIME);
    if (told.size() > MAX) {
      told.remove(0);
    }
  }

  void refusal(Refusal refusal) {
    if (refusal.version().isPresent()) {
      add(new Notice(refusal.at(), "refusal", "", refusal.summary()));
    }
    refusal
        .byAnnotator()
        .forEach(
            (annotator, documents) -> {
              PutAside before = putAside.remove(annotator);
              PutAside now = new PutAside(refusal.at(), documents.size());
              putAside.put(annotator, before == null ? now : before.plus(now));
            });
    while (putAside.size() > MAX) {
      putAside.remove(putAside.keySet().iterator().next());
    }
  }

  /** As an array, the latest first. */
  void write(JsonGenerator out) throws IOException {
    List<Notice> all = new ArrayList<>(told);
    putAside.forEach((annotator, examples) -> all.add(examples.notice(annotator)));
    all.sort(BY_TIME.reversed());
    out.writeStartArray();
    for (Notice notice : all) {
      write(out, notice);
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, Notice notice) throws IOException {
    out.writeStartObject();
    out.writeNumberField("at", notice.at().toEpochMilli());
    out.writeStringField("kind", notice.kind());
    if (!notice.type().isEmpty()) {
      out.writeStringField("type", notice.type());
    }
    out.writeStringField("summary", notice.summary());
    out.writeEndObject();
  }
}
