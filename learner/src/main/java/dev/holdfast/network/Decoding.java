package dev.holdfast.network;

import dev.holdfast.document.Document;
import java.util.List;

/** How the values of a field are chosen once its chain is known. */
public enum Decoding {
  /** By the posterior probability of whole spans, each above its field's threshold. */
  SPANS {
    @Override
    List<PredictedValue> values(Document document, Field field, Chain chain) {
      return Decoder.values(document, field, chain);
    }
  },

  /** Those on the most probable path of states, however probable: to compare with. */
  BEST_PATH {
    @Override
    List<PredictedValue> values(Document document, Field field, Chain chain) {
      return Decoder.bestPath(document, field, chain);
    }
  };

  abstract List<PredictedValue> values(Document document, Field field, Chain chain);
}
