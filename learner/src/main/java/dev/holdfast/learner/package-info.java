/**
 * The rounds: examples from Kafka become model versions on Kafka, each round in one transaction,
 * journalled so that it can be done again.
 */
package dev.holdfast.learner;
