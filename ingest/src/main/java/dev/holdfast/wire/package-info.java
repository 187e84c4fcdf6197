/** JSON in and out, the limits of a message, and the error that says what is wrong where. */
package dev.holdfast.wire;
