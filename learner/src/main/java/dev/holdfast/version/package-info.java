/**
 * Model versions on their way over Kafka: what a version is called, what its manifest says, how its
 * weights are cut into chunks, and how readers put them together again and verify them. No DJL.
 */
package dev.holdfast.version;
