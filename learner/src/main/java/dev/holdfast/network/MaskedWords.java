package dev.holdfast.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Some words of a document, hidden from Holdfast's own encoder, which has to guess them from all
 * that stands around them: so it learns from documents that nobody has annotated.
 *
 * <p>The masked-word task of Devlin et al. 2019 (arXiv:1810.04805). Departures: a guess is a
 * vector, and its product with the vector that a word has at the input is the word's score (Press
 * and Wolf 2017, arXiv:1608.05859); the softmax runs over the different words of this document and
 * of another one, so that there is no vocabulary; a hidden word is always replaced, and what the
 * layout tells of its kind is hidden with it.
 *
 * <p>Of a long document one window is read. Words that differ in digits or case alone are one word.
 * Used once; not thread-safe.
 */
final class MaskedWords {
  /** Numbers of the layer that makes a guess of the encoder's output. */
  static final int LAYER = Convolutions.WORD * (Convolutions.WIDTH + 1);

  /** Numbers it learns: that layer, then the vector that stands for a hidden word. */
  static final int PARAMETERS = LAYER + Convolutions.WORD;

  /** Tokens that are read at once. */
  private static final int WINDOW = 512;

  private final EmbeddingTable words;
  private final Features features;
  private final int from;
  private final int tokens;
  private final int[] hidden;

  /** The different words, and which of them each token of the window is. */
  private final List<Place> candidates = new ArrayList<>();

  private final int[] candidateOf;
  private final FeatureIndex folded = new FeatureIndex(1 << 10);

  /** Vectors of the candidates, and the gradient by them, one after the other. */
  private final float[] vectors;

  private final float[] byVectors;

  /** Where a word stands. */
  private record Place(Features features, int token) {}

  /**
   * @param others another document, for its words
   * @param share of the words that are hidden, 0 to 1
   * @param seed decides which
   */
  MaskedWords(EmbeddingTable words, Features features, Features others, double share, long seed) {
    this.words = words;
    this.features = features;
    SplittableRandom random = new SplittableRandom(seed);
    tokens = Math.min(WINDOW, features.tokens);
    from = random.nextInt(features.tokens - tokens + 1);
    candidateOf = new int[tokens];
    for (int t = 0; t < tokens; t++) {
      candidateOf[t] = candidate(features, from + t);
    }
    int read = Math.min(WINDOW, others.tokens);
    int first = random.nextInt(others.tokens - read + 1);
    for (int t = first; t < first + read; t++) {
      candidate(others, t);
    }
    hidden = IntStream.range(0, tokens).filter(t -> random.nextDouble() < share).toArray();
    vectors = new float[candidates.size() * Convolutions.WORD];
    byVectors = new float[vectors.length];
    for (int c = 0; c < candidates.size(); c++) {
      words.add(
          candidates.get(c).features(), candidates.get(c).token(), vectors, c * Convolutions.WORD);
    }
  }

  private int candidate(Features of, int token) {
    int before = candidates.size();
    int candidate = folded.findOrAdd(of.own[of.ownStart(token) + Features.FOLDED]);
    if (candidate == before) {
      candidates.add(new Place(of, token));
    }
    return candidate;
  }

  /** Fresh weights: normal with variance 1 / inputs, biases and the hidden word's vector 0. */
  static void initialize(float[] weights, int offset, long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    float scale = (float) Math.sqrt(1.0 / Convolutions.WIDTH);
    for (int k = 0; k < LAYER; k++) {
      boolean bias = k % (Convolutions.WIDTH + 1) == Convolutions.WIDTH;
      weights[offset + k] = bias ? 0 : scale * (float) random.nextGaussian();
    }
  }

  /** How many words are hidden. */
  int hidden() {
    return hidden.length;
  }

