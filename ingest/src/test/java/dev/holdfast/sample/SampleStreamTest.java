package dev.holdfast.sample;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.Document;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.document.Token;
import dev.holdfast.sample.Segment.Drift;
import dev.holdfast.sample.Segment.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStreamTest {
  private static final List<LabelledDocument> DOCUMENTS =
      new SampleStream(11).documents(600).toList();

  @Test
  void sameSeedMakesTheSameBytes() throws IOException {
    assertThat(bytes(4)).isEqualTo(bytes(4)).isNotEqualTo(bytes(5));
  }

  private static byte[] bytes(long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SampleStream(seed).write(out, 60);
    return out.toByteArray();
  }

  @Property(tries = 30, seed = "11")
  void documentDoesNotDependOnThoseBefore(
      @ForAll long seed, @ForAll @IntRange(max = 100_000) int index) {
    SampleStream stream = new SampleStream(seed);
    stream.at(index / 2);

    assertThat(stream.at(index)).isEqualTo(new SampleStream(seed).at(index));
  }

  @Test
  void noTwoDocumentsAreEqual() {
    Set<String> texts = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (LabelledDocument labelled : DOCUMENTS) {
      Document document = labelled.document();
      texts.add(String.join(" ", document.tokens().stream().map(Token::text).toList()));
      ids.add(document.id().value());
    }

    assertThat(texts).hasSameSizeAs(DOCUMENTS);
    assertThat(ids).hasSameSizeAs(DOCUMENTS);
  }

  @Test
  void fileIsReadBack(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SampleStream(11).write(out, 300);
    Path file = Files.write(folder.resolve("sample.jsonl"), out.toByteArray());

    assertThat(LabelledDocuments.read(file)).isEqualTo(DOCUMENTS.subList(0, 300));
  }

  @Test
  void everyTypeComesOftenEnoughToBeLearned() {
    Map<String, Long> counts =
        DOCUMENTS.subList(0, 300).stream()
            .collect(groupingBy(labelled -> labelled.document().type(), counting()));

    assertThat(counts)
        .containsOnlyKeys("receipt", "invoice", "identity_document", "resume", "job_posting")
        .allSatisfy((type, count) -> assertThat(count).isGreaterThanOrEqualTo(30));
    assertThat(counts.get("receipt")).isBetween(95L, 125L);
  }

  @Test
  void segmentsFollowEachOtherWithoutGaps() {
    List<Segment> segments = new SampleStream(11).segments(300);

    assertThat(segments.get(0).start()).isZero();
    for (int i = 1; i < segments.size(); i++) {
      assertThat(segments.get(i).start()).isEqualTo(segments.get(i - 1).end());
    }
    assertThat(segments)
        .extracting(Segment::drift)
        .startsWith(Drift.START)
        .contains(Drift.NEW_TYPE, Drift.NEW_FORMAT, Drift.RETURN)
        .endsWith(Drift.MIXED);
  }

  @Test
  void segmentsAgreeWithTheDocuments() {
    SampleStream stream = new SampleStream(11);
    Set<Format> seen = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (int index = 0; index < 300; index++) {
      int at = index;
      Segment segment =
          stream.segments(300).stream().filter(s -> s.contains(at)).findFirst().orElseThrow();
      Format format = stream.format(index);
      boolean first = index == segment.start();

      assertThat(segment.formats()).contains(format);
      assertThat(DOCUMENTS.get(index).document().type()).isEqualTo(format.type());
      if (first && segment.drift() == Drift.NEW_TYPE) {
        assertThat(types).doesNotContain(format.type());
      } else if (first && segment.drift() == Drift.NEW_FORMAT) {
        assertThat(types).contains(format.type());
        assertThat(seen).doesNotContain(format);
      } else if (first && segment.drift() == Drift.RETURN) {
        assertThat(types).contains(format.type());
        assertThat(stream.format(index - 1).type()).isNotEqualTo(format.type());
      }
      seen.add(format);
      types.add(format.type());
    }
  }

  @Test
  void driftsScaleWithThePlannedLength() {
    List<Segment> segments = new SampleStream(11, 3_000).segments(3_000);

    assertThat(segments)
        .extracting(Segment::start)
        .containsExactlyElementsOf(
            new SampleStream(11).segments(300).stream().map(s -> s.start() * 10).toList());
    assertThat(new SampleStream(11, 20).segments(20)).hasSameSizeAs(segments);
  }

  @Test
  void segmentsBehindTheAskedLengthAreLeftOut() {
    assertThat(new SampleStream(11).segments(45)).hasSize(1);
    assertThat(new SampleStream(11).segments(46)).hasSize(2);
  }

  @Test
  void lengthTooShortForAllDriftsIsRefused() {
    assertThatThrownBy(() -> new SampleStream(11, 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a length of at least 20, was 19");
  }

  @Test
  void indexBelowZeroIsRefused() {
    assertThatThrownBy(() -> new SampleStream(11).at(-1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("expected an index >= 0, was -1");
  }

  @Test
  void renderedDocumentShowsEveryWord() {
    Document document = DOCUMENTS.get(0).document();
    String shown = SampleText.render(document);

    assertThat(shown.replaceAll("\\s", ""))
        .isEqualTo(String.join("", document.tokens().stream().map(Token::text).toList()));
  }
}
