/** How the Kafka brokers that Holdfast itself starts are set up: KRaft, small, on loopback. */
package dev.holdfast.broker;