  /**
   * The negative log-likelihood of the hidden words and its gradient by all that guessed them.
   *
   * @param parameters holds the weights
   * @param encoder where the encoder's lie
   * @param own where the {@link #PARAMETERS} of this task lie
   * @return nats, mean over the hidden words; 0 when there are none
   */
  double gradient(Parameters parameters, int encoder, int own, GradientConsumer consumer) {
    if (hidden.length == 0) {
      return 0;
    }
    float[] weights = parameters.weights();
    double[] loss = new double[1];
    Encoder.Gradients gradients =
        Convolutions.gradients(
            Arrays.copyOfRange(weights, encoder, encoder + Convolutions.PARAMETERS),
            Arrays.copyOfRange(weights, own, own + LAYER),
            input(Arrays.copyOfRange(weights, own + LAYER, own + PARAMETERS)),
            tokens,
            guesses -> {
              float[] byGuesses = new float[guesses.length];
              for (int t : hidden) {
                loss[0] += guess(guesses, byGuesses, t);
              }
              return byGuesses;
            });
    float[] byOwn = Arrays.copyOf(gradients.head, PARAMETERS);
    EmbeddingTable.Gradients byWords = words.gradients();
    backward(gradients.input, byOwn, byWords);
    consumer.accept(GradientConsumer.Part.HEAD, own, byOwn, 0, PARAMETERS, 0);
    consumer.accept(
        GradientConsumer.Part.ENCODER, encoder, gradients.flat, 0, Convolutions.PARAMETERS, 0);
    byWords.handTo(consumer);
    return loss[0] / hidden.length;
  }

  private float[] input(float[] unknown) {
    float[] input = new float[tokens * Convolutions.INPUT];
    for (int t = 0; t < tokens; t++) {
      words.input(features, from + t, input, t * Convolutions.INPUT);
    }
    for (int t : hidden) {
      int at = t * Convolutions.INPUT;
      System.arraycopy(unknown, 0, input, at, Convolutions.WORD);
      Arrays.fill(
          input,
          at + Convolutions.WORD + Features.KIND,
          at + Convolutions.WORD + Features.KIND + Features.KINDS,
          0f);
    }
    return input;
  }

  /** The loss of one guess; adds to the gradients by it and by the candidates. */
  private double guess(float[] guesses, float[] byGuesses, int token) {
    int at = token * Convolutions.WORD;
    double[] share = new double[candidates.size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < share.length; c++) {
      float score = 0;
      for (int k = 0; k < Convolutions.WORD; k++) {
        score += guesses[at + k] * vectors[c * Convolutions.WORD + k];
      }
      share[c] = score;
      largest = Math.max(largest, score);
    }
    double right = share[candidateOf[token]] - largest;
    double sum = 0;
    for (int c = 0; c < share.length; c++) {
      share[c] = Math.exp(share[c] - largest);
      sum += share[c];
    }
    for (int c = 0; c < share.length; c++) {
      double over = share[c] / sum - (c == candidateOf[token] ? 1 : 0);
      float g = (float) (over / hidden.length);
      for (int k = 0; k < Convolutions.WORD; k++) {
        byGuesses[at + k] += g * vectors[c * Convolutions.WORD + k];
        byVectors[c * Convolutions.WORD + k] += g * guesses[at + k];
      }
    }
    return Math.log(sum) - right;
  }

  private void backward(float[] byInput, float[] byOwn, EmbeddingTable.Gradients byWords) {
    int h = 0;
    for (int t = 0; t < tokens; t++) {
      if (h < hidden.length && hidden[h] == t) {
        for (int k = 0; k < Convolutions.WORD; k++) {
          byOwn[LAYER + k] += byInput[t * Convolutions.INPUT + k];
        }
        h++;
      } else {
        byWords.add(features, from + t, byInput, t * Convolutions.INPUT);
      }
    }
    for (int c = 0; c < candidates.size(); c++) {
      Place place = candidates.get(c);
      byWords.add(place.features(), place.token(), byVectors, c * Convolutions.WORD);
    }
  }
}
