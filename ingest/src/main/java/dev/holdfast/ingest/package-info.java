/**
 * The Kafka Streams topology that turns what anyone writes into what Holdfast works with: parse,
 * deduplicate, join annotations with their documents, reject.
 */
package dev.holdfast.ingest;
