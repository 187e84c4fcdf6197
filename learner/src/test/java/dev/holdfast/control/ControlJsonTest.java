package dev.holdfast.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlJsonTest {

  private static Control sample(Action action) {
    String name =
        switch (action.nameKey()) {
          case "digest" -> "sha256:" + "0".repeat(64);
          case "document", "annotator" -> "inv-7";
          case "from" -> "receipts";
          default -> "";
        };
    return new Control(action, action.numberKey().isEmpty() ? 0 : 7, name);
  }

  private static String text(Control control) {
    return new String(JsonOutput.bytes(ControlJson::write, control), StandardCharsets.UTF_8);
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("../docs/schema/control.json")));
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionIsReadBackAndKeepsTheSchema(Action action) throws BadInput, IOException {
    Control control = sample(action);

    assertThat(ControlJson.read(JsonInput.read(utf8(text(control)), 1_000))).isEqualTo(control);
    assertThat(schema().validate(text(control), InputFormat.JSON)).isEmpty();
  }

  @Test
  void aMessageIsWrittenAsDocumented() {
    assertThat(Arrays.stream(Action.values()).map(action -> text(sample(action))))
        .containsExactly(
            "{\"action\":\"rollback\",\"version\":7}",
            "{\"action\":\"pin\",\"version\":7}",
            "{\"action\":\"unpin\"}",
            "{\"action\":\"pause\"}",
            "{\"action\":\"resume\"}",
            "{\"action\":\"consolidate\"}",
            "{\"action\":\"prune\",\"keep\":7}",
            "{\"action\":\"unlearn\",\"document\":\"inv-7\"}",
            "{\"action\":\"trust\",\"annotator\":\"inv-7\"}",
            "{\"action\":\"import\",\"digest\":\"sha256:" + "0".repeat(64) + "\"}",
            "{\"action\":\"fork\",\"from\":\"receipts\",\"version\":7}",
            "{\"action\":\"merge\",\"from\":\"receipts\",\"version\":7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | NOT_JSON",
        "[] | WRONG_TYPE",
        "{} | MISSING_KEY",
        "{\"action\":7} | WRONG_TYPE",
        "{\"action\":\"dream\"} | BAD_VALUE",
        "{\"action\":\"pin\"} | MISSING_KEY",
        "{\"action\":\"pin\",\"version\":0} | BAD_VALUE",
        "{\"action\":\"pin\",\"version\":\"7\"} | WRONG_TYPE",
        "{\"action\":\"prune\",\"version\":7} | MISSING_KEY",
        "{\"action\":\"unlearn\"} | MISSING_KEY",
        "{\"action\":\"unlearn\",\"document\":7} | WRONG_TYPE",
        "{\"action\":\"unlearn\",\"document\":\"a/b\"} | BAD_VALUE",
        "{\"action\":\"trust\"} | MISSING_KEY",
        "{\"action\":\"trust\",\"annotator\":\"\"} | BAD_VALUE",
        "{\"action\":\"import\",\"digest\":\"sha256:0\"} | BAD_VALUE",
        "{\"action\":\"fork\",\"version\":7} | MISSING_KEY",
        "{\"action\":\"merge\",\"from\":\"a/b\",\"version\":7} | BAD_VALUE",
        "{\"action\":\"merge\",\"from\":\"receipts\",\"version\":1000000000000} | BAD_VALUE"
      })
  void aBadMessageIsAFaultWithItsReason(String json, Reason reason) throws IOException {
    ControlMessage message = message("shop", json);

    assertThat(message.collection()).contains(new CollectionName("shop"));
    assertThat(message.control()).isEmpty();
    assertThat(message.fault()).map(BadInput::reason).contains(reason);
    if (reason != Reason.NOT_JSON) {
      assertThat(schema().validate(json, InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void aMessageWithoutAKeyIsAboutTheDefaultCollection() {
    assertThat(message(null, "{\"action\":\"pause\"}").collection())
        .contains(CollectionName.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b"})
  void aKeyThatIsNoNameIsAFaultOfNoCollection(String key) {
    ControlMessage message = message(key, "{\"action\":\"pause\"}");

    assertThat(message.collection()).isEmpty();
    assertThat(message.fault()).isPresent();
  }

  @Test
  void aMessageWithoutAValueIsAFault() {
    assertThat(message("shop", null).fault()).map(BadInput::reason).contains(Reason.NOT_JSON);
  }

  private static ControlMessage message(String key, String json) {
    return ControlMessage.of(
        new ConsumerRecord<>(
            ControlTopics.CONTROL.name(),
            0,
            3,
            key == null ? null : utf8(key),
            json == null ? null : utf8(json)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
