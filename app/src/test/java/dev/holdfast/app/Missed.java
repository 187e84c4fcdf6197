package dev.holdfast.app;

import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.sample.SampleStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A value that a person reads in a document and the model did not find. */
record Missed(String field, TokenSpan span, String text) {

  /** Sends invoices until there is such a value in one, which is open then. */
  static Missed open(ConsoleStage stage) {
    SampleStream sample = new SampleStream(23);
    List<LabelledDocument> invoices =
        IntStream.range(0, 1_000)
            .mapToObj(sample::at)
            .filter(labelled -> labelled.document().type().equals("invoice"))
            .filter(labelled -> labelled.document().tokens().size() < 150)
            .limit(20)
            .toList();
    for (LabelledDocument invoice : invoices) {
      stage.send(invoice.document());
      stage.page().openDocument(invoice.document().id().value());
      stage.page().awaitText(".document-head", "extracted by version");
      Optional<Missed> missed = in(invoice, stage.page().browser().text(".fields-found"));
      if (missed.isPresent()) {
        return missed.get();
      }
    }
    throw new AssertionError("expected something that is not found in 20 invoices, was all found");
  }

  private static Optional<Missed> in(LabelledDocument labelled, String found) {
    for (var mark : labelled.annotation().marks().entrySet()) {
      List<FieldValue> values = mark.getValue().values();
      if (values.size() == 1 && values.get(0).spans().size() == 1) {
        String text = labelled.document().text(values.get(0).spans());
        if (!found.contains(text)) {
          return Optional.of(new Missed(mark.getKey().value(), values.get(0).spans().get(0), text));
        }
      }
    }
    return Optional.empty();
  }
}
