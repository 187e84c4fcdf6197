/** Kafka topics with names, serdes and broker settings in one typed constant each. */
package dev.holdfast.topic;
