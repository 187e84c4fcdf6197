package dev.holdfast.bench;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.LabelledDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A long stream in which a few known types take turns and new types come in between, all as hard as
 * those they are made of. Each segment has documents of its own, drawn from those of its type.
 *
 * @param types what the segments are made of
 * @param documents of each segment
 * @param tests documents that a type is tested with
 * @param freshEvery which segments teach a type that is new: every so many
 */
record LongStream(List<StreamSegment> types, int documents, int tests, int freshEvery) {

  /**
   * A segment.
   *
   * @param number from 1
   * @param fresh whether its type is new
   * @param type whose documents these are
   * @param training to learn
   * @param tests of the same type
   */
  record Segment(
      int number, boolean fresh, String type, List<LabelledDocument> training, TestSet tests) {}

  LongStream {
    types = List.copyOf(types);
  }

  /** That segment; always the same with the same seed. */
  Segment segment(int number, long seed) {
    boolean fresh = number % freshEvery == 0;
    int turn = fresh ? number / freshEvery : number - number / freshEvery;
    StreamSegment type = types.get((turn - 1) % types.size());
    List<LabelledDocument> shuffled = new ArrayList<>(type.training());
    Collections.shuffle(shuffled, new Random(seed * 1_000_003 + number));
    List<LabelledDocument> drawn =
        shuffled.subList(0, Math.min(documents, shuffled.size())).stream()
            .map(labelled -> again(labelled, number))
            .toList();
    TestSet some = type.tests().sample(tests);
    if (!fresh) {
      return new Segment(number, false, type.type(), drawn, some);
    }
    Renaming renaming = new Renaming("-" + number, new SplittableRandom(seed * 1_000_003 + number));
    return new Segment(
        number,
        true,
        type.type(),
        drawn.stream().map(renaming::of).toList(),
        new TestSet(some.documents().stream().map(renaming::of).toList()));
  }

  /** A document that comes again in another segment counts as another one. */
  private static LabelledDocument again(LabelledDocument labelled, int number) {
    Document old = labelled.document();
    Document document =
        new Document(
            new DocumentId(old.id() + "@" + number),
            old.collection(),
            old.type(),
            old.language(),
            old.pages(),
            old.tokens());
    Annotation said = labelled.annotation();
    return new LabelledDocument(
        document,
        new Annotation(document.key(), said.annotator(), said.source(), said.at(), said.marks()));
  }
}
