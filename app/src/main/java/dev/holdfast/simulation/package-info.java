/**
 * Schedules of faults by seed: all services over a Kafka in memory, in one thread, with a fault
 * between any two steps of their clients.
 */
package dev.holdfast.simulation;
