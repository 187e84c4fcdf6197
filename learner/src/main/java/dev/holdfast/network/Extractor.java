package dev.holdfast.network;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.meaning.ValueKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One model version made ready to run.
 *
 * <p>Thread-safe; close it when its last user has left.
 */
public final class Extractor implements AutoCloseable {
  private final Weights weights;
  private final Decoding decoding;
  private final Model model;
  private final Optional<WideRows> wide;
  private final Optional<Encoder.Loaded> encoder;
  private final float[][] strange;

  /** Weights over Holdfast's own encoder. */
  public Extractor(Weights weights) {
    this(weights, Decoding.SPANS, Optional.empty());
  }

  /** Weights over Holdfast's own encoder or over one from a file. */
  public Extractor(Weights weights, Optional<EncoderFile> given) {
    this(weights, Decoding.SPANS, given);
  }

  /**
   * Loads the weights; the first ones in a process with an encoder in use also load the native
   * library. Weights without metadata extract nothing.
   *
   * @param decoding how values are chosen
   * @param given the encoder from a file that there is, if any
   * @throws IllegalArgumentException when the weights are of another format, or over an encoder
   *     that is not there
   */
  public Extractor(Weights weights, Decoding decoding, Optional<EncoderFile> given) {
    this.weights = weights;
    this.decoding = decoding;
    boolean empty = weights.metadata().isEmpty();
    model =
        empty
            ? new Model(new Parameters(1), Convolutions.OWN)
            : WeightsFormat.run(weights, new Parameters(1), given);
    strange = model.strange();
    wide = empty ? Optional.empty() : Optional.of(WeightsFormat.rows(weights));
    encoder = model.hasDeepLogits() ? Optional.of(loadEncoder()) : Optional.empty();
  }

  private Encoder.Loaded loadEncoder() {
    int[] all = new int[model.fields.size()];
    Arrays.setAll(all, k -> k);
    return model.load(WeightsFormat.words(weights), all);
  }

  /** Reads the fields of one document. Cost is linear in its tokens. */
  public Prediction extract(Document document) {
    int stride = WideTable.PAIR * model.fields.size();
    Reading reading = Reading.of(document);
    int tokens = reading.pieces.tokens().size();
    if (stride == 0 || tokens == 0) {
      return Prediction.EMPTY;
    }
    Features features = Featurizer.of(reading);
    float[] logits =
        encoder.isPresent() ? encoder.get().logits(reading, features) : new float[tokens * stride];
    wide.orElseThrow().addLogits(features, logits, stride);
    Chain chain = new Chain();
    SortedMap<FieldName, List<PredictedValue>> found = new TreeMap<>();
    for (int k : model.belonging(features.whole, strange).stream().toArray()) {
      Field field = model.fields.get(k);
      int at = WideTable.PAIR * k;
      chain.load(logits, stride, at, tokens, model.parameters.weights(), field.chain);
      List<PredictedValue> values = decoding.values(reading, field, chain);
      if (!values.isEmpty()) {
        found.put(field.name, values.stream().map(reading::printed).toList());
      }
    }
    return new Prediction(found);
  }

  /** What kind of thing the values of each field are, as the annotations have shown it. */
  public Map<FieldName, ValueKind> kinds() {
    return model.fields.stream().collect(Collectors.toMap(field -> field.name, Field::kind));
  }

  /** The weights it runs. */
  public Weights weights() {
    return weights;
  }

  @Override
  public void close() {
    encoder.ifPresent(Encoder.Loaded::close);
  }
}
