package dev.holdfast.ingest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.BadInput;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/** What becomes of a record on its way through the topology. */
sealed interface Outcome {

  /** A valid message on its way to the place where documents and annotations meet. */
  sealed interface Arrival extends Outcome {}

  /**
   * A valid document.
   *
   * @param json as Holdfast writes it
   */
  record ArrivedDocument(Bytes json) implements Arrival {
    public ArrivedDocument {
      requireNonNull(json, "json is null");
    }
  }

  /**
   * An annotation that is valid by itself; its document may still prove it wrong.
   *
   * @param original the annotation as it came
   */
  record ArrivedAnnotation(ConsumerRecord<byte[], byte[]> original) implements Arrival {
    public ArrivedAnnotation {
      requireNonNull(original, "original is null");
    }
  }

  /** That a document is to be forgotten. */
  record ArrivedForgetting() implements Arrival {}

  /**
   * A document for {@code documents}.
   *
   * @param json as Holdfast writes it
   */
  record Accepted(Bytes json) implements Outcome {
    public Accepted {
      requireNonNull(json, "json is null");
    }
  }

  /**
   * An example for {@code examples}.
   *
   * @param json as Holdfast writes it
   */
  record Known(Bytes json) implements Outcome {
    public Known {
      requireNonNull(json, "json is null");
    }
  }

  /** That a document is forgotten, for {@code documents} and {@code examples}. */
  record Forgotten() implements Outcome {}

  /**
   * A record for {@code rejected}.
   *
   * @param original as it came
   * @param why it is refused
   */
  record Rejection(ConsumerRecord<byte[], byte[]> original, BadInput why) implements Outcome {
    public Rejection {
      requireNonNull(original, "original is null");
      requireNonNull(why, "why is null");
    }
  }
}
