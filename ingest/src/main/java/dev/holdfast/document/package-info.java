/**
 * Documents, what people say about them, and the one parser of each message. No Kafka, no learning.
 */
package dev.holdfast.document;
