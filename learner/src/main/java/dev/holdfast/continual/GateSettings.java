package dev.holdfast.continual;

import dev.holdfast.process.SettingsReader;

/**
 * What is held back from learning, and when a version is refused for what it lost on that.
 *
 * @param heldBackShare share of documents that are held back, by the hash of their name, 0 to less
 *     than 1; 0 switches the gate off
 * @param documents how many are kept at most
 * @param values how many held-back fields of a type, or of one field of it, it takes to judge there
 * @param budget most F1 that a version may lose there, 0 to 1
 * @param significance how probable a loss must be by chance, at most, to count as one, 0 to 1
 * @param sample documents that every version is scored on; more only while it seems to lose
 * @param rehearsals how many remembered documents are learned more when a version was refused
 */
public record GateSettings(
    double heldBackShare,
    int documents,
    int values,
    double budget,
    double significance,
    int sample,
    int rehearsals) {

  static GateSettings from(SettingsReader reader) {
    return new GateSettings(
        reader.number("gate.held-back-share", .05, 0, .5),
        reader.integer("gate.documents", 256, 1, 100_000),
        reader.integer("gate.values", 10, 1, 1_000_000),
        reader.number("gate.budget", .03, 0, 1),
        reader.number("gate.significance", .01, 0, 1),
        reader.integer("gate.sample", 12, 1, 100_000),
        reader.integer("gate.rehearsals", 200, 0, 100_000));
  }

  boolean on() {
    return heldBackShare > 0;
  }
}
