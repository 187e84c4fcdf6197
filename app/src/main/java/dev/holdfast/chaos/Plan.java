package dev.holdfast.chaos;

import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param documents that are sent, those that are sent again not counted
 * @param rate most documents a second
 * @param annotated which share of them is annotated, 0 to 1
 * @param kills how often a process is killed; with none there is no other fault either
 * @param brokers 1 or 3
 * @param seed of documents, annotations and faults
 * @param rebuild how many of the latest versions of each collection are made again at the end
 * @param patience how long nothing may come of what was sent
 */
record Plan(
    int documents,
    double rate,
    double annotated,
    int kills,
    int brokers,
    long seed,
    int rebuild,
    Duration patience) {

  private static final int DOCUMENTS_PER_ORDER = 25;
  private static final int DOCUMENTS_PER_ORDER_OF_A_SOAK = 3000;

  /**
   * How many documents are sent for each order to go back to a version or to go on from it, on
   * average: many between faults, which orders must survive; in a soak about as many as people
   * give.
   */
  int documentsPerOrder() {
    return kills == 0 ? DOCUMENTS_PER_ORDER_OF_A_SOAK : DOCUMENTS_PER_ORDER;
  }

  /** How long documents are sent, when nothing holds them up. */
  double seconds() {
    return documents / rate;
  }

  /** The command that does the same again. */
  String command() {
    return ("./holdfast chaos --documents %d --kills %d --brokers %d --rate %s --annotated %s --seed %d"
            + " --rebuild %d --patience %d")
        .formatted(documents, kills, brokers, rate, annotated, seed, rebuild, patience.toSeconds());
  }
}
