/**
 * The fault run: every service and the brokers as processes of their own that are killed, stopped,
 * cut off and starved of disk while documents flow, and an independent reader that counts what that
 * has cost.
 */
package dev.holdfast.chaos;
