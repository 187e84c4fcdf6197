package dev.holdfast.continual;

/**
 * What one round did.
 *
 * @param examples how many were given
 * @param updates how many documents were learned, visits counted one by one
 * @param loss mean negative log-likelihood of an update, in nats for each known field
 * @param remembered documents in memory afterwards
 * @param parameters numbers in the network afterwards
 * @param consolidated whether weights were consolidated
 */
public record RoundReport(
    int examples,
    int updates,
    double loss,
    int remembered,
    long parameters,
    boolean consolidated) {}
