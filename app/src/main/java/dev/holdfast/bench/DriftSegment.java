package dev.holdfast.bench;

import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.sample.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A part of a stream in which nothing changes. Stateful: each document comes when it is asked for.
 */
interface DriftSegment {
  /** Lessons of a segment of the sample stream. */
  int SAMPLE_LESSONS = 60;

  /** In a sample stream 300 documents long the shortest segment is of so many. */
  int SHORTEST_OF_300 = 18;

  /** What the learner learns of it; none of these comes in the stream. */
  List<Example> lessons();

  /** The next document. */
  Document next();

  /** What makes it differ from the segment before. */
  String kind();

  /**
   * Documents of a file. The first half are lessons; the stream is drawn from the second half, with
   * replacement, so it may be of any length.
   */
  static DriftSegment of(List<LabelledDocument> file, long seed) {
    int half = file.size() / 2;
    List<Example> lessons = file.subList(0, half).stream().map(LabelledDocument::example).toList();
    List<LabelledDocument> rest = file.subList(half, file.size());
    SplittableRandom random = new SplittableRandom(seed);
    return new DriftSegment() {
      @Override
      public List<Example> lessons() {
        return lessons;
      }

      @Override
      public Document next() {
        return rest.get(random.nextInt(rest.size())).document();
      }

      @Override
      public String kind() {
        return "new file";
      }
    };
  }

  /** The segments of the sample stream, each at least {@code documents} long. */
  static List<DriftSegment> sample(long seed, int documents) {
    int length = documents * 300 / SHORTEST_OF_300;
    SampleStream stream = new SampleStream(seed, length);
    SampleStream lessons = new SampleStream(~seed, length);
    List<DriftSegment> segments = new ArrayList<>();
    for (Segment segment : stream.segments(length)) {
      segments.add(sample(stream, lessons, segment));
    }
    return segments;
  }

  private static DriftSegment sample(SampleStream stream, SampleStream lessons, Segment segment) {
    return new DriftSegment() {
      private int next = segment.start();

      @Override
      public List<Example> lessons() {
        return IntStream.range(segment.start(), segment.start() + SAMPLE_LESSONS)
            .mapToObj(i -> lessons.at(i).example())
            .toList();
      }

      @Override
      public Document next() {
        return stream.at(next++).document();
      }

      @Override
      public String kind() {
        return segment.drift().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    };
  }
}
