/** Measurements of learning without Kafka: the learner's own code, fed from files. */
package dev.holdfast.bench;
