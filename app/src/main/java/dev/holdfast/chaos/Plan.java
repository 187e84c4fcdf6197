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

  /** How long documents are sent, when nothing holds them up. */
  double seconds() {
    return documents / rate;
  }

  /** The command that does the same again. */
  String command() {
    return "./holdfast chaos --documents %d --kills %d --brokers %d --rate %s --annotated %s --seed %d"
        .formatted(documents, kills, brokers, rate, annotated, seed);
  }
}
