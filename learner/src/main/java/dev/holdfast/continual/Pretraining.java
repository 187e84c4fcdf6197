package dev.holdfast.continual;

import dev.holdfast.document.Document;
import dev.holdfast.network.Network;
import dev.holdfast.network.UnlabelledDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Learning the language of documents whatever is known of their fields: the encoder guesses words
 * that are hidden from it. Neither the wide part nor any field moves.
 *
 * <p>Belongs to a learner. Not thread-safe.
 */
public final class Pretraining {
  private final Network network;
  private final ElasticStep step;
  private final double hidden;

  Pretraining(Network network, ElasticStep step, LearningSettings settings) {
    this.network = network;
    this.step = step;
    hidden = settings.maskedWords();
  }

  /** Makes documents ready to be learned from; it counts as the first meeting with each. */
  public List<UnlabelledDocument> meet(List<Document> documents) {
    List<UnlabelledDocument> met = documents.stream().map(network::read).toList();
    met.forEach(network::count);
    return met;
  }

  /**
   * Learns from each of the documents once, in changed order, and remembers none of them.
   *
   * @param seed decides everything that is random in the pass
   * @return nats, mean over the documents of the mean over their hidden words
   */
  public double pass(List<UnlabelledDocument> documents, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<UnlabelledDocument> shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    double loss = 0;
    for (UnlabelledDocument document : shuffled) {
      loss += learn(document, documents.get(random.nextInt(documents.size())), random);
    }
    return documents.isEmpty() ? 0 : loss / documents.size();
  }

  /**
   * Learns from one document once.
   *
   * @param others another one, whose words a guess is to tell from the hidden ones as well
   */
  double learn(UnlabelledDocument document, UnlabelledDocument others, SplittableRandom random) {
    double loss = network.maskedGradient(document, others, hidden, random.nextLong(), step);
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException(
          "document of %d tokens: expected a finite loss of hidden words, was %s"
              .formatted(document.tokens(), loss));
    }
    return loss;
  }
}
