package dev.holdfast.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds for every document, whatever the seed. */
class SampleDocumentsTest {
  private static final List<LabelledDocument> DOCUMENTS =
      new SampleStream(23, 1_000).documents(1_000).toList();

  @Property(tries = 300, seed = "11")
  void valuesAreTheTextOfTheirSpans(@ForAll long seed, @ForAll @IntRange(max = 400) int index) {
    LabelledDocument labelled = new SampleStream(seed).at(index);
    for (FieldValue value : values(labelled)) {
      assertThat(value.spans()).isNotEmpty();
      assertThat(labelled.document().text(value.spans())).isEqualTo(value.text());
    }
  }

  @Property(tries = 300, seed = "11")
  void spansOfOneDocumentDoNotOverlap(@ForAll long seed, @ForAll @IntRange(max = 400) int index) {
    LabelledDocument labelled = new SampleStream(seed).at(index);
    Set<Integer> taken = new HashSet<>();
    for (FieldValue value : values(labelled)) {
      for (TokenSpan span : value.spans()) {
        for (int i = span.start(); i < span.end(); i++) {
          assertThat(taken.add(i)).isTrue();
        }
      }
    }
  }

  @Property(tries = 300, seed = "11")
  void tokensStandInReadingOrderWithoutCollisions(
      @ForAll long seed, @ForAll @IntRange(max = 400) int index) {
    Document document = new SampleStream(seed).at(index).document();
    for (int i = 1; i < document.tokens().size(); i++) {
      Token before = document.tokens().get(i - 1);
      Token token = document.tokens().get(i);
      assertThat(token.page()).isGreaterThanOrEqualTo(before.page());
      assertThat(token.line()).isBetween(before.line(), before.line() + 1);
      if (token.line() == before.line()) {
        assertThat(token.page()).isEqualTo(before.page());
        assertThat(token.box().x0())
            .describedAs("%s of %s", token, SampleText.render(document))
            .isGreaterThanOrEqualTo(before.box().x1() - 2);
      }
    }
  }

  @Property(tries = 200, seed = "11")
  void nothingIsPrintedBeyondTheEdges(@ForAll long seed, @ForAll @IntRange(max = 400) int index) {
    Document document = new SampleStream(seed).at(index).document();
    for (Token token : document.tokens()) {
      assertThat(token.box().x1())
          .describedAs("%s of %s", token, SampleText.render(document))
          .isLessThan(1000);
      assertThat(token.box().y1()).describedAs(SampleText.render(document)).isLessThan(1000);
      assertThat(token.box().x0()).isPositive();
      assertThat(token.box().y0()).isPositive();
    }
  }

  @Test
  void everyFieldOfTheTypeIsMarked() {
    for (LabelledDocument labelled : DOCUMENTS) {
      assertThat(labelled.annotation().marks().keySet())
          .containsExactlyElementsOf(kind(labelled).fields());
    }
  }

  @Test
  void fieldsComeAndGo() {
    for (Kind kind : Kind.values()) {
      List<LabelledDocument> documents =
          DOCUMENTS.stream().filter(labelled -> kind(labelled) == kind).toList();
      boolean anyIsOptional = false;
      for (FieldName field : kind.fields()) {
        double present =
            documents.stream()
                .filter(labelled -> !values(labelled, field.value()).isEmpty())
                .count();
        double share = present / documents.size();
        assertThat(share).describedAs("%s of %s", field, kind).isGreaterThan(0.1);
        anyIsOptional |= share < 0.8;
      }
      assertThat(anyIsOptional).isTrue();
    }
  }

  @Test
  void accountNumbersHaveRightCheckDigits() {
    List<String> numbers = texts("iban");

    assertThat(numbers).hasSizeGreaterThan(50);
    for (String number : numbers) {
      String plain = number.replace(" ", "");
      assertThat(CheckDigits.remainder(plain.substring(4) + plain.substring(0, 4))).isEqualTo(1);
    }
  }

