/**
 * Detectors of change in a stream, one file and one paper each: on errors as people's corrections
 * show them, and on documents of which nobody has said anything.
 */
package dev.holdfast.drift;
