/**
 * How to learn from a stream without forgetting: elastic weight consolidation, replay, and the
 * rounds in which both happen. A deterministic state machine; no Kafka, no clock, no threads.
 */
package dev.holdfast.continual;
