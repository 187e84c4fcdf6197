/** What operators ask of a collection: the messages of the topic {@code control}. */
package dev.holdfast.control;
