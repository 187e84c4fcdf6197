/**
 * How well extracted values agree with annotated ones: the one definition of every F1 in Holdfast.
 */
package dev.holdfast.score;
