package dev.holdfast.monitoring;

/**
 * One measure of predictions over each stretch of the past.
 *
 * @param all since the start of the log, 0 to 1
 * @param fading over all, the older the less it weighs, 0 to 1
 * @param last over the last documents, as many as the window holds, 0 to 1
 */
public record Windows(double all, double fading, double last) {}
