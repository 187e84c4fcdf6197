/**
 * The extractor: features of words, a sparse wide part in plain arrays, a small encoder run by
 * PyTorch, one linear chain for each field, and the decoding of field values with their confidence.
 * No Kafka.
 */
package dev.holdfast.network;
