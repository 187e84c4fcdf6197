/**
 * A seeded stream of made-up documents with full annotations: what the demo plays and tests learn
 * from. No real person, company or state, no Kafka, no learning.
 */
package dev.holdfast.sample;
