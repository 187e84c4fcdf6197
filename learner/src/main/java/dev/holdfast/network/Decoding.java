package dev.holdfast.network;

import java.util.List;

/** How the values of a field are chosen once its chain is known. */
public enum Decoding {
  /** By the posterior probability of whole spans, each above its field's threshold. */
  SPANS {
    @Override
    List<PredictedValue> values(Reading reading, Field field, Chain chain) {
      return Decoder.values(reading, field, chain);
    }
  },

  /** Those on the most probable path of states, however probable: to compare with. */
  BEST_PATH {
    @Override
    List<PredictedValue> values(Reading reading, Field field, Chain chain) {
      return Decoder.bestPath(reading, field, chain);
    }
  };

  abstract List<PredictedValue> values(Reading reading, Field field, Chain chain);
}