  @Test
  void readableZonesHaveRightLengthsAndCheckDigits() {
    List<String> zones = texts("mrz");

    assertThat(zones).hasSizeGreaterThan(50);
    assertThat(zones).anyMatch(zone -> zone.length() == 44 + 1 + 44);
    assertThat(zones).anyMatch(zone -> zone.length() == 3 * 30 + 2);
    for (String zone : zones) {
      List<String> lines = Arrays.asList(zone.split(" ", -1));
      if (lines.size() == 2) {
        String line = lines.get(1);
        checked(line.substring(0, 10));
        checked(line.substring(13, 20));
        checked(line.substring(21, 28));
        checked(line.substring(28, 43));
        checked(line.substring(0, 10) + line.substring(13, 20) + line.substring(21));
      } else {
        String second = lines.get(1);
        checked(lines.get(0).substring(5, 15));
        checked(second.substring(0, 7));
        checked(second.substring(8, 15));
        checked(
            lines.get(0).substring(5)
                + second.substring(0, 7)
                + second.substring(8, 15)
                + second.substring(18));
      }
    }
  }

  private static void checked(String part) {
    int last = part.length() - 1;
    assertThat(part.charAt(last) - '0').isEqualTo(CheckDigits.zone(part.substring(0, last)));
  }

  @Test
  void netAndTaxOfAnInvoiceAddUpToItsTotal() {
    List<LabelledDocument> invoices =
        DOCUMENTS.stream().filter(labelled -> kind(labelled) == Kind.INVOICE).toList();

    assertThat(invoices).hasSizeGreaterThan(100);
    for (LabelledDocument invoice : invoices) {
      long tax = values(invoice, "tax").stream().mapToLong(SampleDocumentsTest::cents).sum();
      long net = cents(values(invoice, "net").get(0));
      assertThat(net + tax).isEqualTo(cents(values(invoice, "total").get(0)));
    }
  }

  private static long cents(FieldValue value) {
    return Long.parseLong(value.text().replaceAll("[^0-9]", ""));
  }

  @Test
  void someValuesAreInPieces() {
    for (String field : List.of("customer_address", "residence", "mrz")) {
      List<FieldValue> values =
          DOCUMENTS.stream().flatMap(labelled -> values(labelled, field).stream()).toList();
      assertThat(values).describedAs(field).anyMatch(value -> value.spans().size() > 1);
    }
  }

  @Test
  void someFieldsHaveSeveralValues() {
    for (String field : List.of("skill", "employer", "degree", "language")) {
      assertThat(DOCUMENTS)
          .describedAs(field)
          .anyMatch(labelled -> values(labelled, field).size() > 1);
    }
  }

  @Test
  void valuesAreMostlyUnseen() {
    for (String field : List.of("company", "supplier", "address", "iban", "name", "employer")) {
      List<String> texts = texts(field);
      assertThat(new HashSet<>(texts).size())
          .describedAs(field)
          .isGreaterThan(texts.size() * 9 / 10);
    }
  }

  @Test
  void invoicesComeInFourLanguages() {
    assertThat(DOCUMENTS.stream().map(labelled -> labelled.document().language()).distinct())
        .containsExactlyInAnyOrder("en", "de", "fr", "es");
  }

  @Test
  void peopleInTheirRolesAnnotate() {
    assertThat(DOCUMENTS)
        .allSatisfy(
            labelled -> {
              assertThat(labelled.annotation().source()).isEqualTo(Source.HUMAN);
              assertThat(labelled.annotation().annotator()).matches("reviewer-[1-4]");
            });
  }

  private static Kind kind(LabelledDocument labelled) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.type().equals(labelled.document().type()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(String field) {
    return DOCUMENTS.stream()
        .flatMap(labelled -> values(labelled, field).stream())
        .map(FieldValue::text)
        .toList();
  }

  private static List<FieldValue> values(LabelledDocument labelled, String field) {
    Mark mark = labelled.annotation().marks().get(new FieldName(field));
    return mark == null ? List.of() : mark.values();
  }

  private static List<FieldValue> values(LabelledDocument labelled) {
    return labelled.annotation().marks().values().stream()
        .flatMap(mark -> mark.values().stream())
        .toList();
  }
}
