package dev.holdfast.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.document.Token;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.sample.SampleStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  private static final CollectionName SHOP = new CollectionName("shop");
  private static final LabelledDocument LABELLED = new SampleStream(1).at(0);

  @TempDir private Path folder;

  private Path lines() throws IOException {
    Path file = folder.resolve("lines");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write('\n');
      LabelledDocuments.write(out, LABELLED);
    }
    return file;
  }

  @Test
  void aFileThatIsNoJsonLinesIsOneDocumentCalledByItsName() throws IOException {
    Path text = Files.writeString(folder.resolve("receipt.txt"), "Quay Café\nTOTAL 9.00\n");

    List<LabelledDocument> read = Inputs.read(List.of(lines(), text), SHOP);

    assertThat(read).hasSize(2);
    assertThat(read.get(0)).isEqualTo(LABELLED);
    assertThat(read.get(1).document().key()).hasToString("shop/receipt.txt");
    assertThat(read.get(1).document().tokens())
        .extracting(Token::text)
        .containsExactly("Quay", "Café", "TOTAL", "9.00");
    assertThat(read.get(1).annotation().marks()).isEmpty();
  }

  @Test
  void everyFileThatCannotBeReadIsNamedWithItsReason() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7\nnothing of one");
    Path missing = folder.resolve("missing.pdf");

    assertThatThrownBy(() -> Inputs.read(List.of(broken, lines(), missing), SHOP))
        .isInstanceOfSatisfying(
            BadConfiguration.class,
            bad ->
                assertThat(bad.problems())
                    .satisfiesExactly(
                        first -> assertThat(first).startsWith(broken + ": expected"),
                        second ->
                            assertThat(second)
                                .isEqualTo(
                                    "expected a file of documents, found none at " + missing)));
  }

  @Test
  void whereLabelsAreNeededOtherFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("receipt.txt"), "TOTAL 9.00\n");

    assertThatThrownBy(() -> Inputs.read(List.of(text)))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("receipt.txt:1:");
  }
}
