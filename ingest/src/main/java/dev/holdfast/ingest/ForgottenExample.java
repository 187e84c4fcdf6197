package dev.holdfast.ingest;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.ingest.Outcome.Forgotten;
import dev.holdfast.topic.Forgetting;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Says among the examples of its collection that a document is forgotten. */
final class ForgottenExample
    extends ContextualProcessor<DocumentKey, Forgotten, CollectionName, Bytes> {

  @Override
  public void process(Record<DocumentKey, Forgotten> record) {
    DocumentKey document = record.key();
    context()
        .forward(
            new Record<>(
                document.collection(),
                null,
                record.timestamp(),
                Forgetting.ofDocument(document.id())));
  }
}
