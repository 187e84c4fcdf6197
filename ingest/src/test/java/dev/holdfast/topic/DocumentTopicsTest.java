package dev.holdfast.topic;

import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class DocumentTopicsTest {
  private static final Document INVOICE = document("inv-77", "TOTAL", "1,240.00");

  @Test
  void documentsAndExamplesAreReadAsTheyWereWritten() {
    Example example =
        Example.unknown(INVOICE).with(about(INVOICE).field("total", "1,240.00").annotation());

    assertThat(throughWire(DocumentTopics.DOCUMENTS, INVOICE)).isEqualTo(INVOICE);
    assertThat(throughWire(DocumentTopics.EXAMPLES, example)).isEqualTo(example);
    assertThat(throughWire(DocumentTopics.EXAMPLES, null)).isNull();
  }

  private static <V> V throughWire(Topic<?, V> topic, V value) {
    byte[] bytes = topic.values().serializer().serialize(topic.name(), value);
    return topic.values().deserializer().deserialize(topic.name(), bytes);
  }

  @Test
  void keysAreTextThatKcatCanShow() {
    byte[] key = DocumentTopics.DOCUMENTS.keys().serializer().serialize("documents", INVOICE.key());

    assertThat(new String(key, StandardCharsets.UTF_8)).isEqualTo("default/inv-77");
    assertThat(DocumentTopics.DOCUMENTS.keys().deserializer().deserialize("documents", key))
        .isEqualTo(INVOICE.key());
    assertThat(DocumentTopics.EXAMPLES.keys().deserializer().deserialize("examples", null))
        .isNull();
  }

  @Test
  void valueOfOurOwnThatCannotBeReadBackIsABrokenAssumption() {
    byte[] bytes = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(
            () -> DocumentTopics.DOCUMENTS.values().deserializer().deserialize("documents", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessage("topic documents: expected a string at byte 7, found VALUE_NUMBER_INT");
  }

  @Test
  void topicsHaveNamesOfTheirOwn() {
    assertThat(DocumentTopics.ALL).extracting(Topic::name).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void topicHasALowerCaseNameAndPartitions() {
    assertThatThrownBy(() -> topic("Documents", 1)).hasMessageContaining("\"Documents\" and 1");
    assertThatThrownBy(() -> topic("documents", 0)).hasMessageContaining("\"documents\" and 0");
  }

  private static Topic<byte[], byte[]> topic(String name, int partitions) {
    return new Topic<>(name, Serdes.ByteArray(), Serdes.ByteArray(), partitions, Map.of());
  }

  @Test
  void keyWithoutACollectionIsABrokenAssumption() {
    assertThatThrownBy(() -> DocumentKey.parse("inv-77"))
        .hasMessage("expected collection/id, was 6 characters without '/'");
    assertThat(new DocumentKey(CollectionName.DEFAULT, INVOICE.id())).hasToString("default/inv-77");
  }
}
