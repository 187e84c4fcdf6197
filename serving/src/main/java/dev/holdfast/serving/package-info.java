/** Follows model versions and turns documents into extractions, over Kafka and over HTTP. */
package dev.holdfast.serving;
